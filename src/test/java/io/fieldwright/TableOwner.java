package io.fieldwright;

import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.flyway.FlywayConnectionDetails;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads and changes rows past the application, in connections of its own: as the role that owns the tables. */
@Component
@Lazy
public class TableOwner {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    TableOwner(FlywayConnectionDetails owner) {
        Properties properties = new Properties();
        properties.setProperty("user", owner.getUsername());
        properties.setProperty("password", owner.getPassword());
        properties.setProperty("options", "-c fieldwright.tenants=*");
        DataSource connections = new DriverManagerDataSource(owner.getJdbcUrl(), properties);
        jdbc = JdbcClient.create(connections);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(connections));
    }

    public JdbcClient.StatementSpec sql(String sql) {
        return jdbc.sql(sql);
    }

    /** Changes rows of {@code table} though its triggers would refuse it; the triggers are back when it ends. */
    public void withoutTriggers(String table, Runnable forgery) {
        withoutTrigger(table, "user", forgery);
    }

    /** The same where {@code trigger} alone is out of the way. */
    public void withoutTrigger(String table, String trigger, Runnable forgery) {
        transaction.executeWithoutResult(status -> {
            sql("alter table %s disable trigger %s".formatted(table, trigger)).update();
            forgery.run();
            sql("alter table %s enable trigger %s".formatted(table, trigger)).update();
        });
    }
}
