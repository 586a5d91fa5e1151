package io.fieldwright.login;

import io.fieldwright.people.PersonDirectory;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.TenantScope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Browsers' sessions: each is a signing in, has a new id from then on, and names its person anew for each request, so that
 * what was taken from them, or a session that was ended elsewhere, counts at once.
 */
class BrowserSessions extends OncePerRequestFilter
        implements SessionAuthenticationStrategy, HttpSessionListener, DisposableBean {

    private static final String SIGN_IN = BrowserSessions.class.getName();

    private final SignIns signIns;
    private final PersonDirectory people;
    private final LoginProperties properties;
    private final SessionAuthenticationStrategy newId = new ChangeSessionIdAuthenticationStrategy();
    private final Set<UUID> here = ConcurrentHashMap.newKeySet();

    BrowserSessions(SignIns signIns, PersonDirectory people, LoginProperties properties) {
        this.signIns = signIns;
        this.people = people;
        this.properties = properties;
    }

    @Override
    public void onAuthentication(Authentication login, HttpServletRequest request, HttpServletResponse response) {
        newId.onAuthentication(login, request, response);
        SignedInPerson person = TenantScope.asSystem(() -> people.loadUserByUsername(login.getName()));
        UUID signIn = signIns.openSession(person, RequestOrigin.of(request), properties.sessionLifetime());
        here.add(signIn);
        request.getSession().setAttribute(SIGN_IN, signIn);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication remembered = SecurityContextHolder.getContext().getAuthentication();
        HttpSession session = request.getSession(false);
        if (session != null && remembered != null && !(remembered instanceof AnonymousAuthenticationToken)) {
            Optional<SignedInPerson> person =
                    signIn(session).flatMap(signIn -> signIns.standing(signIn, remembered.getName()));
            if (person.isPresent()) {
                signIn(person.get(), remembered.getDetails());
            } else {
                session.invalidate();
                SecurityContextHolder.clearContext();
            }
        }
        chain.doFilter(request, response);
    }

    private static void signIn(SignedInPerson person, @Nullable Object details) {
        UsernamePasswordAuthenticationToken login =
                UsernamePasswordAuthenticationToken.authenticated(person, null, person.getAuthorities());
        login.setDetails(details);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(login);
        SecurityContextHolder.setContext(context);
    }

    private static Optional<UUID> signIn(HttpSession session) {
        return Optional.ofNullable((UUID) session.getAttribute(SIGN_IN));
    }

    /** Signing out ends the session, as does half an hour without a request. */
    @Override
    public void sessionDestroyed(HttpSessionEvent ending) {
        signIn(ending.getSession()).filter(here::remove).ifPresent(signIns::end);
    }

    /** The container ends its sessions only later, when the database is out of reach. */
    @Override
    public void destroy() {
        here.forEach(signIns::end);
        here.clear();
    }
}
