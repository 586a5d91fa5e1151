package io.fieldwright.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwright.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link WritingApplication} in a JVM of its own. */
class ApplicationProcess implements AutoCloseable {

    private final Process process;
    private final Path output;

    private ApplicationProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static ApplicationProcess start(Path directory, String... arguments) {
        return startWithSearchPath(directory, System.getenv("PATH"), arguments);
    }

    static ApplicationProcess startWithSearchPath(Path directory, String searchPath, String... arguments) {
        try {
            Path output = Files.createTempFile("application-", ".log");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-Xshare:auto",
                    "-cp",
                    System.getProperty("java.class.path"),
                    WritingApplication.class.getName(),
                    "--fieldwright.database.directory=" + directory));
            command.addAll(List.of(arguments));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("PATH", searchPath);
            return new ApplicationProcess(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ApplicationProcess awaitReady() {
        return awaitOutput(WritingApplication.READY);
    }

    ApplicationProcess awaitCommitted(long number) {
        return awaitOutput(WritingApplication.COMMITTED + number);
    }

    private ApplicationProcess awaitOutput(String line) {
        await().pollInterval(Duration.ofMillis(20))
                .failFast(() -> assertThat(process.isAlive()).as(output()).isTrue())
                .until(() -> output().lines().anyMatch(line::equals));
        return this;
    }

    int terminate() {
        process.destroy();
        return awaitExit();
    }

    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    int awaitExit() {
        try {
            if (!process.waitFor(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("still running:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isReady() {
        return output().lines().anyMatch(WritingApplication.READY::equals);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The last row of which the application learnt that it was committed. */
    long lastCommitted() {
        String output = output();
        return output.substring(0, output.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith(WritingApplication.COMMITTED))
                .mapToLong(line -> Long.parseLong(line.substring(WritingApplication.COMMITTED.length())))
                .max()
                .orElse(0);
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Files.delete(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
