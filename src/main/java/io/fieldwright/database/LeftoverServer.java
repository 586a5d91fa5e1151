package io.fieldwright.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of an application that was killed: it lives on and holds the data. The caller holds the lock of the directory,
 * so that no living application is behind it.
 */
final class LeftoverServer {

    private static final Logger log = LoggerFactory.getLogger(LeftoverServer.class);

    private LeftoverServer() {}

    static void stop(ServerDirectory directory, PostgreSqlPrograms programs) {
        Path identification = directory.cluster().resolve("postmaster.pid");
        if (Files.notExists(identification)) {
            return;
        }
        ProcessHandle process = ProcessHandle.of(processId(identification)).orElse(null);
        if (process == null) {
            return;
        }
        if (isServerOf(directory.cluster(), process)) {
            log.warn("Stopping the PostgreSQL that an earlier run left behind (process {})", process.pid());
            stop(directory, programs, process);
        } else {
            log.warn("Process {} only has the number of a PostgreSQL that crashed: left alone", process.pid());
            delete(identification);
        }
    }

    private static long processId(Path identification) {
        try {
            List<String> lines = Files.readAllLines(identification);
            return lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).strip());
        } catch (NumberFormatException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isServerOf(Path cluster, ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/postgres")
                && Arrays.asList(process.info().arguments().orElse(new String[0]))
                        .contains(cluster.toString());
    }

    private static void stop(ServerDirectory directory, PostgreSqlPrograms programs, ProcessHandle process) {
        String cluster = directory.cluster().toString();
        boolean stopped = programs.run("pg_ctl", "stop", "-D", cluster, "-m", "fast", "-t", "20")
                        .succeeded()
                || programs.run("pg_ctl", "stop", "-D", cluster, "-m", "immediate", "-t", "20")
                        .succeeded();
        if (!stopped && process.isAlive()) {
            throw new DatabaseUnavailableException(
                    "The PostgreSQL that an earlier run left behind (process %d) does not stop."
                            .formatted(process.pid()),
                    "Stop it with 'kill -QUIT %d' and start again.".formatted(process.pid()));
        }
    }

    /** PostgreSQL would take whatever process has inherited the number of a crashed server for that server. */
    private static void delete(Path identification) {
        try {
            Files.delete(identification);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
