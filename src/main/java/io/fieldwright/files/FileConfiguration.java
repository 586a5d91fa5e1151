package io.fieldwright.files;

import jakarta.servlet.MultipartConfigElement;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

@Configuration
class FileConfiguration {

    /** Of the other parts of an upload. */
    private static final int ROOM_FOR_FIELDS = 64 * 1024;

    /** The servlet container stops reading at the limit; until then it keeps the file on disk. */
    @Bean
    MultipartConfigElement uploads(FileProperties properties) {
        long largest = properties.largest().toBytes();
        return new MultipartConfigElement("", largest, largest + ROOM_FOR_FIELDS, 0);
    }

    @Bean
    ContentStore contents(FileProperties properties) {
        FileProperties.S3 s3 = properties.s3();
        return s3 == null ? new DiskStore(properties.directory()) : new S3Store(client(s3), s3.bucket());
    }

    private static S3Client client(FileProperties.S3 s3) {
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(s3.endpoint())
                .region(Region.of(s3.region()))
                .forcePathStyle(s3.pathStyle())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .credentialsProvider(
                        s3.accessKey() == null || s3.secretKey() == null
                                ? DefaultCredentialsProvider.builder().build()
                                : StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(s3.accessKey(), s3.secretKey())))
                .build();
    }
}
