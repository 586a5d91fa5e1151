package io.fieldwright.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;

/** PostgreSQL's own programs, unpacked from the class path for this operating system. */
final class PostgreSqlPrograms {

    private static final Logger log = LoggerFactory.getLogger(PostgreSqlPrograms.class);
    private static final Map<String, String> PROCESSORS =
            Map.of("amd64", "x86_64", "x86_64", "x86_64", "aarch64", "arm_64", "arm64", "arm_64");

    private final Path installation;
    private final List<String> launcher;

    private PostgreSqlPrograms(Path installation, List<String> launcher) {
        this.installation = installation;
        this.launcher = launcher;
    }

    static void requireOnClassPath() {
        if (!archive().exists()) {
            throw new DatabaseUnavailableException(
                    "No database is configured, and there is no embedded PostgreSQL for %s %s on the class path."
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
                    "Set SPRING_DATASOURCE_URL (for example jdbc:postgresql://localhost:5432/fieldwright),"
                            + " SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD to a PostgreSQL 17 database."
                            + " An embedded one comes with ./mvnw spring-boot:run on Linux and macOS, never with the"
                            + " packaged jar.");
        }
    }

    static PostgreSqlPrograms install(ServerDirectory directory) {
        try {
            ClassPathResource archive = archive();
            Path installation = directory.home().resolve("programs-" + digest(archive));
            if (Files.notExists(installation)) {
                log.info("Unpacking PostgreSQL into {}", installation);
                Path unfinished = directory.createUnfinished();
                try (InputStream content = archive.getInputStream()) {
                    TarArchive.extract(content, unfinished);
                }
                Files.move(unfinished, installation);
            }
            return new PostgreSqlPrograms(installation, launcher(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassPathResource archive() {
        String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return new ClassPathResource(
                "postgres-%s-%s.txz".formatted(system, PROCESSORS.getOrDefault(processor, processor)));
    }

    private static String digest(ClassPathResource archive) throws IOException {
        try (DigestInputStream content =
                new DigestInputStream(archive.getInputStream(), MessageDigest.getInstance("SHA-256"))) {
            content.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(content.getMessageDigest().digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it does. */
    private static List<String> launcher(ServerDirectory directory) throws IOException {
        Path created = directory.createUnfinished();
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(created, "unix:uid"));
        Files.delete(created);
        if (!root) {
            return List.of();
        }
        List<String> launcher = List.of("unshare", "--user");
        if (!canRun(launcher)) {
            throw new DatabaseUnavailableException(
                    "PostgreSQL refuses to run as root, and this system does not let root open a user namespace"
                            + " ('unshare --user true' fails).",
                    "Start Fieldwright as an ordinary user, or allow user namespaces (in a container:"
                            + " --security-opt seccomp=unconfined), or set SPRING_DATASOURCE_URL to a PostgreSQL 17"
                            + " database.");
        }
        return launcher;
    }

    private static boolean canRun(List<String> launcher) {
        try {
            List<String> command = new ArrayList<>(launcher);
            command.add("true");
            return run(command).succeeded();
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits for the program to end; a failure to start it at all is an {@link UncheckedIOException}. */
    Outcome run(String program, String... arguments) {
        List<String> command = new ArrayList<>(launcher);
        command.add(installation.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            return run(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PG"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Outcome(process.waitFor(), output.strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + command, e);
        }
    }

    record Outcome(int status, String output) {

        boolean succeeded() {
            return status == 0;
        }
    }
}
