package io.fieldwright.fieldwork.web;

import io.fieldwright.login.Hardening;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * The field page is the same for everybody and says nothing of anybody; its data comes over the domain API, with tokens
 * that no browser sends on its own. It alone may ask for the position and the camera.
 */
@Configuration
class FieldSecurityConfiguration {

    private static final String ONLY_OURS =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                    + " connect-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self' blob:; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none'";

    private static final String POSITION_AND_CAMERA =
            "camera=(self), display-capture=(), geolocation=(self), microphone=(), payment=(), usb=()";

    @Bean
    @Order(0)
    SecurityFilterChain fieldPage(HttpSecurity http, Hardening hardening) throws Exception {
        return hardening
                .harden(http, AuthorizationFilter.class, ReferrerPolicy.NO_REFERRER)
                .securityMatcher(PathPatternRequestMatcher.withDefaults().matcher("/field/**"))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(ONLY_OURS))
                        .permissionsPolicyHeader(permissions -> permissions.policy(POSITION_AND_CAMERA))
                        .addHeaderWriter(new StaticHeadersWriter("Service-Worker-Allowed", FieldPages.PATH)))
                .build();
    }
}
