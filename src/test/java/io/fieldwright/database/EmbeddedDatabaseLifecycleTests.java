package io.fieldwright.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fieldwright.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** Ends real applications in every way there is, with the durable settings that production data would have. */
class EmbeddedDatabaseLifecycleTests {

    @TempDir
    private static Path directory;

    private static DatabaseProperties properties;
    private static ServerDirectory serverDirectory;

    @BeforeAll
    static void findServerDirectory() {
        properties = new DatabaseProperties(directory, "fieldwright", 0, false);
        serverDirectory = ServerDirectory.of(properties);
    }

    /** Setting up the data takes the longest, so it is done once, and for those who race to be the first. */
    @AfterEach
    void stopAndEmptyTheDatabase() throws IOException {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(properties)) {
            rowsOf(database).execute("drop table if exists written");
        }
        Files.delete(serverDirectory.log());
    }

    @Test
    void terminatedInOrderAfterItsConnectionsAndKeepsTheData() throws IOException {
        try (ApplicationProcess application = ApplicationProcess.start(directory)) {
            application.awaitCommitted(100);
            ProcessHandle server = server();

            assertThat(application.terminate()).isEqualTo(143);

            await().until(() -> !server.isAlive());
            assertThat(application.output())
                    .containsSubsequence("HikariPool-1 - Shutdown completed", "PostgreSQL stopped");
            assertThat(Files.readString(serverDirectory.log())).contains("database system is shut down");
            assertThatEveryRowIsThere(application.lastCommitted());
            assertThat(Files.readString(serverDirectory.log())).doesNotContain("not properly shut down");
        }
    }

    @Test
    void killedWhileItWritesLosesNoCommittedRow() throws IOException {
        try (ApplicationProcess killed = ApplicationProcess.start(directory)) {
            killed.awaitCommitted(200).kill();
            ProcessHandle orphan = server();
            assertThat(orphan.isAlive()).isTrue();

            try (ApplicationProcess next = ApplicationProcess.start(directory)) {
                next.awaitCommitted(killed.lastCommitted() + 200);
                assertThat(next.output())
                        .contains("Stopping the PostgreSQL that an earlier run left behind (process %d)"
                                .formatted(orphan.pid()));
                await().until(() -> !orphan.isAlive());
                next.kill();
                assertThatEveryRowIsThere(next.lastCommitted());
            }
        }
    }

    @Test
    void killedTogetherWithItsServerRecovers() throws IOException {
        try (ApplicationProcess application = ApplicationProcess.start(directory)) {
            application.awaitCommitted(200);
            ProcessHandle server = server();
            server.destroyForcibly();
            application.kill();
            await().until(() -> !server.isAlive());

            assertThatEveryRowIsThere(application.lastCommitted());
            assertThat(Files.readString(serverDirectory.log())).contains("not properly shut down");
        }
    }

    @Test
    void processThatInheritedTheNumberOfACrashedServerIsLeftAlone() throws IOException {
        EmbeddedDatabase.open(properties).close();
        Process bystander = new ProcessBuilder("sleep", "600").start();
        try {
            Files.write(
                    serverDirectory.cluster().resolve("postmaster.pid"),
                    List.of(
                            Long.toString(bystander.pid()),
                            serverDirectory.cluster().toString()));

            EmbeddedDatabase.open(properties).close();

            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void givenPortThatAnotherServerUsesIsRefusedAndNeverConnectedTo() throws IOException {
        try (ServerSocket stranger = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
                ApplicationProcess application =
                        ApplicationProcess.start(directory, "--fieldwright.database.port=" + stranger.getLocalPort())) {
            assertThat(application.awaitExit()).isEqualTo(1);

            assertThat(application.output())
                    .contains("APPLICATION FAILED TO START")
                    .contains("Another program uses port " + stranger.getLocalPort());
            assertThatNobodyConnectedTo(stranger);
        }
    }

    @Test
    void freePortThatAnotherServerTakesFirstIsReplacedAndNeverConnectedTo() throws IOException {
        try (ServerSocket stranger = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            int free = FreePort.choose();
            Deque<Integer> ports = new ArrayDeque<>(List.of(stranger.getLocalPort(), free));

            EmbeddedServer server = EmbeddedServer.start(serverDirectory, properties, false, ports::remove);
            server.stop();

            assertThat(server.jdbcUrl("fieldwright")).contains(":" + free + "/");
            assertThatNobodyConnectedTo(stranger);
        }
    }

    @Test
    void secondOfTwoStartsAtOnceSaysSoAndExits() throws IOException {
        FileSystemUtils.deleteRecursively(serverDirectory.cluster());
        try (ApplicationProcess one = ApplicationProcess.start(directory);
                ApplicationProcess other = ApplicationProcess.start(directory)) {
            await().until(() -> !one.isAlive() || !other.isAlive());
            ApplicationProcess second = one.isAlive() ? other : one;
            ApplicationProcess first = one.isAlive() ? one : other;

            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.isReady()).isFalse();
            assertThat(second.output())
                    .contains("APPLICATION FAILED TO START")
                    .containsPattern("Another Fieldwright( \\(process \\d+\\))? is using the database in");
            first.awaitReady().terminate();
        }
    }

    @Test
    void rootWithoutUserNamespacesIsToldWhatToDo(@TempDir Path emptySearchPath) throws IOException {
        assumeThat(Files.getAttribute(emptySearchPath, "unix:uid")).isEqualTo(0);
        try (ApplicationProcess application =
                ApplicationProcess.startWithSearchPath(directory, emptySearchPath.toString())) {
            assertThat(application.awaitExit()).isEqualTo(1);

            assertThat(application.output())
                    .contains("PostgreSQL refuses to run as root")
                    .contains("SPRING_DATASOURCE_URL");
        }
    }

    @Test
    void missingPasswordIsNamed() throws IOException {
        EmbeddedDatabase.open(properties).close();
        String password = serverDirectory.password();
        Files.delete(serverDirectory.passwordFile());

        assertThatThrownBy(() -> EmbeddedDatabase.open(properties))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContaining(serverDirectory.passwordFile().toString());

        Files.writeString(serverDirectory.passwordFile(), password);
    }

    private ProcessHandle server() throws IOException {
        try (Stream<String> lines = Files.lines(serverDirectory.cluster().resolve("postmaster.pid"))) {
            return ProcessHandle.of(
                            Long.parseLong(lines.findFirst().orElseThrow().strip()))
                    .orElseThrow();
        }
    }

    private void assertThatEveryRowIsThere(long lastCommitted) {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(properties)) {
            JdbcTemplate rows = rowsOf(database);
            assertThat(lastCommitted).isPositive();
            assertThat(rows.queryForObject("select count(*) from written where number <= ?", Long.class, lastCommitted))
                    .isEqualTo(lastCommitted);
            assertThat(rows.queryForObject("select max(number) from written", Long.class))
                    .as("at most the row in flight beyond the acknowledged ones")
                    .isBetween(lastCommitted, lastCommitted + 1);
        }
    }

    private static JdbcTemplate rowsOf(EmbeddedDatabase database) {
        return new JdbcTemplate(new DriverManagerDataSource(
                database.getJdbcUrl(), database.ownerDetails().getUsername(), database.getPassword()));
    }

    private void assertThatNobodyConnectedTo(ServerSocket stranger) throws IOException {
        stranger.setSoTimeout(1);
        assertThatThrownBy(stranger::accept).isInstanceOf(SocketTimeoutException.class);
    }
}
