package io.fieldwright.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.fieldwright.api.Identifiers;
import io.fieldwright.tenancy.TenantScope;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The keys that sign access tokens, one at a time. They are made here and shared by all nodes through the database; each
 * signs for 90 days and is kept until the last token it signed has expired. Deleting the rows of {@code signing_key} makes
 * every access token useless and a new key is made.
 */
@Component
class SigningKeys implements JWKSource<SecurityContext> {

    private static final Duration SIGNS_FOR = Duration.ofDays(90);
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);

    /** The keys as they were read, the newest first. */
    private record Known(List<JWK> keys, Instant newestMadeAt, Instant readAt) {}

    private record Row(String key, Instant createdAt) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private volatile Known known = new Known(List.of(), Instant.MIN, Instant.MIN);

    SigningKeys(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) {
        return selector.select(new JWKSet(known().keys()));
    }

    /** The key to sign with now; made when there is none or the last has signed long enough. */
    JWK signing() {
        Known current = known();
        if (!signs(current.newestMadeAt())) {
            current = make();
        }
        return current.keys().get(0);
    }

    private boolean signs(Instant madeAt) {
        return madeAt.isAfter(clock.instant().minus(SIGNS_FOR));
    }

    /** Read again each minute, so that a key made by another node or taken away by the operator is noticed. */
    private Known known() {
        Known current = known;
        if (current.readAt().isBefore(clock.instant().minus(REMEMBERED_FOR))) {
            current = TenantScope.asSystem(() -> transaction.execute(status -> read()));
            known = current;
        }
        return current;
    }

    private Known make() {
        Known made = TenantScope.asSystem(() -> transaction.execute(status -> {
            jdbc.sql("lock table signing_key in share row exclusive mode").update();
            Known current = read();
            if (signs(current.newestMadeAt())) {
                return current;
            }
            Instant now = clock.instant();
            JWK key = generate();
            jdbc.sql("delete from signing_key where created_at < :before")
                    .param(
                            "before",
                            now.minus(SIGNS_FOR).minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC))
                    .update();
            jdbc.sql("insert into signing_key (id, secret_key, created_at) values (:id, :key, :now)")
                    .param("id", key.getKeyID())
                    .param("key", key.toJSONString())
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .update();
            return read();
        }));
        known = made;
        return made;
    }

    private Known read() {
        List<Row> rows = jdbc.sql("select secret_key, created_at from signing_key order by created_at desc")
                .query((row, number) -> new Row(
                        row.getString("secret_key"),
                        row.getTimestamp("created_at").toInstant()))
                .list();
        List<JWK> keys = new ArrayList<>();
        for (Row row : rows) {
            keys.add(parse(row.key()));
        }
        return new Known(keys, rows.isEmpty() ? Instant.MIN : rows.get(0).createdAt(), clock.instant());
    }

    private static JWK generate() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(Identifiers.next().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JWK parse(String key) {
        try {
            return ECKey.parse(key);
        } catch (ParseException damaged) {
            throw new IllegalStateException("A row of signing_key does not hold a key", damaged);
        }
    }
}
