package io.fieldwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwright.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;

/**
 * The application as it is delivered, in a JVM of its own with a durable database of its own: nothing of the tests'
 * configuration is on its class path. It can be killed and comes back on the same port with the same data.
 */
final class RunningApplication implements AutoCloseable {

    static final String ADMINISTRATOR = "administrator";
    static final String PASSWORD = "correct horse battery staple";
    static final String CORPORATE = "corporate";

    private final Path home;
    private final Path output;
    private final int port = FreePort.choose();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Process process;
    private volatile CompletableFuture<Void> ready = new CompletableFuture<>();

    private RunningApplication(Path home) {
        this.home = home;
        this.output = home.resolve("application.log");
    }

    /** Starts on an empty {@code home}. */
    static RunningApplication startIn(Path home) {
        try {
            FileSystemUtils.deleteRecursively(home);
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RunningApplication application = new RunningApplication(home);
        application.start();
        return application;
    }

    private void start() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx768m",
                "-cp",
                classPath(),
                "io.fieldwright.FieldwrightApplication",
                "--server.port=" + port,
                "--fieldwright.database.directory=" + home.resolve("database"),
                "--fieldwright.files.directory=" + home.resolve("files"),
                "--fieldwright.administrator.username=" + ADMINISTRATOR,
                "--fieldwright.administrator.password=" + PASSWORD,
                "--fieldwright.administrator.organisation=" + CORPORATE));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().pollInterval(Duration.ofMillis(200))
                .failFast(() -> assertThat(process.isAlive()).as(output()).isTrue())
                .until(this::answersThatItIsReady);
        ready.complete(null);
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private boolean answersThatItIsReady() throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(uri("/actuator/health/readiness"))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    /** Ends it as a power failure would, SIGKILL in the middle of whatever it does, and starts it again. */
    void killAndRestart() {
        ready = new CompletableFuture<>();
        process.destroyForcibly().onExit().join();
        start();
    }

    /** Waits for the restart after a kill. */
    void awaitReady() {
        ready.join();
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
        process.destroy();
        process.onExit().join();
    }
}
