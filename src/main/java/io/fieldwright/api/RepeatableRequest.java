package io.fieldwright.api;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/**
 * A request whose body was read once for its digest and can be read again by its controller. Up to 1 MB stays in memory;
 * a larger body rests in a temporary file, and the parts of an upload where the servlet container put them.
 */
final class RepeatableRequest implements AutoCloseable {

    private static final int IN_MEMORY = 1 << 20;

    private final HttpServletRequest request;
    private final byte[] digest;
    private final @Nullable Path file;

    private RepeatableRequest(HttpServletRequest request, byte[] digest, @Nullable Path file) {
        this.request = request;
        this.digest = digest;
        this.file = file;
    }

    static RepeatableRequest of(HttpServletRequest request) throws IOException {
        MessageDigest digest = sha256();
        String contentType = request.getContentType();
        if (contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            for (Part part : partsOf(request)) {
                String head = part.getName() + '\n' + part.getSubmittedFileName() + '\n' + part.getSize() + '\n';
                digest.update(head.getBytes(StandardCharsets.UTF_8));
                try (InputStream content = new DigestInputStream(part.getInputStream(), digest)) {
                    content.transferTo(OutputStream.nullOutputStream());
                }
            }
            return new RepeatableRequest(request, digest.digest(), null);
        }
        InputStream body = new DigestInputStream(request.getInputStream(), digest);
        byte[] start = body.readNBytes(IN_MEMORY);
        Path file = null;
        if (start.length == IN_MEMORY) {
            file = Files.createTempFile("request", null);
            try (OutputStream rest = Files.newOutputStream(file)) {
                body.transferTo(rest);
            }
        }
        return new RepeatableRequest(new Reread(request, start, file), digest.digest(), file);
    }

    private static Collection<Part> partsOf(HttpServletRequest request) {
        try {
            return request.getParts();
        } catch (IllegalStateException tooLarge) {
            throw new MaxUploadSizeExceededException(-1, tooLarge);
        } catch (IOException | ServletException unreadable) {
            throw new MultipartException("The parts cannot be read", unreadable);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    HttpServletRequest request() {
        return request;
    }

    byte[] digest() {
        return digest;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            Files.delete(file);
        }
    }

    private static final class Reread extends HttpServletRequestWrapper {

        private final byte[] start;
        private final @Nullable Path rest;

        Reread(HttpServletRequest request, byte[] start, @Nullable Path rest) {
            super(request);
            this.start = start;
            this.rest = rest;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            InputStream body = new ByteArrayInputStream(start);
            return new Body(rest == null ? body : new SequenceInputStream(body, Files.newInputStream(rest)));
        }

        @Override
        public BufferedReader getReader() throws IOException {
            String encoding = getCharacterEncoding();
            Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
            return new BufferedReader(new InputStreamReader(getInputStream(), charset));
        }
    }

    private static final class Body extends ServletInputStream {

        private final InputStream body;
        private boolean finished;

        Body(InputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int next = body.read();
            finished = next < 0;
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = body.read(buffer, offset, length);
            finished = count < 0;
            return count;
        }

        @Override
        public boolean isFinished() {
            return finished;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is read where it is needed");
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
