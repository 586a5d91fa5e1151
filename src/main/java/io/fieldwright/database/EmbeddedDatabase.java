package io.fieldwright.database;

import org.springframework.boot.autoconfigure.flyway.FlywayConnectionDetails;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/** One database of a server in this JVM. The server stops when the last database that uses it is closed. */
class EmbeddedDatabase implements JdbcConnectionDetails, AutoCloseable {

    private final EmbeddedServer server;
    private final String name;

    private EmbeddedDatabase(EmbeddedServer server, String name) {
        this.server = server;
        this.name = name;
    }

    static EmbeddedDatabase open(DatabaseProperties properties) {
        PostgreSqlPrograms.requireOnClassPath();
        EmbeddedServer server = EmbeddedServers.acquire(properties);
        try {
            server.createDatabase(properties.name());
        } catch (RuntimeException e) {
            EmbeddedServers.release(server);
            throw e;
        }
        return new EmbeddedDatabase(server, properties.name());
    }

    @Override
    public String getJdbcUrl() {
        return server.jdbcUrl(name);
    }

    @Override
    public String getUsername() {
        return DatabaseRole.APPLICATION.roleName();
    }

    @Override
    public String getPassword() {
        return server.password();
    }

    /** How the tables are migrated: as their owner, which the application is not. */
    FlywayConnectionDetails ownerDetails() {
        return new FlywayConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return EmbeddedDatabase.this.getJdbcUrl();
            }

            @Override
            public String getUsername() {
                return DatabaseRole.OWNER.roleName();
            }

            @Override
            public String getPassword() {
                return EmbeddedDatabase.this.getPassword();
            }
        };
    }

    @Override
    public void close() {
        EmbeddedServers.release(server);
    }
}
