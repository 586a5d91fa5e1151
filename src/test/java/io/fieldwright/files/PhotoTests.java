package io.fieldwright.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BarcodeFormat;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.RoleHolders;
import io.fieldwright.files.StoredFile.Kind;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import net.coobird.thumbnailator.Thumbnails;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;

/** What is found out about photos, and which of them look alike. */
@FieldwrightTest
class PhotoTests {

    @Autowired
    TestRestTemplate http;

    @Autowired
    Crew crew;

    @Autowired
    Files files;

    @Autowired
    RoleHolders people;

    String engineer;

    @BeforeEach
    void assemble() {
        crew.assemble();
        engineer = crew.hire(http, crew.vendor(), "asha", "field-engineer").username();
    }

    private StoredFile store(BufferedImage photo) {
        return store(Images.jpeg(photo));
    }

    private StoredFile store(byte[] photo) {
        return store(photo, Kind.PHOTO);
    }

    private StoredFile store(byte[] content, Kind kind) {
        return people.as(
                engineer, () -> files.store(new NewFile(null, crew.collaboration(), kind, "photo.jpg"), content));
    }

    private List<SimilarFile> similar(StoredFile file) {
        return people.as(engineer, () -> files.similar(file.id()));
    }

    @Test
    void factsOfTheCameraAreRead() {
        StoredFile file = store(Images.withExif(Images.jpeg(Images.scene(640, 480, 1)), Images.tiff(3)));
        Photo photo = file.photo();
        assertThat(photo.orientation()).isEqualTo(3);
        assertThat(photo.position().latitude()).isCloseTo(18 + 31 / 60.0 + 12 / 3600.0, Offset.offset(1e-9));
        assertThat(photo.position().longitude()).isCloseTo(73 + 51 / 60.0 + 24 / 3600.0, Offset.offset(1e-9));
        assertThat(photo.takenAt()).isEqualTo(LocalDateTime.of(2026, 11, 21, 14, 5, 6));
        assertThat(photo.takenAtOffset()).isEqualTo(ZoneOffset.ofHoursMinutes(5, 30));
        assertThat(photo.deviceMake()).isEqualTo("Fairphone");
        assertThat(photo.deviceModel()).isEqualTo("FP5");
        assertThat(photo.deviceSoftware()).isEqualTo("Camera 1.2");
        assertThat(people.as(engineer, () -> files.find(file.id()))).contains(file);
        assertThat(people.as(engineer, () -> files.find(crew.collaboration(), file.id())))
                .contains(file);
        assertThat(people.as(engineer, () -> files.find(crew.vendor(), file.id())))
                .isEmpty();
    }

    @Test
    void photoWithoutFactsHasNone() {
        Photo photo = store(Images.scene(640, 480, 1)).photo();
        assertThat(photo.orientation()).isEqualTo(1);
        assertThat(photo.position()).isNull();
        assertThat(photo.takenAt()).isNull();
        assertThat(photo.deviceMake()).isNull();
        assertThat(photo.codes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "QR_CODE, SN-4711-ÄÖ/0001, 300, 300",
        "CODE_128, RRU-5908-000123, 700, 160",
        "CODE_39, BTS3900A, 800, 160",
        "EAN_13, 4006381333931, 600, 200"
    })
    void codeInAPhotoIsReadWhicheverWayTheCameraWasHeld(BarcodeFormat format, String text, int width, int height) {
        BufferedImage label = Images.label(text, format, width, height);
        for (int degrees : new int[] {0, 90, 180, 270}) {
            BufferedImage photo = turned(Images.with(Images.scene(1600, 1200, 3), label, 400, 300), degrees);
            assertThat(store(photo).photo().codes())
                    .as("turned by %d degrees", degrees)
                    .containsExactly(text);
        }
    }

    /** The reader looks for this kind in the middle only. */
    @Test
    void dataMatrixInTheMiddleOfAPhotoIsRead() {
        BufferedImage label = Images.label("SN4711", BarcodeFormat.DATA_MATRIX, 200, 200);
        BufferedImage sign = new BufferedImage(400, 400, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = sign.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 400, 400);
        graphics.dispose();
        Images.with(sign, label, 100, 100);
        BufferedImage photo = Images.with(Images.scene(1000, 1000, 3), sign, 300, 300);
        assertThat(store(photo).photo().codes()).containsExactly("SN4711");
    }

    private static BufferedImage turned(BufferedImage photo, int degrees) {
        try {
            return Thumbnails.of(photo).scale(1).rotate(degrees).asBufferedImage();
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void smallCodeInALargePhotoIsRead() {
        BufferedImage label = Images.label("SN-0815", BarcodeFormat.QR_CODE, 120, 120);
        StoredFile file = store(Images.with(Images.scene(4000, 3000, 4), label, 2500, 1700));
        assertThat(file.photo().codes()).containsExactly("SN-0815");
    }

    @Test
    void severalCodesInOnePhotoAreAllRead() {
        BufferedImage photo = Images.scene(1000, 1000, 5);
        Images.with(photo, Images.label("first", BarcodeFormat.QR_CODE, 200, 200), 100, 100);
        Images.with(photo, Images.label("second", BarcodeFormat.QR_CODE, 200, 200), 650, 700);
        assertThat(store(photo).photo().codes()).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void codeThatCannotBePrintedIsCleaned() {
        BufferedImage label = Images.label("SN\u00001\u202E2", BarcodeFormat.QR_CODE, 300, 300);
        StoredFile file = store(Images.with(Images.scene(800, 600, 6), label, 100, 100));
        assertThat(file.photo().codes()).containsExactly("SN12");
    }

    @Test
    void samePhotoIsFoundAgainByteForByte() {
        byte[] photo = Images.jpeg(Images.scene(800, 600, 7));
        StoredFile first = store(photo);
        StoredFile second = store(photo);
        assertThat(similar(second)).containsExactly(new SimilarFile(first, 0, true));
        assertThat(similar(first)).containsExactly(new SimilarFile(second, 0, true));
    }

    /** A stamp changes the picture itself, so that not each is recognised. */
    @ParameterizedTest
    @CsvSource({"smaller, 10", "compressed, 10", "brighter, 10", "png, 10", "turned with the camera, 10", "stamped, 9"})
    void alteredPhotoIsFoundAgain(String alteration, int ofTen) throws Exception {
        int found = 0;
        for (long seed = 100; seed < 110; seed++) {
            BufferedImage scene = Images.scene(1200, 900, seed);
            StoredFile original = store(scene);
            StoredFile altered =
                    switch (alteration) {
                        case "smaller" -> store(Thumbnails.of(scene).scale(0.4).asBufferedImage());
                        case "compressed" -> store(Images.jpeg(scene, 0.3f));
                        case "brighter" -> store(brighter(scene));
                        case "png" -> store(Images.png(scene));
                        case "stamped" -> store(stamped(scene));
                        default -> store(Images.withExif(Images.jpeg(turned(scene, 270)), Images.tiff(6)));
                    };
            for (SimilarFile similar : similar(altered)) {
                assertThat(similar.identical()).isFalse();
                assertThat(similar.distance()).isLessThanOrEqualTo(PerceptualHash.ALIKE);
                found += similar.file().equals(original) ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(ofTen);
    }

    private static BufferedImage brighter(BufferedImage scene) {
        return new java.awt.image.RescaleOp(0.9f, 20, null).filter(scene, null);
    }

    private static BufferedImage stamped(BufferedImage scene) {
        BufferedImage stamped = Images.with(
                new BufferedImage(scene.getWidth(), scene.getHeight(), BufferedImage.TYPE_3BYTE_BGR), scene, 0, 0);
        Graphics2D graphics = stamped.createGraphics();
        graphics.setColor(Color.YELLOW);
        graphics.fillRect(900, 860, 280, 24);
        graphics.dispose();
        return stamped;
    }

    @Test
    void otherScenesAreNotAlike() {
        List<Long> hashes = IntStream.range(200, 300)
                .mapToObj(seed -> PerceptualHash.of(Images.scene(320, 240, seed)))
                .toList();
        List<String> alike = new ArrayList<>();
        for (int one = 0; one < hashes.size(); one++) {
            for (int other = 0; other < one; other++) {
                if (Long.bitCount(hashes.get(one) ^ hashes.get(other)) <= PerceptualHash.ALIKE) {
                    alike.add(one + " and " + other);
                }
            }
        }
        assertThat(alike).isEmpty();
    }

    @Test
    void photosThatShowNothingAreNotAlike() {
        BufferedImage black = new BufferedImage(400, 300, BufferedImage.TYPE_3BYTE_BGR);
        BufferedImage larger = new BufferedImage(800, 600, BufferedImage.TYPE_3BYTE_BGR);
        store(black);
        assertThat(similar(store(larger))).isEmpty();
    }

    @Test
    void photosOfOtherTenantsAreNotCompared() {
        byte[] photo = Images.jpeg(Images.scene(800, 600, 8));
        people.as(engineer, () -> files.store(new NewFile(null, crew.vendor(), Kind.PHOTO, "p.jpg"), photo));
        assertThat(similar(store(photo))).isEmpty();
    }

    @Test
    void signaturesAreAlikeOnlyIfTheyAreTheSame() {
        BufferedImage strokes = new BufferedImage(400, 120, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = strokes.createGraphics();
        graphics.setColor(Color.BLACK);
        graphics.drawLine(20, 100, 350, 20);
        byte[] first = Images.png(strokes);
        graphics.drawLine(20, 20, 30, 25);
        byte[] second = Images.png(strokes);
        StoredFile signature = store(first, Kind.SIGNATURE);
        assertThat(similar(store(second, Kind.SIGNATURE))).isEmpty();
        assertThat(similar(store(first, Kind.SIGNATURE)))
                .extracting(SimilarFile::file)
                .containsExactly(signature);
    }

    @Test
    void everyDistanceUpToTheThresholdIsFound() {
        StoredFile file = store(Images.scene(640, 480, 9));
        long hash = file.photo().perceptualHash();
        java.util.Random random = new java.util.Random(1);
        for (int distance = 0; distance <= PerceptualHash.ALIKE + 1; distance++) {
            long other = hash;
            while (Long.bitCount(hash ^ other) < distance) {
                other ^= 1L << random.nextInt(64);
            }
            StoredFile later = new StoredFile(
                    UUID.randomUUID(),
                    file.tenantId(),
                    UUID.randomUUID(),
                    Kind.PHOTO,
                    "other.jpg",
                    "image/jpeg",
                    1,
                    "0".repeat(64),
                    engineer,
                    file.uploadedAt().plusSeconds(1),
                    new Photo(1, 1, 1, null, null, null, null, null, null, other, List.of()));
            assertThat(people.as(engineer, () -> files.similar(later)))
                    .as("distance %d", distance)
                    .hasSize(distance <= PerceptualHash.ALIKE ? 1 : 0);
        }
    }
}
