package io.fieldwright.workflow.web;

import jakarta.servlet.Filter;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Carries the one login on into the engine, for its web apps and for the interfaces. */
@Configuration
class EngineSecurityConfiguration {

    private static final int AFTER_LOGIN = SecurityProperties.DEFAULT_FILTER_ORDER + 10;

    @Bean
    FilterRegistrationBean<Filter> webAppLogin() {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(new WebAppLoginFilter());
        registration.setName("webAppLogin");
        registration.setInitParameters(Map.of("authentication-provider", SignedInPersonProvider.class.getName()));
        registration.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        registration.setOrder(AFTER_LOGIN);
        return registration;
    }

    @Bean
    FilterRegistrationBean<EngineLoginFilter> engineLogin(IdentityService identity) {
        FilterRegistrationBean<EngineLoginFilter> registration =
                new FilterRegistrationBean<>(new EngineLoginFilter(identity));
        registration.addUrlPatterns("/api/*", "/engine-rest/*");
        registration.setOrder(AFTER_LOGIN);
        return registration;
    }
}
