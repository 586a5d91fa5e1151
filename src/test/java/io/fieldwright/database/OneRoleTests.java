package io.fieldwright.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.fieldwright.OwnApplicationTest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.flyway.FlywayConnectionDetails;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** An installation whose operator has one role, which owns the tables and works with them. */
@OwnApplicationTest
class OneRoleTests {

    @TestConfiguration
    static class OneRole {

        @Bean
        EmbeddedDatabase database(@Value("${fieldwright.database.directory}") Path directory) {
            return EmbeddedDatabase.open(new DatabaseProperties(directory, "one_role", 0, true));
        }

        @Bean
        @Primary
        JdbcConnectionDetails owner(EmbeddedDatabase database) {
            FlywayConnectionDetails owner = database.ownerDetails();
            return new JdbcConnectionDetails() {
                @Override
                public String getJdbcUrl() {
                    return owner.getJdbcUrl();
                }

                @Override
                public String getUsername() {
                    return owner.getUsername();
                }

                @Override
                public String getPassword() {
                    return owner.getPassword();
                }
            };
        }
    }

    @Autowired
    private DataSource connections;

    @Test
    void noPooledConnectionSeesWhatTheMigrationsSaw() throws Exception {
        List<Connection> all = new ArrayList<>();
        try {
            int most = connections.unwrap(HikariDataSource.class).getMaximumPoolSize();
            while (all.size() < most) {
                all.add(connections.getConnection());
            }
            for (Connection connection : all) {
                assertThat(tenants(connection)).isNullOrEmpty();
            }
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    private static String tenants(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('fieldwright.tenants', true)")) {
            row.next();
            return row.getString(1);
        }
    }
}
