package io.fieldwright;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The whole product in one process: engine, web apps, REST interfaces and, where asked, its own database. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class FieldwrightApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(FieldwrightApplication.class, arguments);
    }
}
