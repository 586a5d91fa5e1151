package io.fieldwright.people;

import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/**
 * One login for everything: HTTP Basic without a session for the domain API and the engine REST, a login page with a
 * session for the Camunda web apps, which have their own protection against forged requests.
 */
@Configuration
@EnableMethodSecurity
class SecurityConfiguration {

    private static final String WEB_APPS_LOGOUT = "/camunda/api/admin/auth/user/default/logout";

    @Bean
    @Order(1)
    SecurityFilterChain interfaces(HttpSecurity http) throws Exception {
        var path = PathPatternRequestMatcher.withDefaults();
        return http.securityMatcher(new OrRequestMatcher(
                        path.matcher("/api/**"),
                        path.matcher("/engine-rest/**"),
                        path.matcher("/actuator/**"),
                        path.matcher("/v3/api-docs/**")))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(path.matcher("/actuator/health/**"))
                        .permitAll()
                        .requestMatchers(path.matcher(HttpMethod.GET, "/v3/api-docs/**"))
                        .permitAll()
                        .requestMatchers(path.matcher("/actuator/**"))
                        .hasAuthority(Permission.ORGANISATIONS_WRITE.id())
                        .anyRequest()
                        .authenticated())
                .httpBasic(Customizer.withDefaults())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain webApps(HttpSecurity http) throws Exception {
        var path = PathPatternRequestMatcher.withDefaults();
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(
                                path.matcher("/camunda/app/*/styles/**"),
                                path.matcher("/webjars/**"),
                                path.matcher("/favicon.ico"))
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(form -> form.defaultSuccessUrl("/camunda/app/tasklist/default/"))
                .logout(logout -> logout.logoutRequestMatcher(new OrRequestMatcher(
                                path.matcher(HttpMethod.POST, WEB_APPS_LOGOUT), path.matcher("/logout")))
                        .logoutSuccessHandler(new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT)))
                .csrf(csrf -> csrf.ignoringRequestMatchers(path.matcher("/camunda/**")))
                .headers(headers -> headers.frameOptions(frame -> frame.sameOrigin()))
                .build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new RememberingPasswordEncoder(new BCryptPasswordEncoder());
    }
}
