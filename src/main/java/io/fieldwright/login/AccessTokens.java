package io.fieldwright.login;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/**
 * Access tokens (RFC 9068 in form, signed with ES256 only): who, and by which signing in. What the person may do is not in
 * them; it is looked up for each request.
 */
@Component
class AccessTokens {

    static final Duration LIFETIME = Duration.ofMinutes(60);

    private static final String ISSUER = "fieldwright";
    private static final String AUDIENCE = "fieldwright";
    private static final String TYPE = "at+jwt";
    private static final String SIGN_IN = "sid";

    /** What a valid token says. */
    record Claims(String username, UUID signIn) {}

    private final SigningKeys keys;
    private final NimbusJwtEncoder encoder;
    private final NimbusJwtDecoder decoder;
    private final Clock clock;

    AccessTokens(SigningKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
        this.encoder = new NimbusJwtEncoder(keys);
        this.decoder = decoder(keys, clock);
    }

    private static NimbusJwtDecoder decoder(SigningKeys keys, Clock clock) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(TYPE)));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        JwtTimestampValidator times = new JwtTimestampValidator(Duration.ZERO);
        times.setClock(clock);
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                times, new JwtIssuerValidator(ISSUER), new JwtAudienceValidator(AUDIENCE)));
        return decoder;
    }

    String issue(String username, UUID signIn) {
        JWK key = keys.signing();
        Instant now = clock.instant();
        return encoder.encode(JwtEncoderParameters.from(
                        JwsHeader.with(SignatureAlgorithm.ES256)
                                .keyId(key.getKeyID())
                                .type(TYPE)
                                .build(),
                        JwtClaimsSet.builder()
                                .issuer(ISSUER)
                                .audience(List.of(AUDIENCE))
                                .subject(username)
                                .claim(SIGN_IN, signIn.toString())
                                .issuedAt(now)
                                .expiresAt(now.plus(LIFETIME))
                                .build()))
                .getTokenValue();
    }

    /** Empty when the token is none of ours, altered or expired. */
    Optional<Claims> read(String token) {
        try {
            Jwt jwt = decoder.decode(token);
            String signIn = jwt.getClaimAsString(SIGN_IN);
            return jwt.getSubject() == null || signIn == null || jwt.getExpiresAt() == null
                    ? Optional.empty()
                    : Optional.of(new Claims(jwt.getSubject(), UUID.fromString(signIn)));
        } catch (JwtException | IllegalArgumentException refused) {
            return Optional.empty();
        }
    }
}
