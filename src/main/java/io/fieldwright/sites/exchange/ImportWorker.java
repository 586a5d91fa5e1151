package io.fieldwright.sites.exchange;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * One thread that imports, one upload after the other. It is woken by an upload and looks by itself every few seconds
 * for what another process left behind. It ends before the connection pool does, between two transactions.
 */
@Component
class ImportWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ImportWorker.class);
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration LONGEST_UPLOAD = Duration.ofDays(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private final ImportRecords records;
    private final ImportRun run;
    private final Clock clock;
    private final Semaphore work = new Semaphore(0);
    private volatile boolean stopped = true;
    private @Nullable Thread thread;

    ImportWorker(ImportRecords records, ImportRun run, Clock clock) {
        this.records = records;
        this.run = run;
        this.clock = clock;
    }

    void wake() {
        work.release();
    }

    @Override
    public synchronized void start() {
        stopped = false;
        thread = new Thread(this::work, "site-import");
        thread.start();
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        work.release();
        if (thread != null) {
            try {
                thread.join(LONGEST_STOP.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return !stopped;
    }

    private void work() {
        while (!stopped) {
            try {
                boolean woken = work.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
                work.drainPermits();
                if (!woken) {
                    records.forgetAbandoned(clock.instant().minus(LONGEST_UPLOAD));
                }
                importAll();
            } catch (InterruptedException interrupted) {
                return;
            } catch (RuntimeException unexpected) {
                log.warn("Imports could not be looked for; trying again", unexpected);
            }
        }
    }

    private void importAll() {
        Optional<Claim> claim = stopped ? Optional.empty() : records.claim();
        while (claim.isPresent()) {
            importOne(claim.get());
            claim = stopped ? Optional.empty() : records.claim();
        }
    }

    private void importOne(Claim claim) {
        try {
            run.run(claim, () -> stopped);
            records.release(claim.id());
        } catch (ClaimLostException lost) {
            log.info("Another worker goes on with the site import {}", claim.id());
        } catch (TransientDataAccessException
                | RecoverableDataAccessException
                | DataAccessResourceFailureException
                | TransactionException passing) {
            log.warn("The site import {} was interrupted and goes on later", claim.id(), passing);
        } catch (RuntimeException unexpected) {
            log.error("The site import {} failed", claim.id(), unexpected);
            records.finish(
                    claim.id(),
                    SiteImport.State.FAILED,
                    "It failed on our side, which has been logged. Rows counted as written are.",
                    clock.instant());
        }
    }
}
