package io.fieldwright.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Contents in a bucket of an S3-compatible storage, which keeps each when it has it all or not at all. */
class S3Store implements ContentStore, AutoCloseable {

    private final S3Client client;
    private final String bucket;

    S3Store(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    @Override
    public void put(String name, Path content) throws IOException {
        try {
            client.putObject(put -> put.bucket(bucket).key(name), RequestBody.fromFile(content));
        } catch (SdkException failed) {
            throw new IOException(failed);
        }
    }

    @Override
    public long length(String name) throws IOException {
        try {
            return client.headObject(head -> head.bucket(bucket).key(name)).contentLength();
        } catch (SdkException failed) {
            throw new IOException(failed);
        }
    }

    @Override
    public InputStream open(String name, long offset) throws IOException {
        try {
            return new Download(
                    client.getObject(get -> get.bucket(bucket).key(name).range("bytes=" + offset + "-")));
        } catch (SdkException failed) {
            throw new IOException(failed);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        try {
            client.deleteObject(delete -> delete.bucket(bucket).key(name));
        } catch (SdkException failed) {
            throw new IOException(failed);
        }
    }

    @Override
    public Stream<String> names(Instant from, Instant until) {
        String last = ContentNames.period(until);
        return client
                .listObjectsV2Paginator(list -> list.bucket(bucket).startAfter(ContentNames.period(from)))
                .contents()
                .stream()
                .map(S3Object::key)
                .takeWhile(key -> key.compareTo(last) < 0 || key.startsWith(last));
    }

    @Override
    public void close() {
        client.close();
    }

    /** Would otherwise read to its end when it is closed. */
    private static final class Download extends FilterInputStream {

        private final ResponseInputStream<GetObjectResponse> content;

        Download(ResponseInputStream<GetObjectResponse> content) {
            super(content);
            this.content = content;
        }

        @Override
        public void close() {
            content.abort();
        }
    }
}
