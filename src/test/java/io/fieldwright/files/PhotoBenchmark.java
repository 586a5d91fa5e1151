package io.fieldwright.files;

import com.google.zxing.BarcodeFormat;
import io.fieldwright.OwnApplicationTest;
import io.fieldwright.RoleHolders;
import io.fieldwright.TableOwner;
import io.fieldwright.files.StoredFile.Kind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.test.context.TestPropertySource;

/**
 * How many photos of 12 megapixels go through all of an upload but the network in a second, in how much memory; then how
 * long the search for photos alike takes among a million. How to run it is in bench/README.md; it asserts nothing and is
 * not part of the build.
 */
@OwnApplicationTest
@TestPropertySource(
        properties = {"fieldwright.database.directory=target/benchmark", "fieldwright.database.disposable=false"})
class PhotoBenchmark {

    private static final int PHOTOS = 8;
    private static final int MILLION = 1_000_000;
    private static final int SEARCHES = 200;

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Crew crew;

    @Autowired
    private io.fieldwright.files.Files files;

    @Autowired
    private RoleHolders people;

    @Autowired
    private TableOwner owner;

    @Test
    void printsHowManyPhotosASecond() throws Exception {
        crew.assemble();
        String engineer =
                crew.hire(http, crew.vendor(), "asha", "field-engineer").username();
        List<byte[]> plain = new ArrayList<>();
        List<byte[]> labelled = new ArrayList<>();
        for (int seed = 0; seed < PHOTOS; seed++) {
            plain.add(Images.withExif(Images.jpeg(photo(seed)), Images.tiff(6)));
            BufferedImage label = Images.label("SN-" + seed, BarcodeFormat.QR_CODE, 500, 500);
            labelled.add(Images.withExif(Images.jpeg(Images.with(photo(seed), label, 900, 900)), Images.tiff(6)));
        }
        System.out.printf(
                "%n%d photos of 12 megapixels, %.1f MB each, and as many with a QR code; heap at most %d MB%n%n",
                PHOTOS,
                plain.stream().mapToInt(photo -> photo.length).average().orElseThrow() / (1 << 20),
                Runtime.getRuntime().maxMemory() >> 20);
        run(engineer, labelled, 2);
        System.out.printf("%-44s %10s %14s %16s%n", "", "photos/s", "heap, most MB", "process, most MB");
        for (int clients : new int[] {1, 2, 8}) {
            measure("without a code, clients: " + clients, engineer, plain, clients);
            measure("with a QR code, clients: " + clients, engineer, labelled, clients);
        }
        search(engineer);
    }

    /** With the grain of a sensor, because a photo without would compress too well. */
    private static BufferedImage photo(long seed) {
        BufferedImage photo = Images.scene(4000, 3000, seed);
        Random random = new Random(seed);
        byte[] samples = ((java.awt.image.DataBufferByte) photo.getRaster().getDataBuffer()).getData();
        for (int index = 0; index < samples.length; index++) {
            int grain = random.nextInt(19) - 9;
            samples[index] = (byte) Math.max(0, Math.min(255, (samples[index] & 0xFF) + grain));
        }
        return photo;
    }

    private void measure(String what, String engineer, List<byte[]> photos, int clients) throws Exception {
        System.gc();
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        Files.writeString(Path.of("/proc/self/clear_refs"), "5");
        long start = System.nanoTime();
        run(engineer, photos, clients);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%-44s %10.2f %,14d %,16d%n",
                what,
                photos.size() / seconds,
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20,
                mostOfProcess() >> 10);
    }

    private static long mostOfProcess() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private void run(String engineer, List<byte[]> photos, int clients) throws Exception {
        ExecutorService hands = Executors.newFixedThreadPool(clients);
        try {
            List<Future<?>> pending = new ArrayList<>();
            photos.forEach(photo -> pending.add(hands.submit(() -> people.as(
                    engineer,
                    () -> files.store(new NewFile(null, crew.collaboration(), Kind.PHOTO, "photo.jpg"), photo)))));
            for (Future<?> one : pending) {
                one.get();
            }
        } finally {
            hands.shutdownNow();
        }
    }

    private void search(String engineer) {
        StoredFile sought = people.as(
                engineer,
                () -> files.store(
                        new NewFile(null, crew.collaboration(), Kind.PHOTO, "photo.jpg"),
                        Images.jpeg(Images.scene(640, 480, 1))));
        owner.withoutTriggers("stored_file", () -> owner.sql(
                        """
                                insert into stored_file (tenant_id, id, content_id, kind, name, media_type, size, sha256,
                                  uploaded_by, uploaded_at, width, height, orientation, codes, likeness)
                                select :tenant, gen_random_uuid(), gen_random_uuid(), 'PHOTO', 'photo.jpg', 'image/jpeg', 1,
                                  encode(sha256(n::text::bytea), 'hex'), :engineer, now() - n * interval '1 second',
                                  1, 1, 1, '{}', ('x' || substr(md5(n::text), 1, 16))::bit(64)::bigint
                                from generate_series(1, :million) n
                                """)
                .param("tenant", crew.collaboration())
                .param("engineer", engineer)
                .param("million", MILLION)
                .update());
        owner.sql("analyze stored_file").update();
        List<Double> milliseconds = new ArrayList<>();
        for (int search = 0; search < 2 * SEARCHES; search++) {
            long start = System.nanoTime();
            people.as(engineer, () -> files.similar(sought));
            if (search >= SEARCHES) {
                milliseconds.add((System.nanoTime() - start) / 1e6);
            }
        }
        milliseconds.sort(null);
        System.out.printf(
                "%nPhotos alike among %,d of a tenant: p50 %.1f ms, p95 %.1f ms%n",
                MILLION, milliseconds.get(SEARCHES / 2), milliseconds.get(SEARCHES * 95 / 100));
    }
}
