package io.fieldwright.sites.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits RFC 4180 text into rows and cells. It works on bytes, which UTF-8 allows, so that a cell in another encoding
 * spoils only itself and its byte is known; and it keeps at most {@value #LONGEST_CELL} bytes of a cell and
 * {@value #LONGEST_ROW} of a row, whatever is sent, so that a cell without end spoils only itself as well.
 */
class CsvLexer {

    static final int LONGEST_CELL = 65_536;
    static final int LONGEST_ROW = 524_288;
    static final int MOST_CELLS = 100;

    private static final int END = -1;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream input;
    private final byte[] buffer = new byte[65_536];
    private int available;
    private int next;
    private long bytesBefore;

    private byte[] cell = new byte[256];
    private int kept;
    private long length;
    private long cellStart;
    private int rowKept;
    private @Nullable String fault;

    CsvLexer(InputStream input) throws IOException {
        this.input = input;
        skipByteOrderMark();
    }

    private void skipByteOrderMark() throws IOException {
        available = input.readNBytes(buffer, 0, buffer.length);
        if (available >= 2
                && (buffer[0] & 0xFF) + (buffer[1] & 0xFF) == 0xFE + 0xFF
                && buffer[0] < 0
                && buffer[1] < 0) {
            throw new UnreadableUploadException("the file is UTF-16; save it as UTF-8");
        }
        if (available >= 3 && Arrays.equals(buffer, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
            next = 3;
        }
    }

    /** The cells of the next row, a single empty one for a blank line, or null at the end. */
    @Nullable
    List<Cell> row() throws IOException {
        if (peek() == END) {
            return null;
        }
        List<Cell> cells = new ArrayList<>();
        rowKept = 0;
        int ending;
        do {
            ending = readCell();
            if (cells.size() <= MOST_CELLS) {
                cells.add(finished());
            }
        } while (ending == ',');
        return cells;
    }

    /** Reads one cell and answers what ended it: a comma, a line feed or the end. */
    private int readCell() throws IOException {
        kept = 0;
        length = 0;
        fault = null;
        cellStart = bytesBefore + next;
        if (peek() == '"') {
            read();
            cellStart++;
            if (!readQuoted()) {
                fault = "opens a quote that is never closed; all that follows was read as this cell";
                return END;
            }
            if (!endsCell(peek())) {
                fault = "continues after its closing quote";
            }
        }
        while (true) {
            int read = read();
            if (read == '\r' && (peek() == '\n' || peek() == END)) {
                continue;
            }
            if (read == ',' || read == '\n' || read == END) {
                return read;
            }
            keep(read);
        }
    }

    private boolean readQuoted() throws IOException {
        while (true) {
            int read = read();
            if (read == END) {
                return false;
            }
            if (read == '"') {
                if (peek() != '"') {
                    return true;
                }
                read();
            }
            keep(read);
        }
    }

    private static boolean endsCell(int read) {
        return read == ',' || read == '\n' || read == '\r' || read == END;
    }

    private void keep(int read) {
        length++;
        if (kept == LONGEST_CELL || rowKept == LONGEST_ROW) {
            return;
        }
        if (kept == cell.length) {
            cell = Arrays.copyOf(cell, 2 * cell.length);
        }
        cell[kept++] = (byte) read;
        rowKept++;
    }

    private Cell finished() {
        if (fault != null) {
            return Cell.unreadable(fault);
        }
        if (length > kept) {
            return Cell.unreadable(
                    "is too long: " + length + " bytes, a cell may have " + LONGEST_CELL + " and a row " + LONGEST_ROW);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(cell, 0, kept);
        CharBuffer text = CharBuffer.allocate(kept);
        CoderResult result = decoder.decode(bytes, text, true);
        if (result.isError()) {
            return Cell.unreadable("is not UTF-8 at byte " + (cellStart + bytes.position()) + " of the file");
        }
        return Cell.of(text.flip().toString());
    }

    private int peek() throws IOException {
        return next < available || fill() ? buffer[next] & 0xFF : END;
    }

    private int read() throws IOException {
        return next < available || fill() ? buffer[next++] & 0xFF : END;
    }

    private boolean fill() throws IOException {
        bytesBefore += available;
        next = 0;
        available = Math.max(0, input.read(buffer));
        return available > 0;
    }
}
