package io.fieldwright.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class EmbeddedDatabaseTests {

    @TempDir
    private static Path directory;

    @Test
    void isDurablePrivateAndOpenToThisMachineOnly() throws IOException {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(durable("fieldwright"))) {
            JdbcTemplate owner = connect(database, database.getPassword());

            assertThat(Stream.of("fsync", "synchronous_commit", "full_page_writes")
                            .map(setting -> setting(owner, setting)))
                    .containsOnly("on");
            assertThat(setting(owner, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(setting(owner, "max_connections")).isEqualTo("100");
            assertThat(setting(owner, "server_version")).startsWith("17.");
            assertThat(setting(owner, "server_encoding")).isEqualTo("UTF8");
            assertThat(owner.queryForObject("select rolsuper from pg_roles where rolname = user", Boolean.class))
                    .isFalse();
            assertThatThrownBy(() -> connect(database, "guessed").execute("select 1"))
                    .rootCause()
                    .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                            .isEqualTo("28P01"));

            ServerDirectory files = ServerDirectory.of(durable("fieldwright"));
            assertThat(permissions(files.home())).isEqualTo("rwx------");
            assertThat(permissions(files.passwordFile())).isEqualTo("rw-------");
            assertThat(Files.readString(files.cluster().resolve("pg_hba.conf")).lines())
                    .filteredOn(line -> !line.isBlank() && !line.startsWith("#"))
                    .allMatch(line -> line.endsWith("scram-sha-256"));
        }
    }

    @Test
    void ownerFindsTheExtensionsForDistances() {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(durable("fieldwright"))) {
            JdbcTemplate owner = connect(database, database.getPassword());

            owner.execute("create extension if not exists cube");
            owner.execute("create extension if not exists earthdistance");

            assertThat(owner.queryForObject(
                            "select earth_distance(ll_to_earth(0, 0), ll_to_earth(0, 1))", Double.class))
                    .isBetween(111_000.0, 112_000.0);
        }
    }

    @Test
    void databasesOfOtherNamesShareTheServerAndNotTheTables() {
        try (EmbeddedDatabase one = EmbeddedDatabase.open(durable("one"));
                EmbeddedDatabase same = EmbeddedDatabase.open(durable("one"));
                EmbeddedDatabase other = EmbeddedDatabase.open(durable("other"))) {
            connect(one, one.getPassword()).execute("create table shelf (id int)");

            assertThat(same.getJdbcUrl()).isEqualTo(one.getJdbcUrl());
            connect(same, same.getPassword()).execute("select * from shelf");
            assertThatThrownBy(() -> connect(other, other.getPassword()).execute("select * from shelf"))
                    .isInstanceOf(BadSqlGrammarException.class);
            assertThat(setting(connect(other, other.getPassword()), "port"))
                    .isEqualTo(setting(connect(one, one.getPassword()), "port"));
        }
    }

    @Test
    void serverStopsWithTheLastOfItsDatabases() {
        EmbeddedDatabase one = EmbeddedDatabase.open(durable("one"));
        EmbeddedDatabase other = EmbeddedDatabase.open(durable("other"));
        JdbcTemplate connection = connect(other, other.getPassword());

        one.close();
        connection.execute("select 1");
        other.close();

        assertThatThrownBy(() -> connection.execute("select 1")).isInstanceOf(DataAccessException.class);
    }

    @Test
    void disposableServerIsEmptiedOncePerJvmAndLeavesTheDurableOneAlone(@TempDir Path directory) {
        DatabaseProperties disposable = new DatabaseProperties(directory, "fieldwright", 0, true);
        DatabaseProperties durable = new DatabaseProperties(directory, "fieldwright", 0, false);
        createTable(durable);
        EmbeddedServer earlierRun = EmbeddedServer.start(ServerDirectory.of(disposable), disposable, false);
        earlierRun.createDatabase("of_an_earlier_run");
        earlierRun.stop();

        createTable(disposable);

        try (EmbeddedDatabase database = EmbeddedDatabase.open(disposable)) {
            JdbcTemplate owner = connect(database, database.getPassword());
            owner.execute("select * from shelf");
            assertThat(owner.queryForList("select datname from pg_database", String.class))
                    .doesNotContain("of_an_earlier_run");
            assertThat(setting(owner, "fsync")).isEqualTo("off");
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.open(durable)) {
            connect(database, database.getPassword()).execute("select * from shelf");
        }
    }

    @Test
    void nameThatNeedsQuotesIsRefused() {
        assertThatThrownBy(() -> durable("x\"; drop database fieldwright"))
                .isInstanceOf(DatabaseUnavailableException.class);
    }

    private static void createTable(DatabaseProperties properties) {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(properties)) {
            connect(database, database.getPassword()).execute("create table shelf (id int)");
        }
    }

    private static DatabaseProperties durable(String name) {
        return new DatabaseProperties(directory, name, 0, false);
    }

    private static JdbcTemplate connect(EmbeddedDatabase database, String password) {
        return new JdbcTemplate(new DriverManagerDataSource(
                database.getJdbcUrl(), database.ownerDetails().getUsername(), password));
    }

    private static String setting(JdbcTemplate connection, String name) {
        return connection.queryForObject("select current_setting(?)", String.class, name);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
