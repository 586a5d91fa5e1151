package io.fieldwright.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DatabaseAutoConfigurationTests {

    private static final Pattern ARCHIVE = Pattern.compile("postgres-.*\\.txz");

    @TempDir
    private Path directory;

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DatabaseAutoConfiguration.class, DataSourceAutoConfiguration.class));

    @Test
    void givenUrlIsUsedInsteadOfAnEmbeddedServer() {
        application
                .withPropertyValues(
                        "spring.datasource.url=jdbc:postgresql://database.example/fieldwright",
                        "fieldwright.database.directory=" + directory)
                .run(context -> {
                    assertThat(context).doesNotHaveBean(EmbeddedDatabase.class);
                    assertThat(context.getBean(JdbcConnectionDetails.class).getJdbcUrl())
                            .isEqualTo("jdbc:postgresql://database.example/fieldwright");
                    assertThat(directory).isEmptyDirectory();
                });
    }

    @Test
    void productionWithoutUrlRefusesToStartAndSaysWhatToSet() {
        application
                .withClassLoader(withoutPostgreSql())
                .withPropertyValues("spring.datasource.url=", "fieldwright.database.directory=" + directory)
                .run(context -> {
                    FailureAnalysis analysis =
                            new DatabaseUnavailableFailureAnalyzer().analyze(context.getStartupFailure());

                    assertThat(analysis.getDescription()).contains("No database is configured");
                    assertThat(analysis.getAction())
                            .contains(
                                    "SPRING_DATASOURCE_URL",
                                    "SPRING_DATASOURCE_USERNAME",
                                    "SPRING_DATASOURCE_PASSWORD");
                    assertThat(directory).isEmptyDirectory();
                });
    }

    private static FilteredClassLoader withoutPostgreSql() {
        return new FilteredClassLoader(
                name -> false, name -> ARCHIVE.matcher(name).matches());
    }
}
