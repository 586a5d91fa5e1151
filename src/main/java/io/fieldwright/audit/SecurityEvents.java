package io.fieldwright.audit;

import io.fieldwright.api.Network;
import io.fieldwright.api.RefusedRequest;
import io.fieldwright.api.SuspiciousRequest;
import io.fieldwright.people.Person;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.TenantScope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Writes down what bears on security without changing a row: refused requests that smell of attack, and signing in. It
 * writes at the end of the request, when the work that was refused is rolled back and its connection is free, so that
 * many such requests at once cannot starve the pool. What anonymous people do is written into the platform's chain.
 * Of what costs nothing to do again and again it writes no more than {@link EntryLimit} lets through.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class SecurityEvents extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(SecurityEvents.class);

    private static final int LONGEST_DETAIL = 1_000;

    /** Anything else somebody typed as their username might be their password. */
    private static final Pattern USERNAME = Pattern.compile(Person.USERNAME);

    /** @param bounded whether the audit may do without it when there are too many of the kind */
    private record Noted(String tenant, @Nullable String actor, String event, String detail, boolean bounded) {

        String subject(String origin) {
            return event + ' ' + (actor == null ? Network.of(origin) : actor);
        }

        Noted goingOn() {
            return new Noted(tenant, actor, event, "goes on; no more of it is written until it pauses", bounded);
        }
    }

    private static final ThreadLocal<@Nullable List<Noted>> OF_REQUEST = new ThreadLocal<>();

    private final JdbcClient jdbc;
    private final EntryLimit limit;
    private final TransactionTemplate transaction;

    SecurityEvents(JdbcClient jdbc, EntryLimit limit, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.limit = limit;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @EventListener
    void refused(SuspiciousRequest request) {
        SignedInPerson person = SignedInPerson.current().orElse(null);
        note(person, request.kind(), request.detail(), person == null);
    }

    /** What is refused for a reason that is noted already is not noted twice. */
    @EventListener
    void refused(RefusedRequest request) {
        List<Noted> ofRequest = OF_REQUEST.get();
        if (ofRequest == null || ofRequest.isEmpty()) {
            note(SignedInPerson.current().orElse(null), request.kind(), request.detail(), true);
        }
    }

    /** Attempts at passwords are throttled themselves, and each one matters. */
    @EventListener
    void signInFailed(AbstractAuthenticationFailureEvent failure) {
        Authentication attempt = failure.getAuthentication();
        if (attempt instanceof UsernamePasswordAuthenticationToken) {
            String username = attempt.getName();
            String reason = failure.getException().getClass().getSimpleName().replace("Exception", "");
            boolean possible = USERNAME.matcher(username).matches();
            note(null, "sign-in-failed", (possible ? username : "no possible username") + ": " + reason, false);
        }
    }

    @EventListener
    void signedIn(InteractiveAuthenticationSuccessEvent success) {
        if (success.getAuthentication().getPrincipal() instanceof SignedInPerson person) {
            note(person, "signed-in", person.username(), false);
        }
    }

    private void note(@Nullable SignedInPerson actor, String event, String detail, boolean bounded) {
        String storable = detail.replace('\0', '\uFFFD');
        Noted noted = new Noted(
                actor == null ? Audit.PLATFORM : actor.organisation(),
                actor == null ? null : actor.username(),
                event,
                storable.substring(0, Math.min(storable.length(), LONGEST_DETAIL)),
                bounded);
        List<Noted> ofRequest = OF_REQUEST.get();
        if (ofRequest == null) {
            write(List.of(noted), null);
        } else {
            ofRequest.add(noted);
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<Noted> noted = new ArrayList<>();
        OF_REQUEST.set(noted);
        try {
            chain.doFilter(request, response);
        } finally {
            OF_REQUEST.remove();
            String origin = request.getRemoteAddr();
            List<Noted> written =
                    noted.stream().flatMap(one -> written(one, origin)).toList();
            if (!written.isEmpty()) {
                write(written, origin);
            }
        }
    }

    private Stream<Noted> written(Noted noted, String origin) {
        if (!noted.bounded()) {
            return Stream.of(noted);
        }
        return switch (limit.judge(noted.subject(origin))) {
            case WRITTEN -> Stream.of(noted);
            case GOES_ON -> Stream.of(noted.goingOn());
            case LEFT_OUT -> Stream.empty();
        };
    }

    private void write(List<Noted> noted, @Nullable String origin) {
        try {
            TenantScope.asSystem(() -> transaction.executeWithoutResult(status -> noted.forEach(
                    one -> jdbc.sql("select audit_security_event(:tenant, :actor, :origin, :event, :detail)")
                            .param("tenant", one.tenant())
                            .param("actor", one.actor(), Types.VARCHAR)
                            .param("origin", origin, Types.VARCHAR)
                            .param("event", one.event())
                            .param("detail", one.detail())
                            .query()
                            .singleRow())));
        } catch (RuntimeException failed) {
            log.error("The audit could not be told of {}", noted, failed);
        }
    }
}
