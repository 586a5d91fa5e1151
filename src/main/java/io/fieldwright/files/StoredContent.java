package io.fieldwright.files;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.AbstractResource;

/** A content as it is in the storage, from where only what is asked for is read. */
class StoredContent extends AbstractResource {

    private final ContentStore contents;
    private final String name;
    private final long length;

    StoredContent(ContentStore contents, String name, long length) {
        this.contents = contents;
        this.name = name;
        this.length = length;
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public InputStream getInputStream() {
        return new Reading();
    }

    @Override
    public String getDescription() {
        return "content " + name;
    }

    /** Opens the storage where reading begins: what is skipped before is not fetched. */
    private final class Reading extends InputStream {

        private long start;
        private @Nullable InputStream content;

        private InputStream content() throws IOException {
            if (content == null) {
                content = contents.open(name, start);
            }
            return content;
        }

        @Override
        public long skip(long count) throws IOException {
            if (content != null) {
                return content.skip(count);
            }
            long skipped = Math.max(0, Math.min(count, length - start));
            start += skipped;
            return skipped;
        }

        @Override
        public int read() throws IOException {
            return content().read();
        }

        @Override
        public int read(byte[] buffer, int offset, int count) throws IOException {
            return content().read(buffer, offset, count);
        }

        @Override
        public void close() throws IOException {
            if (content != null) {
                content.close();
            }
        }
    }
}
