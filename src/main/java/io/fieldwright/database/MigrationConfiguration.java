package io.fieldwright.database;

import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Migrations run as the owner of the tables, for all tenants, and grant the role of the application what it needs. Where
 * an operator configures one role for both, row-level security still binds it, because the tables force it on the owner.
 */
@Configuration
class MigrationConfiguration {

    @Bean
    FlywayConfigurationCustomizer rights(JdbcConnectionDetails application) {
        return flyway -> {
            flyway.initSql("set fieldwright.tenants = '*'");
            flyway.getPlaceholders().put("application_role", application.getUsername());
        };
    }
}
