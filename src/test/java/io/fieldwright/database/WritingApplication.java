package io.fieldwright.database;

import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayConnectionDetails;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Runs in a JVM of its own, writes row after row until it is ended, and prints the number of each that was committed. */
@ImportAutoConfiguration({
    DatabaseAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class
})
class WritingApplication {

    static final String READY = "ready";
    static final String COMMITTED = "committed ";

    public static void main(String[] arguments) {
        AtomicBoolean closed = new AtomicBoolean();
        ConfigurableApplicationContext application = new SpringApplicationBuilder(WritingApplication.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.location=optional:classpath:/none/")
                .listeners((ApplicationListener<ApplicationReadyEvent>) event -> System.out.println(READY))
                .listeners((ApplicationListener<ContextClosedEvent>) event -> closed.set(true))
                .run(arguments);
        FlywayConnectionDetails owner = application.getBean(FlywayConnectionDetails.class);
        new JdbcTemplate(new DriverManagerDataSource(owner.getJdbcUrl(), owner.getUsername(), owner.getPassword()))
                .execute("create table if not exists written (number bigint primary key);"
                        + " grant select, insert on written to fieldwright_application");
        JdbcTemplate database = application.getBean(JdbcTemplate.class);
        Long last = database.queryForObject("select coalesce(max(number), 0) from written", Long.class);
        for (long number = last + 1; !closed.get(); number++) {
            database.update("insert into written values (?)", number);
            System.out.println(COMMITTED + number);
        }
    }
}
