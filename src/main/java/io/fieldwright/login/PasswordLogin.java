package io.fieldwright.login;

import io.fieldwright.api.Problem;
import io.fieldwright.api.Secrets;
import io.fieldwright.people.PasswordPolicy;
import io.fieldwright.people.Person;
import io.fieldwright.people.PersonDirectory;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.TenantScope;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * The one place where passwords are judged, for the login page, HTTP Basic and the tokens alike. Somebody unknown,
 * somebody deactivated and a wrong password cost the same time and get the same answer.
 */
@Component
class PasswordLogin implements AuthenticationProvider {

    /** What usernames look like; nothing else is looked up. */
    private static final Pattern USERNAME = Pattern.compile(Person.USERNAME);

    /** An attempt that comes too soon; its cause says how long to wait. */
    private static final class TooSoonException extends AuthenticationException {

        private static final long serialVersionUID = 1;

        TooSoonException(Problem tooManyAttempts) {
            super(tooManyAttempts.getMessage(), tooManyAttempts);
        }
    }

    private final PersonDirectory people;
    private final RememberingPasswordEncoder passwords;
    private final LoginThrottle throttle;
    private final String nobodysHash;

    PasswordLogin(PersonDirectory people, RememberingPasswordEncoder passwords, LoginThrottle throttle) {
        this.people = people;
        this.passwords = passwords;
        this.throttle = throttle;
        this.nobodysHash = passwords.encode(Secrets.next());
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String username = attempt.getName();
        String password = String.valueOf(attempt.getCredentials());
        boolean wellFormed = USERNAME.matcher(username).matches()
                && password.getBytes(StandardCharsets.UTF_8).length <= PasswordPolicy.LONGEST_BYTES;
        Optional<SignedInPerson> person = wellFormed ? find(username) : Optional.empty();
        String hash = person.map(SignedInPerson::passwordHash).orElse(nobodysHash);
        if (person.isEmpty() || !passwords.remembers(password, hash)) {
            judge(username, wellFormed ? password : "", hash, person.isPresent(), address(attempt));
        }
        SignedInPerson signedIn = person.orElseThrow();
        UsernamePasswordAuthenticationToken login =
                UsernamePasswordAuthenticationToken.authenticated(signedIn, null, signedIn.getAuthorities());
        login.setDetails(attempt.getDetails());
        return login;
    }

    private Optional<SignedInPerson> find(String username) {
        return TenantScope.asSystem(() -> people.find(username)).filter(SignedInPerson::active);
    }

    private void judge(String username, String password, String hash, boolean known, @Nullable String address) {
        String subject = username.substring(0, Math.min(username.length(), Person.LONGEST_USERNAME))
                .replace("\0", "");
        try {
            throttle.take(subject, address);
        } catch (Problem tooManyAttempts) {
            throw new TooSoonException(tooManyAttempts);
        }
        if (!passwords.matches(password, hash) || !known) {
            throttle.reportIfEmpty(subject, address);
            throw new BadCredentialsException("wrong username or password");
        }
        throttle.giveBack(subject, address);
    }

    private static @Nullable String address(Authentication attempt) {
        return attempt.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : null;
    }

    @Override
    public boolean supports(Class<?> attempt) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(attempt);
    }
}
