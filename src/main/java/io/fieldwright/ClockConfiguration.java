package io.fieldwright;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class ClockConfiguration {

    /** The one clock of the application, in UTC; tests move it. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
