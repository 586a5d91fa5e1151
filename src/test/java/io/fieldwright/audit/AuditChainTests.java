package io.fieldwright.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.TableOwner;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import io.fieldwright.tenancy.TenantScope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@FieldwrightTest
class AuditChainTests {

    @Autowired
    private Organisations organisations;

    @Autowired
    private Chains chains;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JdbcConnectionDetails database;

    @Autowired
    private TableOwner owner;

    @Autowired
    private ObjectMapper json;

    private final String tenant = "corporate-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void furnish() {
        organisations.create(tenant, Organisation.Kind.CORPORATE, "Corporate", null);
    }

    private void write(String code) {
        transaction.executeWithoutResult(status -> insert(code));
    }

    private void insert(String code) {
        jdbc.sql(
                        "insert into client (id, version, tenant_id, code, name, language) values (:id, 0, :tenant, :code, 'Über', 'en')")
                .param("id", UUID.randomUUID())
                .param("tenant", tenant)
                .param("code", code)
                .update();
    }

    private void writeTen() {
        for (int n = 0; n < 10; n++) {
            write("client-" + n);
        }
    }

    private long entries() {
        return TenantScope.asSystem(() ->
                transaction.execute(status -> jdbc.sql("select count(*) from audit_entry where tenant_id = :tenant")
                        .param("tenant", tenant)
                        .query(Long.class)
                        .single()));
    }

    @Test
    void chainIsGaplessThoughManyWriteAndTwoNodesSealAtOnce() throws Exception {
        int writers = 8;
        int changes = 40;
        AtomicBoolean writing = new AtomicBoolean(true);
        ExecutorService pool = Executors.newFixedThreadPool(writers + 2);
        try {
            List<Future<Void>> nodes = new ArrayList<>();
            for (int node = 0; node < 2; node++) {
                Sealing sealing = new Sealing(jdbc, transactions);
                nodes.add(pool.submit(() -> {
                    while (writing.get()) {
                        sealing.sealWhatIsOpen();
                    }
                    return null;
                }));
            }
            List<Callable<Void>> work = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int number = writer;
                work.add(() -> {
                    for (int n = 0; n < changes; n++) {
                        String code = "client-%d-%d".formatted(number, n);
                        boolean undone = n % 8 == 7;
                        transaction.executeWithoutResult(status -> {
                            insert(code);
                            if (undone) {
                                status.setRollbackOnly();
                            }
                        });
                    }
                    return null;
                });
            }
            for (Future<Void> done : pool.invokeAll(work)) {
                done.get();
            }
            writing.set(false);
            for (Future<Void> node : nodes) {
                node.get();
            }
        } finally {
            pool.shutdownNow();
        }
        Verification verification = chains.verify(tenant);
        assertThat(verification.state()).isEqualTo(Verification.State.INTACT);
        assertThat(verification.length()).isEqualTo(entries()).isGreaterThan(writers * changes * 7 / 8);
    }

    @Test
    void sealingThatIsKilledLeavesTheChainToTheNext() throws SQLException {
        writeTen();
        try (Connection node = connection();
                Statement statement = node.createStatement()) {
            statement.execute("set fieldwright.tenants = '*'");
            node.setAutoCommit(false);
            statement.execute("select seal_audit(3, true)");
            kill(node);
            assertThatThrownBy(node::commit).isInstanceOf(SQLException.class);
        }
        Verification verification = chains.verify(tenant);
        assertThat(verification.state()).isEqualTo(Verification.State.INTACT);
        assertThat(verification.length()).isEqualTo(entries());
    }

    @Test
    void workThatIsKilledLeavesNoEntry() throws SQLException {
        writeTen();
        long before = entries();
        try (Connection node = connection();
                Statement statement = node.createStatement()) {
            node.setAutoCommit(false);
            statement.execute("set local fieldwright.tenants = '*'");
            statement.execute("update client set name = 'Lost' where tenant_id = '" + tenant + "'");
            kill(node);
            assertThatThrownBy(node::commit).isInstanceOf(SQLException.class);
        }
        assertThat(entries()).isEqualTo(before);
        assertThat(chains.verify(tenant).state()).isEqualTo(Verification.State.INTACT);
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }

    private void kill(Connection node) throws SQLException {
        try (Statement statement = node.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            jdbc.sql("select pg_terminate_backend(:process, 10000)")
                    .param("process", row.getInt(1))
                    .query()
                    .singleRow();
        }
    }

    /** As whoever owns the tables could, with everything switched off that would hinder them. */
    private void tamper(String... statements) {
        chains.verify(tenant);
        owner.withoutTriggers(
                "audit_entry",
                () -> owner.withoutTriggers(
                        "audit_seal",
                        () -> owner.withoutTriggers("audit_chain", () -> {
                            for (String statement : statements) {
                                owner.sql(statement.replace("TENANT", tenant)).update();
                            }
                        })));
    }

    private void assertBroken(Verification.State state, Long place) {
        Verification verification = chains.verify(tenant);
        assertThat(verification.state()).isEqualTo(state);
        assertThat(verification.brokenAt()).isEqualTo(place);
    }

    private static final String ENTRY_AT =
            "(select entry_id from audit_seal where tenant_id = 'TENANT' and sequence = %d)";

    private long length() {
        return chains.verify(tenant).length();
    }

    @Test
    void oneChangedByteIsFound() {
        writeTen();
        tamper("update audit_entry set record = replace(record::text, 'Über', 'Uber')::jsonb where id = "
                + ENTRY_AT.formatted(length() - 4));
        assertBroken(Verification.State.RECORD_CHANGED, length() - 4);
    }

    @Test
    void entryMovedToAnotherTenantIsFound() {
        writeTen();
        tamper("update audit_entry set record = jsonb_set(record, '{tenant}', '\"elsewhere\"') where id = "
                + ENTRY_AT.formatted(length() - 4));
        assertBroken(Verification.State.RECORD_CHANGED, length() - 4);
    }

    @Test
    void lostLastEntryIsFound() {
        writeTen();
        long length = length();
        tamper("delete from audit_entry where id = " + ENTRY_AT.formatted(length));
        assertBroken(Verification.State.ENTRY_MISSING, length);
        tamper("delete from audit_seal where tenant_id = 'TENANT' and sequence = " + length);
        assertBroken(Verification.State.HEAD_WRONG, length);
    }

    @Test
    void lostEntryWithItsPlaceIsFound() {
        writeTen();
        long place = length() - 3;
        tamper(
                "delete from audit_entry where id = " + ENTRY_AT.formatted(place),
                "delete from audit_seal where tenant_id = 'TENANT' and sequence = " + place);
        assertBroken(Verification.State.ENTRY_MISSING, place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"entry_id", "hash, entry_id"})
    void exchangedEntriesAreFound(String moved) {
        writeTen();
        long place = length() - 5;
        tamper(
                """
                create temp table exchanged on commit drop as
                  select * from audit_seal where tenant_id = 'TENANT' and sequence in (%1$d, %1$d + 1)"""
                        .formatted(place),
                "update audit_seal set entry_id = -entry_id where tenant_id = 'TENANT' and sequence in (%1$d, %1$d + 1)"
                        .formatted(place),
                """
                update audit_seal s set (%2$s) = (
                  select %2$s from exchanged e where e.sequence = 2 * %1$d + 1 - s.sequence)
                where tenant_id = 'TENANT' and sequence in (%1$d, %1$d + 1)"""
                        .formatted(place, moved));
        assertBroken(Verification.State.ORDER_CHANGED, place);
    }

    @Test
    void headThatSaysSomethingElseIsFound() {
        writeTen();
        tamper("update audit_chain set hash = sha256('other') where tenant_id = 'TENANT'");
        assertBroken(Verification.State.HEAD_WRONG, length());
    }

    @Test
    void entryPutInByHandIsFound() {
        writeTen();
        tamper(
                """
                insert into audit_entry (id, record) select nextval('audit_entry_id'), record from audit_entry
                where id = """
                        + ENTRY_AT.formatted(length()));
        assertBroken(Verification.State.ENTRY_ADDED, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set record = '{}'",
                "delete from audit_entry",
                "truncate audit_entry",
                "update audit_seal set sequence = sequence + 1",
                "delete from audit_seal",
                "truncate audit_seal",
                "delete from audit_chain",
                "truncate audit_chain",
                "truncate audit_open",
                "update audit_chain set length = length - 1"
            })
    void evenTheOwnerOnlyAddsToTheAudit(String statement) {
        writeTen();
        assertThatThrownBy(() -> owner.sql(statement).update()).hasMessageContaining("append-only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into audit_entry (id, record) values (0, '{\"tenant\": \"-\", \"at\": \"now\"}')",
                "insert into audit_open (entry_id) values (0)",
                "delete from audit_open",
                "insert into audit_seal (tenant_id, sequence, entry_id, hash) values ('-', 0, 0, '')",
                "update audit_chain set length = length + 1"
            })
    void applicationOnlyReadsTheAudit(String statement) throws SQLException {
        try (Connection application = connection();
                Statement attempt = application.createStatement()) {
            application.setAutoCommit(false);
            attempt.execute("set local fieldwright.tenants = '*'");
            assertThatThrownBy(() -> attempt.execute(statement))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    /** What docs/operations.md tells an auditor to do, who has nothing but the export. */
    @Test
    void exportIsVerifiedWithoutFieldwright() throws Exception {
        for (int n = 0; n < 5; n++) {
            transaction.executeWithoutResult(status -> jdbc.sql(
                            """
                            insert into client (id, version, tenant_id, code, name, language)
                            select gen_random_uuid(), 0, :tenant, gen_random_uuid(), 'Über "A"', 'en' from generate_series(1, 300)""")
                    .param("tenant", tenant)
                    .update());
        }
        List<JsonNode> lines = export();
        String previous = "00".repeat(32);
        long sequence = 0;
        for (JsonNode line : lines) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(HexFormat.of().parseHex(previous));
            digest.update(line.get("record").asText().getBytes(StandardCharsets.UTF_8));
            assertThat(line.get("sequence").asLong()).isEqualTo(++sequence);
            assertThat(line.get("previousHash").asText()).isEqualTo(previous);
            previous = HexFormat.of().formatHex(digest.digest());
            assertThat(line.get("hash").asText()).isEqualTo(previous);
            assertThat(json.readTree(line.get("record").asText()).get("tenant").asText())
                    .isEqualTo(tenant);
        }
        Verification verification = chains.verify(tenant);
        assertThat(sequence).isEqualTo(verification.length()).isGreaterThan(1_500);
        assertThat(previous).isEqualTo(verification.head());
    }

    private List<JsonNode> export() throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        chains.export(tenant, target);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : target.toString(StandardCharsets.UTF_8).split("\n")) {
            lines.add(json.readTree(line));
        }
        return lines;
    }

    @Test
    void chainWithoutEntriesIsIntact() {
        Verification verification = chains.verify("nothing-yet");
        assertThat(verification.state()).isEqualTo(Verification.State.INTACT);
        assertThat(verification.length()).isZero();
        assertThat(verification.head()).isEqualTo("00".repeat(32));
    }
}
