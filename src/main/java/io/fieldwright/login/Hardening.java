package io.fieldwright.login;

import jakarta.servlet.Filter;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.stereotype.Component;

/**
 * What every chain of security filters has, those of other modules too: the guard, who tells what was refused, and the
 * headers that hold for every answer. The content security policy is the chain's own, because it depends on what is shown.
 */
@Component
public class Hardening {

    private static final String NO_DEVICES =
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

    private final RequestGuard guard;
    private final ApplicationEventPublisher events;

    Hardening(RequestGuard guard, ApplicationEventPublisher events) {
        this.guard = guard;
        this.events = events;
    }

    /**
     * @param acting the first filter that acts upon a request, so that the guard comes before it and after those that find
     *     out who calls
     */
    public HttpSecurity harden(HttpSecurity http, Class<? extends Filter> acting, ReferrerPolicy referrers)
            throws Exception {
        return http.addFilterAfter(new RefusedAccess(events), SecurityContextHolderFilter.class)
                .addFilterBefore(guard, acting)
                .headers(headers -> headers.referrerPolicy(referrer -> referrer.policy(referrers))
                        .permissionsPolicyHeader(permissions -> permissions.policy(NO_DEVICES))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(
                                resources -> resources.policy(CrossOriginResourcePolicy.SAME_ORIGIN)));
    }
}
