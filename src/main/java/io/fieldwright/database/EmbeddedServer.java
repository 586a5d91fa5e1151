package io.fieldwright.database;

import io.fieldwright.database.PostgreSqlPrograms.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server that runs as a process beside this JVM, reachable from this machine only and with a password.
 *
 * <p>{@code pg_ctl} starts it in a session of its own, so that Ctrl-C in the terminal reaches the application first and
 * the server only through it, and says that it is up only when the very process it started says so: whoever listens on
 * the port is never asked.
 */
final class EmbeddedServer {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final String HOST = "127.0.0.1";
    private static final String MAINTENANCE_DATABASE = "postgres";
    private static final int START_ATTEMPTS = 3;
    private static final long LOG_LIMIT_BYTES = 10_000_000;

    /** Recovery after a crash reads all that was written since the last checkpoint; on a slow disk that takes minutes. */
    private static final String START_SECONDS = "600";

    private static final String STOP_SECONDS = "60";

    private final ServerDirectory directory;
    private final DirectoryLock lock;
    private final PostgreSqlPrograms programs;
    private final String password;
    private final int port;

    private EmbeddedServer(
            ServerDirectory directory, DirectoryLock lock, PostgreSqlPrograms programs, String password, int port) {
        this.directory = directory;
        this.lock = lock;
        this.programs = programs;
        this.password = password;
        this.port = port;
    }

    static EmbeddedServer start(ServerDirectory directory, DatabaseProperties properties, boolean emptied) {
        return start(directory, properties, emptied, EmbeddedServer::freePort);
    }

    static EmbeddedServer start(
            ServerDirectory directory, DatabaseProperties properties, boolean emptied, IntSupplier freePorts) {
        DirectoryLock lock = DirectoryLock.acquire(directory);
        try {
            directory.deleteUnfinished();
            PostgreSqlPrograms programs = PostgreSqlPrograms.install(directory);
            LeftoverServer.stop(directory, programs);
            if (emptied) {
                FileSystemUtils.deleteRecursively(directory.cluster());
            }
            initialise(directory, programs, properties.disposable());
            String password = directory.password();
            int port = launch(directory, programs, properties, freePorts);
            EmbeddedServer server = new EmbeddedServer(directory, lock, programs, password, port);
            server.prepare();
            return server;
        } catch (IOException e) {
            lock.release();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            lock.release();
            throw e;
        }
    }

    private static void initialise(ServerDirectory directory, PostgreSqlPrograms programs, boolean disposable)
            throws IOException {
        if (Files.exists(directory.cluster())) {
            requirePassword(directory);
            return;
        }
        directory.password();
        Path unfinished = directory.createUnfinished();
        List<String> arguments = new ArrayList<>(List.of(
                "-D",
                unfinished.toString(),
                "--username=" + DatabaseRole.ADMINISTRATOR.roleName(),
                "--pwfile=" + directory.passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--set=max_connections=100"));
        if (disposable) {
            arguments.add("--no-sync");
        }
        Outcome outcome = programs.run("initdb", arguments.toArray(String[]::new));
        if (!outcome.succeeded()) {
            throw new DatabaseUnavailableException(
                    "The embedded PostgreSQL cannot set up its data in %s:%n%s"
                            .formatted(directory.home(), outcome.output()),
                    "Where permission is denied, open the folder and those above it to the user that runs Fieldwright"
                            + " (root has no special rights here), or set fieldwright.database.directory to another"
                            + " one. Otherwise set SPRING_DATASOURCE_URL to a PostgreSQL 17 database.");
        }
        Files.move(unfinished, directory.cluster());
    }

    private static void requirePassword(ServerDirectory directory) {
        if (Files.notExists(directory.passwordFile())) {
            throw new DatabaseUnavailableException(
                    "The password of the database is missing: %s is gone.".formatted(directory.passwordFile()),
                    "Restore that file from a backup.");
        }
    }

    private static int launch(
            ServerDirectory directory,
            PostgreSqlPrograms programs,
            DatabaseProperties properties,
            IntSupplier freePorts)
            throws IOException {
        beginLog(directory.log());
        for (int attempt = 1; ; attempt++) {
            int port = properties.port() == 0 ? freePorts.getAsInt() : properties.port();
            Outcome outcome = programs.run(
                    "pg_ctl",
                    "start",
                    "-D",
                    directory.cluster().toString(),
                    "-l",
                    directory.log().toString(),
                    "-t",
                    START_SECONDS,
                    "-o",
                    serverOptions(port, properties.disposable()));
            if (outcome.succeeded()) {
                return port;
            }
            boolean taken = !isFree(port);
            if (taken && properties.port() != 0) {
                throw new DatabaseUnavailableException(
                        "Another program uses port %d, which the embedded PostgreSQL is to listen on.".formatted(port),
                        "Stop that program, or leave fieldwright.database.port unset to have a free port chosen.");
            }
            if (!taken || attempt == START_ATTEMPTS) {
                programs.run("pg_ctl", "stop", "-D", directory.cluster().toString(), "-m", "immediate");
                throw new DatabaseUnavailableException(
                        "The embedded PostgreSQL in %s does not start:%n%s"
                                .formatted(directory.home(), outcome.output()),
                        "Its last words are at the end of %s.".formatted(directory.log()));
            }
        }
    }

    /** On the command line, so that no edit of postgresql.conf can open the server or cost an acknowledged write. */
    private static String serverOptions(int port, boolean disposable) {
        String durability = disposable ? "off" : "on";
        return String.join(
                " ",
                "-c listen_addresses=" + HOST,
                "-c port=" + port,
                "-c unix_socket_directories=",
                "-c fsync=" + durability,
                "-c synchronous_commit=" + durability,
                "-c full_page_writes=" + durability);
    }

    private static void beginLog(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) > LOG_LIMIT_BYTES) {
            Files.delete(file);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(HOST, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void prepare() {
        try (Connection connection = connect(MAINTENANCE_DATABASE);
                Statement statement = connection.createStatement()) {
            requireOwnData(statement);
            prepareRole(statement, DatabaseRole.OWNER);
            prepareRole(statement, DatabaseRole.APPLICATION);
            log.info(
                    "PostgreSQL {} on {}:{}, its data, password and log in {}",
                    single(statement, "show server_version"),
                    HOST,
                    port,
                    directory.home());
        } catch (SQLException | IOException e) {
            stopServer();
            throw new DatabaseUnavailableException(
                    "The embedded PostgreSQL in %s started but cannot be used: %s"
                            .formatted(directory.home(), e.getMessage()),
                    "See the end of %s. The password in %s must be the one that the data was set up with."
                            .formatted(directory.log(), directory.passwordFile()));
        }
    }

    private void requireOwnData(Statement statement) throws SQLException, IOException {
        Path served = Path.of(single(statement, "show data_directory"));
        if (!Files.isSameFile(served, directory.cluster())) {
            throw new IOException("port %d serves %s".formatted(port, served));
        }
    }

    private void prepareRole(Statement statement, DatabaseRole role) throws SQLException {
        if (single(statement, "select 1 from pg_roles where rolname = '" + role.roleName() + "'") == null) {
            statement.execute("create role " + role.roleName() + " login");
        }
        statement.execute("alter role %s password '%s'".formatted(role.roleName(), password));
    }

    /**
     * Adds what only a superuser may: the extensions, so that the migrations' {@code create extension if not exists} finds
     * them there, and the word that comparing text with a pattern tells nothing of rows out of sight, without which the
     * search for sites cannot use its index behind row-level security.
     */
    void createDatabase(String name) {
        try {
            try (Connection connection = connect(MAINTENANCE_DATABASE);
                    Statement statement = connection.createStatement()) {
                if (single(statement, "select 1 from pg_database where datname = '" + name + "'") == null) {
                    statement.execute("create database %s owner %s".formatted(name, DatabaseRole.OWNER.roleName()));
                }
            }
            try (Connection connection = connect(name);
                    Statement statement = connection.createStatement()) {
                statement.execute("create extension if not exists cube");
                statement.execute("create extension if not exists earthdistance");
                statement.execute("alter function pg_catalog.textlike(text, text) leakproof");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create the database " + name, e);
        }
    }

    private static @Nullable String single(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    private Connection connect(String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl(database));
        source.setUser(DatabaseRole.ADMINISTRATOR.roleName());
        source.setPassword(password);
        return source.getConnection();
    }

    ServerDirectory directory() {
        return directory;
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(HOST, port, database);
    }

    String password() {
        return password;
    }

    /** Returns when all is on disk. Connections that are still open are cut off. */
    void stop() {
        stopServer();
        lock.release();
    }

    private void stopServer() {
        String cluster = directory.cluster().toString();
        Outcome outcome = programs.run("pg_ctl", "stop", "-D", cluster, "-m", "fast", "-t", STOP_SECONDS);
        if (outcome.succeeded()) {
            log.info("PostgreSQL stopped");
        } else {
            log.warn("PostgreSQL did not stop in order: {}", outcome.output());
            programs.run("pg_ctl", "stop", "-D", cluster, "-m", "immediate");
        }
    }
}
