package io.fieldwright;

import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.flyway.FlywayConnectionDetails;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** An installation of an earlier version, in a schema of its own, for tests of what a migration makes of its rows. */
@Component
@Lazy
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
public class EarlierInstallation implements AutoCloseable {

    private final String schema =
            "before_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    private final FlywayConnectionDetails owner;
    private final TableOwner tables;

    EarlierInstallation(FlywayConnectionDetails owner, TableOwner tables) {
        this.owner = owner;
        this.tables = tables;
    }

    /** Brings it to this version of the schema, from nothing or from where it is. */
    public void migrateTo(String version) {
        Flyway.configure()
                .dataSource(owner.getJdbcUrl(), owner.getUsername(), owner.getPassword())
                .initSql("set fieldwright.tenants = '*'")
                .schemas(schema)
                .target(version)
                .skipDefaultCallbacks(true)
                .load()
                .migrate();
    }

    /** A statement on its tables, each of them written {@code SCHEMA.name}. */
    public JdbcClient.StatementSpec sql(String sql) {
        return tables.sql(sql.replace("SCHEMA", schema));
    }

    @Override
    public void close() {
        tables.sql("drop schema if exists " + schema + " cascade").update();
    }
}
