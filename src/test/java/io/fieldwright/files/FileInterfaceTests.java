package io.fieldwright.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.TableOwner;
import io.fieldwright.files.Camera.Answer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;

@FieldwrightTest
class FileInterfaceTests {

    @Autowired
    TestRestTemplate http;

    @Autowired
    Crew crew;

    @Autowired
    TableOwner tables;

    @Autowired
    AdmittedReaders readers;

    Camera asha;
    Camera ravi;

    @BeforeEach
    void assemble() {
        crew.assemble();
        asha = crew.hire(http, crew.vendor(), "asha", "field-engineer");
        ravi = crew.hire(http, crew.vendor(), "ravi", "field-engineer");
    }

    private static byte[] photo(long seed) {
        return Images.jpeg(Images.scene(800, 600, seed));
    }

    private long files() {
        return tables.sql("select count(*) from stored_file where uploaded_by = :person")
                .param("person", asha.username())
                .query(Long.class)
                .single();
    }

    @Test
    void uploadedPhotoIsKeptByteForByteAndShownUprightWithoutItsMetadata() throws IOException {
        byte[] original = Images.withExif(photo(1), Images.tiff(6));
        Answer created = asha.upload("north face.jpg", original);

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        JsonNode file = created.json();
        String path = "/api/v1/files/" + file.get("id").asText();
        assertThat(created.header("Location")).isEqualTo(path);
        assertThat(file.get("name").asText()).isEqualTo("north face.jpg");
        assertThat(file.get("mediaType").asText()).isEqualTo("image/jpeg");
        assertThat(file.get("size").asInt()).isEqualTo(original.length);
        assertThat(file.get("sha256").asText()).isEqualTo(Camera.sha256(original));
        assertThat(file.get("tenant").asText()).isEqualTo(crew.vendor());
        assertThat(file.at("/photo/width").asInt()).isEqualTo(800);
        assertThat(file.at("/photo/orientation").asInt()).isEqualTo(6);
        assertThat(file.at("/photo/deviceModel").asText()).isEqualTo("FP5");
        assertThat(file.at("/photo/takenAt").asText()).isEqualTo("2026-11-21T14:05:06");
        assertThat(file.at("/photo/takenAtOffset").asText()).isEqualTo("+05:30");
        assertThat(asha.get(path).json()).isEqualTo(file);

        assertThat(asha.get(path + "/content").bytes()).isEqualTo(original);
        Answer picture = asha.get(path + "/picture");
        assertThat(size(picture)).containsExactly(600, 800);
        assertThat(new String(picture.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("Exif", "Fairphone");
        assertThat(size(asha.get(path + "/thumbnail"))).containsExactly(240, 320);
    }

    private static int[] size(Answer picture) throws IOException {
        assertThat(picture.header("Content-Type")).isEqualTo("image/jpeg");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.bytes()));
        return new int[] {image.getWidth(), image.getHeight()};
    }

    @Test
    void largePhotoIsServedSmaller() throws IOException {
        Answer created = asha.upload("large.jpg", Images.jpeg(Images.scene(5000, 3000, 2)));
        String path = created.header("Location");
        assertThat(created.json().at("/photo/width").asInt()).isEqualTo(5000);
        assertThat(size(asha.get(path + "/picture"))).containsExactly(2048, 1229);
        assertThat(size(asha.get(path + "/thumbnail"))).containsExactly(320, 192);
    }

    @Test
    void transparentSignatureIsShownOnWhite() throws IOException {
        BufferedImage signature = new BufferedImage(300, 100, BufferedImage.TYPE_INT_ARGB);
        signature.setRGB(10, 10, 0xFF000000);
        Answer created = asha.upload("signature.png", Images.png(signature), Map.of("kind", "SIGNATURE"));
        Answer picture = asha.get(created.header("Location") + "/picture");
        assertThat(ImageIO.read(new ByteArrayInputStream(picture.bytes())).getRGB(200, 50))
                .isEqualTo(0xFFFFFFFF);
    }

    @Test
    void documentHasNoPicture() {
        byte[] document = "%PDF-1.7\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
        Answer created = asha.upload("report.pdf", document, Map.of("kind", "DOCUMENT"));
        String path = created.header("Location");
        assertThat(created.json().get("photo").isNull()).isTrue();
        Answer content = asha.get(path + "/content");
        assertThat(content.header("Content-Type")).isEqualTo("application/pdf");
        assertThat(content.bytes()).isEqualTo(document);
        assertThat(asha.get(path + "/picture").status()).isEqualTo(404);
    }

    @Test
    void repeatedUploadIsTheSameFile() {
        String id = UUID.randomUUID().toString();
        Map<String, String> fields = Map.of("kind", "PHOTO", "id", id);
        Answer first = asha.upload("a.jpg", photo(3), fields);
        Answer again = asha.upload("renamed.jpg", photo(3), fields);
        assertThat(first.json().get("id").asText()).isEqualTo(id);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.bytes()).isEqualTo(first.bytes());
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void idOfAnotherFileIsRefused() {
        String id = UUID.randomUUID().toString();
        asha.upload("a.jpg", photo(3), Map.of("kind", "PHOTO", "id", id));
        Answer otherContent = asha.upload("a.jpg", photo(4), Map.of("kind", "PHOTO", "id", id));
        Answer otherPerson = ravi.upload("a.jpg", photo(3), Map.of("kind", "PHOTO", "id", id));
        assertThat(otherContent.status()).isEqualTo(409);
        assertThat(otherContent.json().at("/errors/0/field").asText()).isEqualTo("id");
        assertThat(otherPerson.status()).isEqualTo(409);
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void idIsFreeInEveryOtherTenant() {
        String id = UUID.randomUUID().toString();
        Camera stranger = crew.hire(http, crew.circle(), "stranger", "field-engineer");
        assertThat(asha.upload("a.jpg", photo(3), Map.of("kind", "PHOTO", "id", id))
                        .status())
                .isEqualTo(201);
        assertThat(stranger.upload("b.jpg", photo(4), Map.of("kind", "PHOTO", "id", id))
                        .status())
                .isEqualTo(201);
        assertThat(asha.get("/api/v1/files/" + id).json().get("name").asText()).isEqualTo("a.jpg");
        assertThat(stranger.get("/api/v1/files/" + id).json().get("name").asText())
                .isEqualTo("b.jpg");
    }

    @Test
    void repetitionsAtTheSameMomentAreOneFile() {
        Map<String, String> fields =
                Map.of("kind", "PHOTO", "id", UUID.randomUUID().toString());
        List<Answer> answers = IntStream.range(0, 6)
                .parallel()
                .mapToObj(attempt -> asha.upload("a.jpg", photo(5), fields))
                .toList();
        assertThat(answers).allMatch(answer -> answer.status() == 201);
        assertThat(answers.stream().map(Answer::text).distinct()).hasSize(1);
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void idempotencyKeyServesInPlaceOfAnId() {
        String key = UUID.randomUUID().toString();
        Map<String, String> fields = Map.of("kind", "PHOTO");
        Answer first = asha.upload("a.jpg", photo(6), fields, "Idempotency-Key", key);
        Answer again = asha.upload("a.jpg", photo(6), fields, "Idempotency-Key", key);
        Answer other = asha.upload("a.jpg", photo(7), fields, "Idempotency-Key", key);
        Answer malformed = asha.upload("a.jpg", photo(7), fields, "Idempotency-Key", "two words");
        assertThat(again.bytes()).isEqualTo(first.bytes());
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().at("/errors/0/field").asText()).isEqualTo("Idempotency-Key");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void othersReadOnlyWhatAModuleAdmitsThemTo() {
        Answer created = asha.upload("a.jpg", photo(8), Map.of("kind", "PHOTO", "tenant", crew.collaboration()));
        String path = created.header("Location");
        Camera supervisor = crew.hire(http, crew.circle(), "supervisor", "supervisor");
        Answer refused = supervisor.get(path);
        assertThat(refused.status()).isEqualTo(404);
        assertThat(ravi.get(path).status()).isEqualTo(404);

        readers.admit(supervisor.username(), created.json().get("id").asText());
        assertThat(supervisor.get(path).status()).isEqualTo(200);
        assertThat(supervisor.get(path + "/content").status()).isEqualTo(200);
        assertThat(ravi.get(path).status()).isEqualTo(404);
    }

    @Test
    void noModuleLetsAnybodyReadWhatIsOfATenantOutOfSight() {
        Answer created = asha.upload("a.jpg", photo(8));
        Camera supervisor = crew.hire(http, crew.circle(), "supervisor", "supervisor");
        readers.admit(supervisor.username(), created.json().get("id").asText());
        String path = created.header("Location");
        String unknown = UUID.randomUUID().toString();
        assertThat(supervisor.get(path).text().replace(created.json().get("id").asText(), unknown))
                .isEqualTo(supervisor.get("/api/v1/files/" + unknown).text());
        for (String part : List.of("/content", "/picture", "/thumbnail")) {
            assertThat(supervisor.get(path + part).status()).isEqualTo(404);
        }
    }

    @Test
    void tenantOutOfSightIsRefusedAsOneThatDoesNotExist() {
        Answer foreign = asha.upload("a.jpg", photo(8), Map.of("kind", "PHOTO", "tenant", crew.circle()));
        Answer unknown = asha.upload("a.jpg", photo(8), Map.of("kind", "PHOTO", "tenant", "nowhere"));
        assertThat(foreign.status()).isEqualTo(400);
        assertThat(foreign.text().replace(crew.circle(), "nowhere")).isEqualTo(unknown.text());
    }

    @Test
    void uploadNeedsThePermission() {
        Camera accountant = crew.hire(http, crew.vendor(), "accountant", "accountant");
        assertThat(accountant.upload("a.jpg", photo(8)).status()).isEqualTo(403);
    }

    @Test
    void missingPartsAreNamed() {
        Answer noKind = asha.upload("a.jpg", photo(8), Map.of());
        Answer wrongKind = asha.upload("a.jpg", photo(8), Map.of("kind", "FILM"));
        Answer wrongId = asha.upload("a.jpg", photo(8), Map.of("kind", "PHOTO", "id", "1"));
        assertThat(List.of(noKind.status(), wrongKind.status(), wrongId.status()))
                .containsOnly(400);
        assertThat(wrongId.json().at("/errors/0/field").asText()).isEqualTo("id");
    }

    @Test
    void rangesAreServed() {
        byte[] original = photo(9);
        String path = asha.upload("a.jpg", original).header("Location") + "/content";

        Answer part = asha.get(path, "Range", "bytes=100-199");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(original, 100, 200));
        assertThat(part.header("Content-Range")).isEqualTo("bytes 100-199/" + original.length);
        Answer end = asha.get(path, "Range", "bytes=-10");
        assertThat(end.bytes()).isEqualTo(Arrays.copyOfRange(original, original.length - 10, original.length));
        Answer beyond = asha.get(path, "Range", "bytes=%d-".formatted(original.length));
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */" + original.length);
        Answer head = asha.head(path);
        assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(original.length));
        assertThat(head.header("Accept-Ranges")).isEqualTo("bytes");
    }

    @Test
    void browserKeepsThePhotoAndAsksEachTimeWhetherItMay() {
        String path = asha.upload("a.jpg", photo(10)).header("Location") + "/picture";
        Answer first = asha.get(path);
        assertThat(first.header("Cache-Control"))
                .contains("private", "no-cache")
                .doesNotContain("no-store");
        Answer again = asha.get(path, "If-None-Match", first.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.bytes()).isEmpty();
        assertThat(asha.get(path.replace("picture", "thumbnail")).header("ETag"))
                .isNotEqualTo(first.header("ETag"));
    }

    @Test
    void storedFileIsNeverChangedOrDeleted() {
        asha.upload("a.jpg", photo(11));
        for (String statement : List.of("update stored_file set name = 'b'", "delete from stored_file")) {
            assertThatThrownBy(() -> tables.sql(statement + " where uploaded_by = :person")
                            .param("person", asha.username())
                            .update())
                    .hasMessageContaining("never changed or deleted");
        }
    }
}
