package io.fieldwright.tenancy;

import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the wall around the connection pool, so that nothing reaches the database past it. */
@Configuration
class TenantWallConfiguration {

    @Bean
    static BeanPostProcessor tenantWall() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource pool && !(bean instanceof TenantWall) ? new TenantWall(pool) : bean;
            }
        };
    }
}
