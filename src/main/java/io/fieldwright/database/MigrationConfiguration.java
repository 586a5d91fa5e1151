package io.fieldwright.database;

import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Migrations run as the owner of the tables, for all tenants, and grant the role of the application what it needs. Where
 * an operator configures one role for both, row-level security still binds it, because the tables force it on the owner;
 * and what the migrations may see is set for connections of their own, never for one that goes back to the application's
 * pool.
 */
@Configuration
class MigrationConfiguration {

    @Bean
    FlywayConfigurationCustomizer rights(JdbcConnectionDetails application, DataSource pool) {
        return flyway -> {
            if (flyway.getDataSource() == pool) {
                flyway.dataSource(application.getJdbcUrl(), application.getUsername(), application.getPassword());
            }
            flyway.initSql("set fieldwright.tenants = '*'");
            flyway.getPlaceholders().put("application_role", application.getUsername());
        };
    }
}
