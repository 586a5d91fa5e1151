package io.fieldwright.sites.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvLexerTests {

    @Test
    void rowsAndCellsAreSplitAsRfc4180Says() throws IOException {
        assertThat(texts("a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\n\"two\r\nlines\",\n\nlast"))
                .containsExactly(
                        List.of("a", "b"),
                        List.of("x, y", "say \"hi\""),
                        List.of("two\r\nlines", ""),
                        List.of(""),
                        List.of("last"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstCell() throws IOException {
        assertThat(texts("\uFEFFcode\n")).containsExactly(List.of("code"));
    }

    @Test
    void anotherEncodingSpoilsOnlyItsCellAndIsFoundByItsByte() throws IOException {
        byte[] latin1 = "a,b\nx,Pun\u00E9\ny,z".getBytes(StandardCharsets.ISO_8859_1);

        List<List<Cell>> rows = rows(new ByteArrayInputStream(latin1));

        assertThat(rows.get(1).get(0)).isEqualTo(Cell.of("x"));
        assertThat(rows.get(1).get(1).fault()).isEqualTo("is not UTF-8 at byte 9 of the file");
        assertThat(latin1[9]).isEqualTo((byte) 0xE9);
        assertThat(rows.get(2)).containsExactly(Cell.of("y"), Cell.of("z"));
    }

    @Test
    void utf16IsNamed() {
        assertThatThrownBy(() -> texts(new String("code".getBytes(StandardCharsets.UTF_16), StandardCharsets.ISO_8859_1)
                        .getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessageContaining("UTF-16");
    }

    @Test
    void aCellWithoutMeasureIsNeitherKeptNorSpoilsWhatFollows() throws IOException {
        long length = 300L * 1024 * 1024;
        InputStream input = new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream("a,\"".getBytes()),
                new Repeated(length),
                new ByteArrayInputStream("\",c\nnext,row,".getBytes()))));

        List<List<Cell>> rows = rows(input);

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get(1).fault()).startsWith("is too long: " + length + " bytes");
        assertThat(rows.get(0).get(2)).isEqualTo(Cell.of("c"));
        assertThat(rows.get(1)).containsExactly(Cell.of("next"), Cell.of("row"), Cell.of(""));
    }

    @Test
    void moreCellsThanARowMayHaveAreCountedNoFurther() throws IOException {
        List<List<Cell>> rows = rows(new ByteArrayInputStream((",".repeat(1_000_000) + "\nx").getBytes()));

        assertThat(rows.get(0)).hasSize(CsvLexer.MOST_CELLS + 1);
        assertThat(rows.get(1)).containsExactly(Cell.of("x"));
    }

    @Test
    void quotesThatDoNotFitAreNamed() throws IOException {
        assertThat(rows(stream("\"a\"b,c\n")).get(0).get(0).fault()).contains("continues after its closing quote");
        assertThat(rows(stream("a\nb,\"c,d\ne,f")).get(1).get(1).fault()).contains("never closed");
    }

    @Test
    void cellsAreTheSameWhereverTheBufferEnds() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int row = 0; row < 20_000; row++) {
            file.writeBytes(
                    ("code-" + row + ",\"Pün\u20AC \"\"" + row + "\"\"\"\r\n").getBytes(StandardCharsets.UTF_8));
        }

        List<List<Cell>> rows = rows(new ByteArrayInputStream(file.toByteArray()));

        assertThat(rows).hasSize(20_000);
        for (int row = 0; row < 20_000; row++) {
            assertThat(rows.get(row)).containsExactly(Cell.of("code-" + row), Cell.of("Pün\u20AC \"" + row + "\""));
        }
    }

    private static List<List<String>> texts(String text) throws IOException {
        return texts(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<List<String>> texts(byte[] bytes) throws IOException {
        return rows(new ByteArrayInputStream(bytes)).stream()
                .map(row -> row.stream().map(Cell::text).toList())
                .toList();
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<List<Cell>> rows(InputStream input) throws IOException {
        CsvLexer lexer = new CsvLexer(input);
        List<List<Cell>> rows = new ArrayList<>();
        for (List<Cell> row = lexer.row(); row != null; row = lexer.row()) {
            rows.add(row);
        }
        return rows;
    }

    /** So many bytes, and none of them in memory. */
    private static class Repeated extends InputStream {

        private long left;

        Repeated(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int read = (int) Math.min(left, length);
            Arrays.fill(target, offset, offset + read, (byte) 'x');
            left -= read;
            return read;
        }
    }
}
