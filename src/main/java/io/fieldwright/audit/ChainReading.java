package io.fieldwright.audit;

import io.fieldwright.tenancy.TenantScope;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads chains as they are at one moment, everything sealed that was committed before. */
@Component
class ChainReading {

    private final Sealing sealing;
    private final TransactionTemplate transaction;

    ChainReading(Sealing sealing, PlatformTransactionManager transactions) {
        this.sealing = sealing;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setReadOnly(true);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** Reads what is in the caller's sight. */
    <T> T read(Supplier<T> work) {
        sealing.sealNow();
        return inTransaction(work);
    }

    /** Reads one chain, which may be the platform's; refuses it as {@link Chains#require}. */
    <T> T read(String tenant, Supplier<T> work) {
        Chains.require(tenant);
        return tenant.equals(Audit.PLATFORM) ? TenantScope.asSystem(() -> read(work)) : read(work);
    }

    /** Reads on in a chain that was asked for already, without sealing again. */
    <T> T readOn(String tenant, Supplier<T> work) {
        return tenant.equals(Audit.PLATFORM) ? TenantScope.asSystem(() -> inTransaction(work)) : inTransaction(work);
    }

    @SuppressWarnings("NullAway")
    private <T> T inTransaction(Supplier<T> work) {
        return transaction.execute(status -> work.get());
    }
}
