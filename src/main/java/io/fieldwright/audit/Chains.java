package io.fieldwright.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.api.Problem;
import io.fieldwright.audit.Verification.State;
import io.fieldwright.tenancy.TenantScope;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Verifies and exports the chain of a tenant: the hash of an entry is SHA-256 over the hash of the one before it, 32 zero
 * bytes for the first, and its record in UTF-8. Whoever asks for the platform's has checked that the caller may read it.
 */
@Service
public class Chains {

    private static final int BATCH = 1_000;

    private static final byte[] GENESIS = new byte[32];

    /** The first place that does not continue from the place before. */
    private static final String FIRST_BREAK =
            """
            select s.sequence, s.previous_sequence, s.previous_hash, s.hash, e.id is null as vacant
            from (
              select tenant_id, sequence, entry_id, hash, lag(sequence, 1, 0::bigint) over chain as previous_sequence,
                lag(hash, 1, audit_genesis()) over chain as previous_hash
              from audit_seal where tenant_id = :tenant window chain as (order by sequence)) s
            left join audit_entry e on e.id = s.entry_id
            where s.sequence <> s.previous_sequence + 1 or e.id is null or e.tenant_id <> s.tenant_id
              or s.hash <> audit_link(s.previous_hash, e.record::text)
            order by s.sequence limit 1
            """;

    /** Whether what belongs to a place stands farther on, sealed with its own hash or with that of the place. */
    private static final String STANDS_FARTHER_ON =
            """
            select exists (
              select from audit_seal s join audit_entry e on e.id = s.entry_id
              where s.tenant_id = :tenant and s.sequence > :sequence
                and audit_link(:previous, e.record::text) in (s.hash, :hash))
            """;

    private static final String NEITHER_SEALED_NOR_OPEN =
            """
            select exists (
              select from audit_entry e
              where e.tenant_id = :tenant and not exists (select from audit_seal s where s.entry_id = e.id)
                and not exists (select from audit_open o where o.entry_id = e.id))
            """;

    private static final String LINES =
            """
            select s.sequence, s.hash, e.record::text as record
            from audit_seal s left join audit_entry e on e.id = s.entry_id
            where s.tenant_id = :tenant and s.sequence > :after and s.sequence <= :last
            order by s.sequence limit %d
            """
                    .formatted(BATCH);

    private record Head(long length, byte[] hash) {}

    private record Break(long sequence, long previousSequence, byte[] previousHash, byte[] hash, boolean vacant) {

        boolean skips() {
            return sequence != previousSequence + 1;
        }
    }

    private record Line(long sequence, byte[] hash, @Nullable String record) {}

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final ChainReading chains;

    Chains(JdbcClient jdbc, ObjectMapper json, ChainReading chains) {
        this.jdbc = jdbc;
        this.json = json;
        this.chains = chains;
    }

    /**
     * Refuses a chain out of sight. The platform's is in nobody's, and needs a permission that callers check.
     *
     * @throws Problem 400 naming {@code tenant}
     */
    public static void require(String tenant) {
        if (!tenant.equals(Audit.PLATFORM) && !TenantScope.sees(tenant)) {
            throw Problem.invalid("tenant", "there is no tenant " + tenant);
        }
    }

    /**
     * Walks a chain from its beginning to its head and names the first place that does not hold. The database does the
     * walking; a million entries take seconds and no memory here.
     *
     * @throws Problem as {@link #require}
     */
    public Verification verify(String tenant) {
        require(tenant);
        return TenantScope.asSystem(() -> chains.read(() -> walk(tenant)));
    }

    private Verification walk(String tenant) {
        Head head = head(tenant);
        Optional<Break> broken =
                jdbc.sql(FIRST_BREAK).param("tenant", tenant).query(Break.class).optional();
        if (broken.isPresent()) {
            Break place = broken.get();
            return place.skips()
                    ? found(tenant, head, State.ENTRY_MISSING, place.previousSequence() + 1)
                    : found(tenant, head, stateOf(tenant, place), place.sequence());
        }
        Head last = last(tenant);
        if (head.length() != last.length()) {
            return found(tenant, head, State.HEAD_WRONG, Math.min(head.length(), last.length()) + 1);
        }
        if (!Arrays.equals(head.hash(), last.hash())) {
            return found(tenant, head, State.HEAD_WRONG, head.length());
        }
        boolean added = jdbc.sql(NEITHER_SEALED_NOR_OPEN)
                .param("tenant", tenant)
                .query(Boolean.class)
                .single();
        return found(tenant, head, added ? State.ENTRY_ADDED : State.INTACT, null);
    }

    private static Verification found(String tenant, Head head, State state, @Nullable Long place) {
        return new Verification(tenant, state, head.length(), hexadecimal(head.hash()), place);
    }

    private State stateOf(String tenant, Break place) {
        if (place.vacant()) {
            return State.ENTRY_MISSING;
        }
        boolean fartherOn = jdbc.sql(STANDS_FARTHER_ON)
                .param("tenant", tenant)
                .param("sequence", place.sequence())
                .param("previous", place.previousHash())
                .param("hash", place.hash())
                .query(Boolean.class)
                .single();
        return fartherOn ? State.ORDER_CHANGED : State.RECORD_CHANGED;
    }

    /** What the chain says of its end. */
    private Head head(String tenant) {
        return jdbc.sql("select length, hash from audit_chain where tenant_id = :tenant")
                .param("tenant", tenant)
                .query(Head.class)
                .optional()
                .orElse(new Head(0, GENESIS));
    }

    /** Where the chain ends. */
    private Head last(String tenant) {
        return jdbc.sql(
                        """
                        select sequence as length, hash from audit_seal where tenant_id = :tenant
                        order by sequence desc limit 1""")
                .param("tenant", tenant)
                .query(Head.class)
                .optional()
                .orElse(new Head(0, GENESIS));
    }

    /**
     * Writes a chain as lines of JSON, from its beginning to where it ends now: {@code sequence}, {@code previousHash},
     * {@code hash} and {@code record}, the very text that is hashed. It reads a thousand entries at a time and holds no
     * connection while a slow receiver takes them.
     *
     * @throws Problem as {@link #require}; nothing is written then
     */
    public void export(String tenant, OutputStream target) throws IOException {
        long last = chains.read(tenant, () -> last(tenant)).length();
        JsonGenerator line = json.getFactory().createGenerator(target).setRootValueSeparator(null);
        byte[] previous = GENESIS;
        for (long after = 0; after < last; ) {
            for (Line entry : lines(tenant, after, last)) {
                line.writeStartObject();
                line.writeNumberField("sequence", entry.sequence());
                line.writeStringField("previousHash", hexadecimal(previous));
                line.writeStringField("hash", hexadecimal(entry.hash()));
                line.writeStringField("record", entry.record());
                line.writeEndObject();
                line.writeRaw('\n');
                previous = entry.hash();
                after = entry.sequence();
            }
        }
        line.flush();
    }

    private List<Line> lines(String tenant, long after, long last) {
        return chains.readOn(tenant, () -> jdbc.sql(LINES)
                .param("tenant", tenant)
                .param("after", after)
                .param("last", last)
                .query(Line.class)
                .list());
    }

    private static String hexadecimal(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
