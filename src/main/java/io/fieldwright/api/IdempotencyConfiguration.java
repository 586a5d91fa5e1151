package io.fieldwright.api;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.servlet.HandlerExceptionResolver;

@Configuration
@EnableScheduling
class IdempotencyConfiguration {

    /** Behind the login, because keys are each person's own. */
    private static final int AFTER_LOGIN = SecurityProperties.DEFAULT_FILTER_ORDER + 20;

    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotency(
            IdempotentAnswers answers,
            PlatformTransactionManager transactions,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        FilterRegistrationBean<IdempotencyFilter> registration =
                new FilterRegistrationBean<>(new IdempotencyFilter(answers, transactions, problems));
        registration.addUrlPatterns("/api/v1/*");
        registration.setOrder(AFTER_LOGIN);
        return registration;
    }
}
