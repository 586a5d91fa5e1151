package io.fieldwright.login;

import io.fieldwright.api.Problem;
import io.fieldwright.people.Permission;
import io.fieldwright.people.PersonDirectory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.authentication.configuration.AuthenticationConfiguration;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.HeaderWriterLogoutHandler;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * One login for everything: tokens, keys or HTTP Basic without a session for the domain API and the engine REST, a login
 * page with a session for the Camunda web apps, which have their own protection against forged requests.
 */
@Configuration
@EnableMethodSecurity
class SecurityConfiguration {

    private static final String WEB_APPS_LOGOUT = "/camunda/api/admin/auth/user/default/logout";

    private static final String NOTHING_IS_SHOWN =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String OWN_PAGES = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'";

    /** Not Spring Security's writer for it, which asks whether the request came by TLS: behind a proxy it may not know. */
    private static final String FORGET_EVERYTHING = "\"cache\", \"cookies\", \"storage\"";

    private static final PathPatternRequestMatcher.Builder PATH = PathPatternRequestMatcher.withDefaults();

    /**
     * Where people look after proofs of who they are, their own and those of people they let in. An API key is none to make
     * others with: whoever stole it would sign in with what outlives it.
     */
    private static final RequestMatcher PROOFS = new OrRequestMatcher(
            PATH.matcher(HttpMethod.POST, "/api/v1/people"),
            PATH.matcher(HttpMethod.POST, "/api/v1/organisations"),
            PATH.matcher("/api/v1/api-keys/**"),
            PATH.matcher("/api/v1/logout"),
            PATH.matcher("/api/v1/me/password"),
            PATH.matcher("/api/v1/me/sessions/**"),
            PATH.matcher("/api/v1/people/*/password-reset"),
            PATH.matcher("/api/v1/people/*/sessions"));

    @Bean
    @Order(1)
    SecurityFilterChain interfaces(HttpSecurity http, BearerLogin bearer, Hardening hardening, Refusals refusals)
            throws Exception {
        AuthenticationManager tokens = bearer.manager();
        return hardening
                .harden(http, AuthorizationFilter.class, ReferrerPolicy.NO_REFERRER)
                .securityMatcher(new OrRequestMatcher(
                        PATH.matcher("/api/**"),
                        PATH.matcher("/engine-rest/**"),
                        PATH.matcher("/actuator/**"),
                        PATH.matcher("/v3/api-docs/**")))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(PATH.matcher("/actuator/health/**"))
                        .permitAll()
                        .requestMatchers(PATH.matcher(HttpMethod.GET, "/v3/api-docs/**"))
                        .permitAll()
                        .requestMatchers(PATH.matcher(HttpMethod.POST, "/api/v1/login/**"))
                        .permitAll()
                        .requestMatchers(PATH.matcher("/actuator/**"))
                        .hasAuthority(Permission.ORGANISATIONS_WRITE.id())
                        .requestMatchers(PROOFS)
                        .access((caller, request) -> new AuthorizationDecision(provesThemselves(caller.get())))
                        .anyRequest()
                        .authenticated())
                .httpBasic(basic -> basic.authenticationEntryPoint(refusals))
                .oauth2ResourceServer(bearers -> bearers.authenticationManagerResolver(request -> tokens)
                        .authenticationEntryPoint(refusals)
                        .accessDeniedHandler(refusals))
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                        .addHeaderWriter(SecurityConfiguration::leaveNothingBehind)
                        .contentSecurityPolicy(policy -> policy.policyDirectives(NOTHING_IS_SHOWN)))
                .build();
    }

    /** But for what says itself that its reader's browser, and nobody else, may keep it: files. */
    private static void leaveNothingBehind(HttpServletRequest request, HttpServletResponse response) {
        String kept = response.getHeader(HttpHeaders.CACHE_CONTROL);
        if (kept == null || !kept.contains("private")) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    /** @throws AccessDeniedException that says why for an API key */
    private static boolean provesThemselves(Authentication caller) {
        if (caller instanceof BearerAuthentication bearer && bearer.signIn().isEmpty()) {
            Problem why =
                    Problem.forbidden("An API key makes no other proof of who somebody is, such as passwords, keys and"
                            + " people who sign in, because that would outlive the key. Sign in as a person.");
            throw new AccessDeniedException(why.getMessage(), why);
        }
        return caller.isAuthenticated() && !(caller instanceof AnonymousAuthenticationToken);
    }

    @Bean
    @Order(2)
    SecurityFilterChain webApps(
            HttpSecurity http,
            BrowserSessions sessions,
            Hardening hardening,
            Refusals refusals,
            OidcPeople oidcPeople,
            ObjectProvider<ClientRegistrationRepository> providers)
            throws Exception {
        RequestMatcher camunda = PATH.matcher("/camunda/**");
        RequestMatcher scripts = PATH.matcher("/camunda/api/**");
        if (providers.getIfAvailable() != null) {
            http.oauth2Login(provider -> provider.userInfoEndpoint(users -> users.oidcUserService(oidcPeople))
                    .defaultSuccessUrl("/camunda/app/tasklist/default/")
                    .addObjectPostProcessor(SecurityConfiguration.<OAuth2LoginAuthenticationFilter>answering(
                            refusals.ofSingleSignOn())));
        }
        return hardening
                .harden(http, LogoutFilter.class, ReferrerPolicy.SAME_ORIGIN)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(
                                PATH.matcher("/camunda/app/*/styles/**"),
                                PATH.matcher("/webjars/**"),
                                PATH.matcher("/favicon.ico"),
                                PATH.matcher("/password"))
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(form -> form.defaultSuccessUrl("/camunda/app/tasklist/default/")
                        .addObjectPostProcessor(SecurityConfiguration.<UsernamePasswordAuthenticationFilter>answering(
                                refusals.ofLoginPage())))
                .logout(logout -> logout.logoutRequestMatcher(new OrRequestMatcher(
                                PATH.matcher(HttpMethod.POST, WEB_APPS_LOGOUT),
                                PATH.matcher(HttpMethod.POST, "/logout")))
                        .addLogoutHandler(new HeaderWriterLogoutHandler(
                                new StaticHeadersWriter("Clear-Site-Data", FORGET_EVERYTHING)))
                        .logoutSuccessHandler(new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT)))
                .exceptionHandling(failures -> failures.defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint("/login"), new NegatedRequestMatcher(scripts))
                        .defaultAuthenticationEntryPointFor(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), scripts))
                .sessionManagement(session -> session.sessionAuthenticationStrategy(sessions))
                .addFilterBefore(sessions, AnonymousAuthenticationFilter.class)
                .csrf(csrf -> csrf.ignoringRequestMatchers(camunda))
                .headers(headers -> headers.addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                        new NegatedRequestMatcher(camunda), new ContentSecurityPolicyHeaderWriter(OWN_PAGES))))
                .build();
    }

    /** Set on the filter itself, because the generated login page shows its error only with the failure handler it knows. */
    private static <A extends AbstractAuthenticationProcessingFilter> ObjectPostProcessor<A> answering(
            AuthenticationFailureHandler failures) {
        return new ObjectPostProcessor<>() {
            @Override
            public <F extends A> F postProcess(F filter) {
                filter.setAuthenticationFailureHandler(failures);
                return filter;
            }
        };
    }

    @Bean
    BrowserSessions browserSessions(SignIns signIns, PersonDirectory people, LoginProperties properties) {
        return new BrowserSessions(signIns, people, properties);
    }

    @Bean
    FilterRegistrationBean<BrowserSessions> browserSessionsOnlyBehindTheLogin(BrowserSessions sessions) {
        return outsideOfTheContainersChain(sessions);
    }

    @Bean
    FilterRegistrationBean<RequestGuard> requestGuardOnlyBehindTheLogin(RequestGuard guard) {
        return outsideOfTheContainersChain(guard);
    }

    private static <T extends Filter> FilterRegistrationBean<T> outsideOfTheContainersChain(T filter) {
        FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }

    @Bean
    AuthenticationManager authenticationManager(AuthenticationConfiguration login) throws Exception {
        return login.getAuthenticationManager();
    }

    @Bean
    static RememberingPasswordEncoder passwordEncoder() {
        return new RememberingPasswordEncoder(new BCryptPasswordEncoder());
    }
}
