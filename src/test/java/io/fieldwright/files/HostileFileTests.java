package io.fieldwright.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.TableOwner;
import io.fieldwright.files.Camera.Answer;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;

/** Files made to do harm are refused with a reason or rendered harmless, and take no more memory than honest ones. */
@FieldwrightTest
class HostileFileTests {

    private static final byte[] NONE = {};

    @Autowired
    TestRestTemplate http;

    @Autowired
    Crew crew;

    @Autowired
    TableOwner tables;

    Camera mallory;

    @BeforeEach
    void assemble() {
        crew.assemble();
        mallory = crew.hire(http, crew.vendor(), "mallory", "field-engineer");
    }

    @AfterEach
    void nothingRemainsOfAnUpload() throws IOException {
        try (Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(temporary.filter(path -> path.getFileName().toString().startsWith(WorkFolder.PREFIX)))
                    .isEmpty();
        }
    }

    private void assertRefused(byte[] content, String reason) {
        Answer refused = mallory.upload("photo.jpg", content);
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("file");
        assertThat(refused.json().at("/errors/0/reason").asText()).contains(reason);
        assertThat(tables.sql("select count(*) from stored_file where uploaded_by = :person")
                        .param("person", mallory.username())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static byte[] photo() {
        return Images.jpeg(Images.scene(640, 480, 1));
    }

    @ParameterizedTest
    @CsvSource({"30000, 30000", "30000, 100", "100, 30000", "9000, 9000", "0, 10", "-1, -1"})
    void pngWithTooManyPixelsIsRefusedByItsHeader(int width, int height) {
        assertRefused(Images.png(width, height, Images.chunk("IDAT", Images.deflatedZeros(4))), "");
    }

    @Test
    void jpegThatClaimsTooManyPixelsIsRefusedByItsHeader() {
        byte[] jpeg = photo();
        int frame = 2;
        while ((jpeg[frame + 1] & 0xFF) != 0xC0) {
            frame += 2 + ((jpeg[frame + 2] & 0xFF) << 8 | jpeg[frame + 3] & 0xFF);
        }
        for (int size = 5; size < 9; size++) {
            jpeg[frame + size] = (byte) 0xFF;
        }
        assertRefused(jpeg, "65535 × 65535 pixels");
    }

    /** Two gigabytes of metadata, each in two megabytes; whoever unpacks them has no memory left. */
    @ParameterizedTest
    @ValueSource(strings = {"zTXt", "iTXt", "iCCP"})
    void metadataThatUnpacksToGigabytesIsNotUnpacked(String type) {
        byte[] zeros = Images.deflatedZeros(2048);
        byte[] bomb = Images.chunk(type, Images.bytes(content -> {
            content.write("Comment\0".getBytes(StandardCharsets.US_ASCII));
            content.write(type.equals("iTXt") ? new byte[] {1, 0, 0, 0} : new byte[] {0});
            content.write(zeros);
        }));
        byte[] honest = Images.png(Images.scene(64, 48, 1));
        byte[] hostile = Images.bytes(png -> {
            png.write(honest, 0, 33);
            png.write(bomb);
            png.write(honest, 33, honest.length - 33);
        });
        Answer created = mallory.upload("bomb.png", hostile);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        Answer picture = mallory.get(created.header("Location") + "/picture");
        assertThat(picture.bytes().length).isLessThan(20_000);
    }

    @Test
    void pixelsThatUnpackToGigabytesAreReadAsFarAsThePictureGoes() {
        byte[] bomb = Images.png(64, 48, Images.chunk("IDAT", Images.deflatedZeros(2048)));
        Answer created = mallory.upload("bomb.png", bomb);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json().at("/photo/width").asInt()).isEqualTo(64);
    }

    @Test
    void chunkLongerThanTheFileIsRefused() {
        byte[] png = Images.png(Images.scene(64, 48, 1));
        png[33] = 0x7F;
        assertRefused(png, "ends in the middle");
    }

    @Test
    void photoThatIsCutOffIsRefused() {
        byte[] jpeg = photo();
        for (int length : new int[] {3, 10, 200, jpeg.length / 2, jpeg.length - 1}) {
            assertRefused(Arrays.copyOf(jpeg, length), "ends in the middle");
        }
        byte[] png = Images.png(Images.scene(64, 48, 1));
        assertRefused(Arrays.copyOf(png, png.length - 12), "ends in the middle");
    }

    @Test
    void photoThatIsBrokenInsideIsRefused() {
        byte[] jpeg = photo();
        Arrays.fill(jpeg, 20, 200, (byte) 0x55);
        assertRefused(jpeg, "not a well-formed picture");
    }

    @Test
    void progressivePhotoOfTooManyScansIsRefused() {
        byte[] jpeg = photo();
        byte[] hostile = Images.bytes(file -> {
            file.write(jpeg, 0, jpeg.length - 2);
            for (int scan = 0; scan < 100_000; scan++) {
                file.write(new byte[] {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 1, 63, 0, 0x55});
            }
            file.writeShort(0xFFD9);
        });
        assertRefused(hostile, "scans");
    }

    @Test
    void pageInsideOfAPhotoDoesNotRun() {
        byte[] script = "<html><script>alert(document.cookie)</script></html>".getBytes(StandardCharsets.US_ASCII);
        byte[] polyglot = Images.withSegment(photo(), 0xFE, script);
        Answer created = mallory.upload("page.html", polyglot, Map.of("kind", "PHOTO"));
        assertThat(created.status()).isEqualTo(201);
        String path = created.header("Location");

        Answer original = mallory.get(path + "/content");
        assertThat(original.bytes()).isEqualTo(polyglot);
        assertThat(original.header("Content-Disposition"))
                .startsWith("attachment;")
                .contains("page.html.jpg");
        for (Answer answer :
                new Answer[] {original, mallory.get(path + "/picture"), mallory.get(path + "/thumbnail")}) {
            assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.response().headers().allValues("Content-Security-Policy"))
                    .singleElement()
                    .satisfies(policy -> assertThat(policy).contains("sandbox", "default-src 'none'"));
        }
        assertThat(mallory.get(path + "/picture").text()).doesNotContain("<script>");
        assertThat(mallory.get(path + "/thumbnail").text()).doesNotContain("<script>");
    }

    @Test
    void whatIsNoPictureIsRefusedWhateverItsName() throws IOException {
        assertRefused(
                "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
                        .getBytes(StandardCharsets.US_ASCII),
                "must be a JPEG or a PNG");
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(zip)) {
            entries.putNextEntry(new ZipEntry("photo.jpg"));
            entries.write(photo());
        }
        assertRefused(zip.toByteArray(), "must be a JPEG or a PNG");
        assertRefused("GIF89a".getBytes(StandardCharsets.US_ASCII), "must be a JPEG or a PNG");
        assertRefused("%PDF-1.7".getBytes(StandardCharsets.US_ASCII), "must be a JPEG or a PNG");
        assertRefused("\0\0\0\u0018ftypheic\0\0\0\0mif1heic".getBytes(StandardCharsets.ISO_8859_1), "HEIC");
        assertRefused(NONE, "is empty");
        assertRefused(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}, "ends in the middle");
    }

    @Test
    void exifThatLeadsBackToItselfIsReadOnce() {
        byte[] tiff = Images.tiff(6);
        byte[] loop = tiff.clone();
        int nextOfFirst = 8 + 2 + 6 * 12;
        loop[nextOfFirst + 3] = 8;
        Answer created = mallory.upload("loop.jpg", Images.withExif(photo(), loop));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json().at("/photo/orientation").asInt()).isEqualTo(6);
    }

    /** 5,000 tags that each claim the whole segment as their value: 300 MB out of 64 KB. */
    @Test
    void exifThatClaimsItsBytesOverAndOverIsReadInPart() {
        Answer created = mallory.upload("bomb.jpg", Images.withExif(photo(), Images.tiffThatClaimsAllOfItself(5000)));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json().at("/photo/position").isNull()).isTrue();
    }

    @Test
    void exifOfRandomBytesIsLeftOut() {
        java.util.Random random = new java.util.Random(1);
        byte[] tiff = Images.tiff(1);
        for (int attempt = 0; attempt < 20; attempt++) {
            byte[] broken = tiff.clone();
            for (int change = 0; change < 10; change++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            Answer created = mallory.upload("odd.jpg", Images.withExif(photo(), broken));
            assertThat(created.status()).as(created.text()).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, passwd",
        "C:\\Windows\\system32\\cmd.exe, cmd.exe",
        "a\u0000b.jpg, ab.jpg",
        "photo\u202Egpj.exe, photogpj.exe",
        ".., file",
        "..., file",
        "x\u0001\u007F\u200By.jpg, xy.jpg",
        "<script>.jpg, _script_.jpg"
    })
    void namesAreFitForDisplayOnly(String claimed, String name) {
        assertThat(FileName.clean(claimed)).isEqualTo(name);
    }

    @Test
    void nameOfAnyLengthIsCut() {
        assertThat(FileName.clean("x".repeat(10_000))).hasSize(120);
        assertThat(FileName.clean("")).isEqualTo("file");
        assertThat(FileName.clean(null)).isEqualTo("file");
    }

    @Test
    void pathInTheNameLeadsNowhere() {
        Answer created = mallory.upload("../../../../tmp/evil\u202Egpj.sh", photo());
        assertThat(created.json().get("name").asText()).isEqualTo("evilgpj.sh");
        assertThat(Files.exists(Path.of("/tmp/evilgpj.sh"))).isFalse();
        Answer content = mallory.get(created.header("Location") + "/content");
        assertThat(content.header("Content-Disposition")).contains("evilgpj.sh.jpg");
    }

    @Test
    void uploadThatSaysItIsTooLongIsRefusedAtOnce() throws IOException {
        assertThat(stream("Content-Length: " + (2L << 30), false)).startsWith("HTTP/1.1 413");
    }

    @Test
    void uploadWithoutEndIsRefusedWhileItStreams() throws IOException {
        assertThat(stream("Transfer-Encoding: chunked", true)).startsWith("HTTP/1.1 413");
    }

    @Test
    void uploadWithoutEndAndWithAnIdempotencyKeyIsRefusedWhileItStreams() throws IOException {
        assertThat(stream("Transfer-Encoding: chunked\r\nIdempotency-Key: " + UUID.randomUUID(), true))
                .startsWith("HTTP/1.1 413");
    }

    /** Sends up to two gigabytes, until the server has had enough. */
    private String stream(String length, boolean chunked) throws IOException {
        byte[] megabyte = new byte[1 << 20];
        byte[] start = Camera.multipart("big.jpg", NONE, Map.of("kind", "PHOTO"));
        try (Socket socket = new Socket("localhost", mallory.home().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/files HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n"
                            + "Content-Type: multipart/form-data; boundary=part-of-the-upload\r\n%s\r\n\r\n")
                    .formatted(mallory.authorization(), length)
                    .getBytes(StandardCharsets.US_ASCII));
            // without the end of the part, which never comes
            byte[] head = Arrays.copyOf(start, start.length - "\r\n--part-of-the-upload--\r\n".length());
            long sent = 0;
            try {
                write(out, head, chunked);
                while (sent < 2L << 30 && socket.getInputStream().available() == 0) {
                    write(out, megabyte, chunked);
                    sent += megabyte.length;
                }
            } catch (SocketException hungUp) {
                // what it said before can still be read
            }
            assertThat(sent).isLessThan(100L << 20);
            return String.valueOf(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine());
        }
    }

    private static void write(OutputStream out, byte[] content, boolean chunked) throws IOException {
        if (chunked) {
            out.write((Integer.toHexString(content.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        out.write(content);
        if (chunked) {
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.flush();
    }

    @Test
    void pictureOfOnePixelIsTaken() {
        BufferedImage pixel = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Answer created = mallory.upload("pixel.png", Images.png(pixel));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
    }
}
