package io.fieldwright.audit;

import io.fieldwright.OwnApplicationTest;
import io.fieldwright.TableOwner;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the audit costs: changes with its triggers and without, in turns on one PostgreSQL that writes as durably as in
 * production; then how fast entries are sealed and verified. How to run it is in bench/README.md; it asserts nothing and is
 * not part of the build.
 */
@OwnApplicationTest
@TestPropertySource(
        properties = {"fieldwright.database.directory=target/benchmark", "fieldwright.database.disposable=false"})
class AuditBenchmark {

    private static final int ROUNDS = 5;
    private static final int TRANSACTIONS = 400;
    private static final int ROWS = 20_000;

    @Autowired
    private Organisations organisations;

    @Autowired
    private TableOwner owner;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Sealing sealing;

    @Autowired
    private Chains chains;

    private final String tenant = "benchmark-" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, List<Double>> figures = new LinkedHashMap<>();

    @Test
    void printsWhatTheAuditCosts() {
        organisations.create(tenant, Organisation.Kind.CORPORATE, "Benchmark", null);
        insert("first-", TRANSACTIONS);
        for (int round = -1; round < ROUNDS; round++) {
            for (boolean audited : new boolean[] {false, true}) {
                owner.sql("alter table site %s trigger user".formatted(audited ? "enable" : "disable"))
                        .update();
                measure(round, audited);
                sealing.sealNow();
            }
        }
        System.out.printf("%nAudit, %d rounds, median%n%n", ROUNDS);
        figures.forEach((name, measured) -> System.out.printf(
                "%-58s %,10.0f%n", name, measured.stream().sorted().toList().get(measured.size() / 2)));
        measureChain();
    }

    private void measure(int round, boolean audited) {
        String with = audited ? "with" : "without";
        String prefix = with + round + "-";
        note(round, "one row changed, one transaction: changes/s " + with, TRANSACTIONS, () -> {
            for (int n = 1; n <= TRANSACTIONS; n++) {
                change("code = 'first-%d'".formatted(n));
            }
        });
        note(
                round,
                "%,d rows in one statement, inserted: rows/s %s".formatted(ROWS, with),
                ROWS,
                () -> insert(prefix, ROWS));
        note(
                round,
                "%,d rows in one statement, changed: rows/s %s".formatted(ROWS, with),
                ROWS,
                () -> change("code like '%s%%'".formatted(prefix)));
    }

    private void insert(String prefix, int rows) {
        transaction.executeWithoutResult(status -> jdbc.sql(
                        """
                        insert into site
                          (id, version, tenant_id, code, name, kind, latitude, longitude, active, needs_permit, hazards)
                        select gen_random_uuid(), 0, :tenant, :prefix || n, 'Tower ' || n, 'tower', 18.5, 73.8, true, false, 'dogs'
                        from generate_series(1, :rows) n""")
                .param("tenant", tenant)
                .param("prefix", prefix)
                .param("rows", rows)
                .update());
    }

    private void change(String which) {
        transaction.executeWithoutResult(status -> jdbc.sql(
                        "update site set name = name || 'x', version = version + 1 where tenant_id = :tenant and "
                                + which)
                .param("tenant", tenant)
                .update());
    }

    private void note(int round, String name, int amount, Runnable work) {
        long began = System.nanoTime();
        work.run();
        double perSecond = amount / ((System.nanoTime() - began) / 1e9);
        if (round >= 0) {
            figures.computeIfAbsent(name, unseen -> new ArrayList<>()).add(perSecond);
        }
    }

    /** In one transaction, so that the sealer of the application does not get at the entries before. */
    private void measureChain() {
        int before = Math.toIntExact(chains.verify(tenant).length());
        transaction.executeWithoutResult(status -> {
            insert("last-", 100_000);
            long began = System.nanoTime();
            int sealed = jdbc.sql("select seal_audit(100000, true)")
                    .query(Integer.class)
                    .single();
            System.out.printf("%-58s %,10.0f%n", "sealed: entries/s", sealed / ((System.nanoTime() - began) / 1e9));
        });
        long began = System.nanoTime();
        Verification verification = chains.verify(tenant);
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf("%-58s %,10.0f%n", "verified: entries/s", verification.length() / seconds);
        long bytes = owner.sql(
                        """
                        select sum(pg_total_relation_size(t::regclass)) / (select count(*) from audit_entry)
                        from unnest('{audit_entry, audit_seal}'::text[]) t""")
                .query(Long.class)
                .single();
        System.out.printf("%-58s %,10d%n", "bytes on disk for each entry, indexes included", bytes);
        System.out.printf(
                "%n%,d entries, of them %,d before the last step; %s%n",
                verification.length(), before, verification.state());
    }
}
