package io.fieldwright.people;

import io.fieldwright.api.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * What a password must be: long and not guessable. There are no rules on kinds of characters and no expiry, because
 * they make passwords worse (OWASP ASVS 5.0, 6.2; NIST SP 800-63B).
 */
@Component
public class PasswordPolicy {

    /** In characters. */
    public static final int SHORTEST = 12;

    /** In UTF-8; more would be ignored by bcrypt. */
    public static final int LONGEST_BYTES = 72;

    /** What must be left of a password without the words that everybody knows of its owner. */
    private static final int SHORTEST_REST = 8;

    private final Set<String> common;

    PasswordPolicy() {
        this.common = read(new ClassPathResource("common-passwords.txt", PasswordPolicy.class));
    }

    /**
     * Refuses a password that is too easy to guess.
     *
     * @throws Problem 400 naming {@code password}
     */
    void require(String password, String username, String organisation) {
        if (password.length() < SHORTEST || password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            throw Problem.invalid(
                    "password",
                    "must have at least " + SHORTEST + " characters and at most " + LONGEST_BYTES + " bytes");
        }
        String plain = password.toLowerCase(Locale.ROOT);
        if (common.contains(plain) || plain.chars().distinct().count() < 4) {
            throw Problem.invalid("password", "is one of those that are guessed first");
        }
        String rest =
                plain.replace(username.toLowerCase(Locale.ROOT), "").replace(organisation.toLowerCase(Locale.ROOT), "");
        if (rest.length() < SHORTEST_REST) {
            throw Problem.invalid("password", "must not be made of the username or the organisation");
        }
    }

    private static Set<String> read(ClassPathResource list) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(list.getInputStream(), StandardCharsets.UTF_8))) {
            return lines.lines().collect(Collectors.toUnmodifiableSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
