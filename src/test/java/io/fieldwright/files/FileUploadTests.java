package io.fieldwright.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.TableOwner;
import io.fieldwright.files.Camera.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;

/** Uploads in pieces, over networks that break off. */
@FieldwrightTest
class FileUploadTests {

    @Autowired
    TestRestTemplate http;

    @Autowired
    Crew crew;

    @Autowired
    TableOwner tables;

    @Autowired
    FileCleanUp cleanUp;

    Camera asha;

    private final String id = UUID.randomUUID().toString();
    private final byte[] photo = Images.jpeg(Images.scene(2400, 1800, 42));

    @BeforeEach
    void assemble() {
        crew.assemble();
        asha = crew.hire(http, crew.vendor(), "asha", "field-engineer");
    }

    private String announcement() {
        return announcement(id, photo.length, Camera.sha256(photo));
    }

    private static String announcement(String id, long size, String sha256) {
        return "{\"id\": \"%s\", \"kind\": \"PHOTO\", \"name\": \"tower.jpg\", \"size\": %d, \"sha256\": \"%s\"}"
                .formatted(id, size, sha256);
    }

    private byte[] piece(int from, int to) {
        return Arrays.copyOfRange(photo, from, Math.min(to, photo.length));
    }

    private String offset() {
        return asha.head("/api/v1/file-uploads/" + id).header("Upload-Offset");
    }

    private long pieces() {
        return tables.sql("select count(*) from file_upload_piece where started_by = :person")
                .param("person", asha.username())
                .query(Long.class)
                .single();
    }

    @Test
    void piecesBecomeTheFile() {
        Answer started = asha.announce(announcement());
        assertThat(started.status()).as(started.text()).isEqualTo(201);
        assertThat(started.header("Location")).isEqualTo("/api/v1/file-uploads/" + id);
        assertThat(started.header("Upload-Offset")).isEqualTo("0");
        assertThat(started.json().get("complete").asBoolean()).isFalse();

        for (int start = 0; start < photo.length; start += 50_000) {
            Answer appended = asha.append(id, start, piece(start, start + 50_000));
            assertThat(appended.status()).as(appended.text()).isEqualTo(204);
            assertThat(appended.header("Upload-Offset"))
                    .isEqualTo(String.valueOf(Math.min(start + 50_000, photo.length)));
        }

        Answer finished = asha.get("/api/v1/file-uploads/" + id);
        assertThat(finished.json().get("complete").asBoolean()).isTrue();
        assertThat(finished.header("Upload-Length")).isEqualTo(String.valueOf(photo.length));
        assertThat(asha.get("/api/v1/files/" + id).json().get("name").asText()).isEqualTo("tower.jpg");
        assertThat(asha.get("/api/v1/files/" + id + "/content").bytes()).isEqualTo(photo);
        assertThat(pieces()).isZero();
    }

    @Test
    void piecesSentAgainDoNoHarm() {
        asha.announce(announcement());
        asha.append(id, 0, piece(0, 60_000));
        assertThat(asha.append(id, 0, piece(0, 60_000)).header("Upload-Offset")).isEqualTo("60000");
        assertThat(asha.append(id, 30_000, piece(30_000, 90_000)).header("Upload-Offset"))
                .isEqualTo("90000");
        assertThat(asha.append(id, 10, piece(10, 20)).header("Upload-Offset")).isEqualTo("90000");
        byte[] rest = piece(90_000, photo.length);
        assertThat(asha.append(id, 90_000, rest).status()).isEqualTo(204);
        Answer again = asha.append(id, 90_000, rest);
        assertThat(again.status()).isEqualTo(204);
        assertThat(again.header("Upload-Offset")).isEqualTo(String.valueOf(photo.length));
        assertThat(asha.get("/api/v1/files/" + id + "/content").bytes()).isEqualTo(photo);
    }

    @Test
    void announcementSentAgainTellsHowFarItIs() {
        asha.announce(announcement());
        asha.append(id, 0, piece(0, 60_000));
        assertThat(asha.announce(announcement()).header("Upload-Offset")).isEqualTo("60000");
        asha.append(id, 60_000, piece(60_000, photo.length));
        Answer after = asha.announce(announcement());
        assertThat(after.status()).isEqualTo(201);
        assertThat(after.json().get("complete").asBoolean()).isTrue();
    }

    @Test
    void gapIsRefused() {
        asha.announce(announcement());
        asha.append(id, 0, piece(0, 60_000));
        Answer refused = asha.append(id, 60_001, piece(60_001, 70_000));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("Upload-Offset");
        assertThat(offset()).isEqualTo("60000");
    }

    @Test
    void moreThanWasAnnouncedIsRefused() {
        asha.announce(announcement());
        byte[] longer = Arrays.copyOf(photo, photo.length + 1);
        assertThat(asha.append(id, 0, longer).status()).isEqualTo(400);
        assertThat(asha.get("/api/v1/files/" + id).status()).isEqualTo(404);
    }

    @Test
    void otherContentThanWasAnnouncedIsRefusedAndForgotten() {
        asha.announce(announcement());
        byte[] other = photo.clone();
        other[1000] ^= 1;
        Answer refused = asha.append(id, 0, other);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("sha256");
        assertThat(asha.get("/api/v1/file-uploads/" + id).status()).isEqualTo(404);
        assertThat(asha.announce(announcement()).header("Upload-Offset")).isEqualTo("0");
    }

    @Test
    void whatArrivedBeforeTheNetworkBrokeOffIsKept() throws IOException {
        asha.announce(announcement());
        try (Socket socket = new Socket("localhost", asha.home().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PATCH /api/v1/file-uploads/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n"
                            + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nContent-Length: %d\r\n\r\n")
                    .formatted(id, asha.authorization(), photo.length)
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(photo, 0, photo.length - 10);
            out.flush();
            await().until(() -> pieces() == (photo.length - 10) / FileUploads.PIECE);
        }
        int received = Integer.parseInt(offset());
        assertThat(received).isPositive().isLessThan(photo.length);
        assertThat(asha.append(id, received, piece(received, photo.length)).status())
                .isEqualTo(204);
        assertThat(asha.get("/api/v1/files/" + id + "/content").bytes()).isEqualTo(photo);
    }

    @Test
    void piecesSentTwiceAtOnceAreKeptOnce() {
        asha.announce(announcement());
        List<Integer> answers = IntStream.range(0, 6)
                .parallel()
                .mapToObj(attempt -> asha.append(id, 0, photo).status())
                .toList();
        assertThat(answers).contains(204).allMatch(status -> status == 204 || status == 409);
        assertThat(asha.get("/api/v1/files/" + id + "/content").bytes()).isEqualTo(photo);
    }

    @Test
    void uploadIsItsPersonsOwn() {
        asha.announce(announcement());
        Camera ravi = crew.hire(http, crew.vendor(), "ravi", "field-engineer");
        assertThat(ravi.get("/api/v1/file-uploads/" + id).status()).isEqualTo(404);
        assertThat(ravi.append(id, 0, piece(0, 10)).status()).isEqualTo(404);
        assertThat(ravi.announce(announcement()).header("Upload-Offset")).isEqualTo("0");
    }

    @Test
    void announcementsAreChecked() {
        String sha256 = Camera.sha256(photo);
        assertThat(asha.announce(announcement(id, 26L << 20, sha256)).status()).isEqualTo(413);
        assertThat(asha.announce(announcement(id, 0, sha256)).status()).isEqualTo(400);
        assertThat(asha.announce(announcement(id, 1, "abc")).status()).isEqualTo(400);
        assertThat(asha.announce(announcement("1", 1, sha256)).status()).isEqualTo(400);
        assertThat(asha.announce(announcement(id, 1, sha256)).status()).isEqualTo(201);
        assertThat(asha.announce(announcement(id, 2, sha256)).status()).isEqualTo(409);
    }

    @Test
    void announcementIsSafeToRepeatByItsKey() {
        String body = announcement().replace("\"id\": \"" + id + "\", ", "");
        Answer first = asha.announce(body, "Idempotency-Key", id);
        Answer again = asha.announce(body, "Idempotency-Key", id);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
    }

    @Test
    void uploadThatHasExpiredIsBegunAnew() throws IOException {
        asha.announce(announcement());
        asha.append(id, 0, piece(0, 70_000));
        letExpire();

        Answer begun = asha.announce(announcement());

        assertThat(begun.status()).isEqualTo(201);
        assertThat(offset()).isEqualTo("0");
        assertThat(pieces()).isZero();
        assertThat(asha.append(id, 0, photo).status()).isEqualTo(204);
        assertThat(asha.get("/api/v1/files/" + id).status()).isEqualTo(200);
    }

    private void letExpire() {
        tables.sql("update file_upload set expires_at = now() - interval '1 second' where started_by = :person")
                .param("person", asha.username())
                .update();
    }

    @Test
    void uploadThatNobodyWentOnWithIsRemoved() throws IOException {
        asha.announce(announcement());
        asha.append(id, 0, piece(0, 60_000));
        letExpire();
        assertThat(asha.get("/api/v1/file-uploads/" + id).status()).isEqualTo(404);
        cleanUp.cleanUp();
        assertThat(pieces()).isZero();
    }
}
