package io.fieldwright.login.web;

import io.fieldwright.api.Problem;
import io.fieldwright.login.BearerAuthentication;
import io.fieldwright.login.Passwords;
import io.fieldwright.login.RequestOrigin;
import io.fieldwright.login.SignIns;
import io.fieldwright.login.Tokens;
import io.fieldwright.people.PasswordPolicy;
import io.fieldwright.people.Person;
import io.fieldwright.people.SignedInPerson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class LoginController {

    record Login(
            @NotBlank @Size(max = Person.LONGEST_USERNAME) String username,
            @NotBlank @Size(max = PasswordPolicy.LONGEST_BYTES) String password) {}

    record Refresh(@NotBlank @Size(max = 200) String refreshToken) {}

    record NewPassword(
            @NotBlank @Size(max = 200) String token,
            @NotBlank @Size(max = PasswordPolicy.LONGEST_BYTES) String password) {}

    /** {@code expiresIn} counts the seconds of the access token, as RFC 6749 does. */
    record TokensView(
            String accessToken,
            String tokenType,
            long expiresIn,
            String refreshToken,
            Instant refreshTokenExpiresAt,
            UUID session) {

        static TokensView of(Tokens.Issued tokens) {
            return new TokensView(
                    tokens.accessToken(),
                    "Bearer",
                    tokens.expiresIn().toSeconds(),
                    tokens.refreshToken(),
                    tokens.refreshTokenExpiresAt(),
                    tokens.signIn());
        }
    }

    private final AuthenticationManager login;
    private final Tokens tokens;
    private final SignIns signIns;
    private final Passwords passwords;
    private final Clock clock;

    LoginController(AuthenticationManager login, Tokens tokens, SignIns signIns, Passwords passwords, Clock clock) {
        this.login = login;
        this.tokens = tokens;
        this.signIns = signIns;
        this.passwords = passwords;
        this.clock = clock;
    }

    @PostMapping("/login")
    TokensView login(@Valid @RequestBody Login request, HttpServletRequest origin) {
        UsernamePasswordAuthenticationToken attempt =
                UsernamePasswordAuthenticationToken.unauthenticated(request.username(), request.password());
        attempt.setDetails(new WebAuthenticationDetailsSource().buildDetails(origin));
        SignedInPerson person = (SignedInPerson) login.authenticate(attempt).getPrincipal();
        return TokensView.of(tokens.open(person, RequestOrigin.of(origin)));
    }

    @PostMapping("/login/refresh")
    TokensView refresh(@Valid @RequestBody Refresh request) {
        return TokensView.of(tokens.refresh(request.refreshToken(), clock.instant()));
    }

    /** Sets the password after a reset. */
    @PostMapping("/login/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void redeem(@Valid @RequestBody NewPassword request) {
        passwords.redeem(request.token(), request.password());
    }

    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void logout(Authentication caller) {
        UUID signIn =
                caller instanceof BearerAuthentication bearer ? bearer.signIn().orElse(null) : null;
        if (signIn == null) {
            throw Problem.invalid("Authorization", "is no access token, so there is nothing to end");
        }
        signIns.end(signIn);
    }
}
