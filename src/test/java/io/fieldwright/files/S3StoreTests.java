package io.fieldwright.files;

import static org.awaitility.Awaitility.await;

import io.fieldwright.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** On an S3-compatible server in a JVM of its own. */
class S3StoreTests extends ContentStoreTest {

    @TempDir
    static Path home;

    static Process server;
    static ContentStore store;

    @BeforeAll
    static void startServer() throws IOException {
        int port = FreePort.choose();
        String program = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).getFileName().toString().startsWith("s3mock-"))
                .findFirst()
                .orElseThrow();
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-jar",
                        program,
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--com.adobe.testing.s3mock.http-port=" + port,
                        "--http.port=" + port,
                        "--com.adobe.testing.s3mock.store.initial-buckets=evidence",
                        "--com.adobe.testing.s3mock.store.root=" + home)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("server.log").toFile())
                .start();
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        await().until(() -> answers(endpoint));
        store = new FileConfiguration()
                .contents(new FileProperties(
                        home,
                        DataSize.ofMegabytes(25),
                        50,
                        2,
                        new FileProperties.S3(endpoint, "ap-south-1", "evidence", true, "key", "secret")));
    }

    private static boolean answers(URI endpoint) {
        try {
            HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @AfterAll
    static void stopServer() throws Exception {
        ((AutoCloseable) store).close();
        server.destroy();
        server.waitFor();
    }

    @Override
    ContentStore store() {
        return store;
    }
}
