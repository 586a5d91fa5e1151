package io.fieldwright.onboarding.web;

import io.fieldwright.login.Hardening;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/**
 * Where invitations are accepted nobody is ever signed in, not even who has a session: the token says who they are. It is
 * not sent by browsers on their own, so there is nothing that a forged request could borrow.
 */
@Configuration
class InvitationSecurityConfiguration {

    private static final String ONLY_OURS =
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    @Order(0)
    SecurityFilterChain answersToInvitations(HttpSecurity http, Hardening hardening) throws Exception {
        var path = PathPatternRequestMatcher.withDefaults();
        return hardening
                .harden(http, AuthorizationFilter.class, ReferrerPolicy.NO_REFERRER)
                .securityMatcher(new OrRequestMatcher(
                        path.matcher("/invitations/**"), path.matcher(HttpMethod.POST, "/api/v1/invitations/accept")))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(ONLY_OURS)))
                .build();
    }
}
