package io.fieldwright.login.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fieldwright.api.Problem;
import io.fieldwright.api.SecretAnswer;
import io.fieldwright.login.BearerAuthentication;
import io.fieldwright.login.Passwords;
import io.fieldwright.login.SignIns;
import io.fieldwright.people.PasswordPolicy;
import io.fieldwright.people.People;
import io.fieldwright.people.SignedInPerson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where people look after their passwords and where they are signed in, and administrators after those of others. */
@RestController
@RequestMapping("/api/v1")
class OwnLoginController {

    record ChangedPassword(
            @NotBlank @Size(max = PasswordPolicy.LONGEST_BYTES) String current,
            @JsonProperty("new") @NotBlank @Size(max = PasswordPolicy.LONGEST_BYTES) String replacement) {}

    /** {@code link} is relative to where the web apps are. */
    record ResetView(String token, String link, Instant expiresAt) {

        static ResetView of(Passwords.Reset reset) {
            return new ResetView(reset.token(), "/password?token=" + reset.token(), reset.expiresAt());
        }
    }

    record SessionView(
            UUID id,
            SignIns.Kind kind,
            @Nullable String origin,
            @Nullable String client,
            Instant openedAt,
            Instant refreshedAt,
            Instant expiresAt,
            boolean current) {

        static SessionView of(SignIns.SignIn signIn, @Nullable UUID current) {
            return new SessionView(
                    signIn.id(),
                    signIn.kind(),
                    signIn.origin(),
                    signIn.client(),
                    signIn.openedAt(),
                    signIn.refreshedAt(),
                    signIn.expiresAt(),
                    signIn.id().equals(current));
        }
    }

    private final AuthenticationManager login;
    private final Passwords passwords;
    private final SignIns signIns;
    private final People people;

    OwnLoginController(AuthenticationManager login, Passwords passwords, SignIns signIns, People people) {
        this.login = login;
        this.passwords = passwords;
        this.signIns = signIns;
        this.people = people;
    }

    @PutMapping("/me/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(Authentication caller, @Valid @RequestBody ChangedPassword request, HttpServletRequest origin) {
        UsernamePasswordAuthenticationToken attempt =
                UsernamePasswordAuthenticationToken.unauthenticated(caller.getName(), request.current());
        attempt.setDetails(new WebAuthenticationDetailsSource().buildDetails(origin));
        try {
            login.authenticate(attempt);
        } catch (BadCredentialsException wrong) {
            throw Problem.invalid("current", "is not your password");
        }
        try {
            passwords.replace(caller.getName(), request.replacement(), current(caller));
        } catch (Problem tooWeak) {
            throw Problem.invalid(tooWeak.errors().stream()
                    .map(error -> new Problem.FieldError("new", error.reason()))
                    .toList());
        }
    }

    @PostMapping("/people/{id}/password-reset")
    @PreAuthorize("hasAuthority('people.write')")
    ResetView reset(@AuthenticationPrincipal SignedInPerson caller, @PathVariable UUID id, HttpServletRequest request) {
        SecretAnswer.to(request);
        return ResetView.of(passwords.reset(caller, id));
    }

    /** All on one page: nobody is signed in at many places. */
    @GetMapping("/me/sessions")
    List<SessionView> sessions(Authentication caller) {
        UUID current = current(caller);
        return signIns.list(caller.getName()).stream()
                .map(signIn -> SessionView.of(signIn, current))
                .toList();
    }

    /** Ends the others, too: whoever doubts one of them starts anew everywhere. */
    @DeleteMapping("/me/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSessions(Authentication caller) {
        signIns.endAll(caller.getName(), null);
    }

    @DeleteMapping("/me/sessions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSession(Authentication caller, @PathVariable UUID id) {
        signIns.end(caller.getName(), id);
    }

    /** For a lost device or an account in wrong hands; who may is judged as for a reset of the password. */
    @DeleteMapping("/people/{id}/sessions")
    @PreAuthorize("hasAuthority('people.write')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSessionsOf(@PathVariable UUID id) {
        signIns.endAll(people.getWithinRights(id).username(), null);
    }

    private static @Nullable UUID current(Authentication caller) {
        return caller instanceof BearerAuthentication bearer ? bearer.signIn().orElse(null) : null;
    }
}
