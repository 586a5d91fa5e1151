package io.fieldwright.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.fieldwright.api.Problem;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

/** What reading a picture takes in memory follows from its limits, not from what the picture asks for. */
class PictureMemoryTests {

    private static final long MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    private final Pictures pictures =
            new Pictures(new FileProperties(Path.of("."), DataSize.ofMegabytes(25), 50, 1, null));

    static Stream<Arguments> bombs() {
        byte[] photo = Images.jpeg(Images.scene(640, 480, 1));
        byte[] zeros = Images.deflatedZeros(2048);
        byte[] text = Images.bytes(content -> {
            content.write("Comment\0\0".getBytes(StandardCharsets.US_ASCII));
            content.write(zeros);
        });
        byte[] small = Images.deflatedZeros(1);
        return Stream.of(
                Arguments.of("text", Images.png(64, 48, Images.chunk("zTXt", text), Images.chunk("IDAT", small))),
                Arguments.of("profile", Images.png(64, 48, Images.chunk("iCCP", text), Images.chunk("IDAT", small))),
                Arguments.of("pixels", Images.png(64, 48, Images.chunk("IDAT", zeros))),
                Arguments.of("size", Images.png(30_000, 30_000, Images.chunk("IDAT", zeros))),
                Arguments.of("exif", Images.withExif(photo, Images.tiffThatClaimsAllOfItself(5000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void bombTakesNoMoreThanAnHonestPicture(String what, byte[] bomb) throws IOException {
        Path file = Files.write(folder.resolve("bomb"), bomb);
        MediaType type = what.equals("exif") ? MediaType.JPEG : MediaType.PNG;
        assertThat(allocatedBy(file, type)).isLessThan(100 * MEGABYTE);
    }

    private long allocatedBy(Path file, MediaType type) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            pictures.read(file, type, StoredFile.Kind.PHOTO, folder.resolve("picture"), folder.resolve("thumbnail"));
        } catch (Problem refused) {
            assertThat(refused.status().is4xxClientError()).isTrue();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
