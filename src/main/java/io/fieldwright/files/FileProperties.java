package io.fieldwright.files;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param directory where contents are kept, unless {@code s3} is set
 * @param largest what a file may have
 * @param mostMegapixels what a picture may have, because decoding it takes memory
 * @param decodesAtOnce how many pictures are decoded at a time; each takes up to about 200 MB
 * @param s3 an S3-compatible storage for the contents
 */
@ConfigurationProperties("fieldwright.files")
record FileProperties(
        @DefaultValue("data/files") Path directory,
        @DefaultValue("25MB") DataSize largest,
        @DefaultValue("50") int mostMegapixels,
        @DefaultValue("2") int decodesAtOnce,
        @Nullable S3 s3) {

    /**
     * @param endpoint where the storage is; null for Amazon's own
     * @param pathStyle whether the bucket is named in the path, as most storages but Amazon's want it
     * @param accessKey null with {@code secretKey}: credentials are then found as Amazon's tools find them, such as by the
     *     role of the machine
     */
    record S3(
            @Nullable URI endpoint,
            @DefaultValue("us-east-1") String region,
            String bucket,
            @DefaultValue("false") boolean pathStyle,
            @Nullable String accessKey,
            @Nullable String secretKey) {

        S3 {
            if (bucket == null || bucket.isBlank()) {
                throw new IllegalArgumentException("fieldwright.files.s3.bucket must name the bucket for files");
            }
        }

        /** Without the credentials, which would end in a log. */
        @Override
        public String toString() {
            return bucket;
        }
    }
}
