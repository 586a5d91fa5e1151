package io.fieldwright.onboarding;

import io.fieldwright.api.Secrets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Proves that somebody reads the invited's mail. Only the digest is kept, so that whoever reads the database cannot accept. */
record InvitationToken(String text) {

    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9_-]{43}");

    static InvitationToken random() {
        return new InvitationToken(Secrets.next());
    }

    /** Empty when it cannot be one. */
    static Optional<InvitationToken> parse(@Nullable String text) {
        return text != null && WELL_FORMED.matcher(text).matches()
                ? Optional.of(new InvitationToken(text))
                : Optional.empty();
    }

    String hash() {
        return HexFormat.of().formatHex(Secrets.digest(text));
    }

    @Override
    public String toString() {
        return "a token";
    }
}
