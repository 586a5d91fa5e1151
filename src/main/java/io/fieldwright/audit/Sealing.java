package io.fieldwright.audit;

import io.fieldwright.tenancy.TenantScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives the committed entries their places in the chains, one node at a time. A batch is one transaction: whatever stops
 * it, its entries are sealed by the next.
 */
@Component
class Sealing {

    private static final int BATCH = 10_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Sealing(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** On every node; what another is sealing already it leaves to that one. */
    @Scheduled(fixedDelayString = "PT1S")
    void sealWhatIsOpen() {
        seal(false);
    }

    /** Seals what was committed before; waits for a node that is sealing already. */
    void sealNow() {
        seal(true);
    }

    private void seal(boolean waiting) {
        Integer sealed;
        do {
            sealed = TenantScope.asSystem(
                    () -> transaction.execute(status -> jdbc.sql("select seal_audit(:most, :waiting)")
                            .param("most", BATCH)
                            .param("waiting", waiting)
                            .query(Integer.class)
                            .single()));
        } while (sealed != null && sealed == BATCH);
    }
}
