package io.fieldwright.demo;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.springframework.core.io.ClassPathResource;

/** A packaged CSV file with a header row. */
final class DemoFile {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    private DemoFile() {}

    static List<CSVRecord> rows(String name) {
        try (InputStreamReader file =
                new InputStreamReader(new ClassPathResource("demo/" + name).getInputStream(), StandardCharsets.UTF_8)) {
            return FORMAT.parse(file).getRecords();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
