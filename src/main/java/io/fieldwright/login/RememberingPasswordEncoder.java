package io.fieldwright.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Spares a Basic-authenticated client the 75 ms of bcrypt on each request: a password that matched is remembered for
 * five minutes as a salted digest beside the hash it matched, so a changed password misses at once.
 */
class RememberingPasswordEncoder implements PasswordEncoder {

    private final PasswordEncoder encoder;
    private final byte[] salt = new byte[32];
    private final Cache<String, Boolean> matched = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(5))
            .maximumSize(10_000)
            .build();

    RememberingPasswordEncoder(PasswordEncoder encoder) {
        this.encoder = encoder;
        new SecureRandom().nextBytes(salt);
    }

    @Override
    public String encode(CharSequence password) {
        return encoder.encode(password);
    }

    /** Whether this password matched this hash a moment ago. */
    boolean remembers(CharSequence password, String hash) {
        return matched.getIfPresent(digest(password, hash)) != null;
    }

    @Override
    public boolean matches(CharSequence password, String hash) {
        if (remembers(password, hash)) {
            return true;
        }
        boolean matches = encoder.matches(password, hash);
        if (matches) {
            matched.put(digest(password, hash), Boolean.TRUE);
        }
        return matches;
    }

    private String digest(CharSequence password, String hash) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            digest.update(hash.getBytes(StandardCharsets.UTF_8));
            digest.update(password.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
