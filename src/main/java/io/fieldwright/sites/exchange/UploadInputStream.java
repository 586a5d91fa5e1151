package io.fieldwright.sites.exchange;

import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A stored upload, one piece in memory at a time. */
class UploadInputStream extends InputStream {

    private final ImportRecords records;
    private final UUID importId;
    private byte @Nullable [] chunk = new byte[0];
    private int sequence;
    private int next;

    UploadInputStream(ImportRecords records, UUID importId) {
        this.records = records;
        this.importId = importId;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (chunk != null && next == chunk.length) {
            chunk = records.chunk(importId, sequence++);
            next = 0;
        }
        if (chunk == null) {
            return -1;
        }
        int read = Math.min(length, chunk.length - next);
        System.arraycopy(chunk, next, target, offset, read);
        next += read;
        return read;
    }
}
