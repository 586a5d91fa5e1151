package io.fieldwright.processes;

import static io.fieldwright.RoleHolders.PASSWORD;
import static io.fieldwright.RoleHolders.username;
import static io.fieldwright.processes.Phone.outcomes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.zxing.BarcodeFormat;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.equipment.Place;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTaskState;
import io.fieldwright.fieldwork.RiggedLottery;
import io.fieldwright.files.ExifData;
import io.fieldwright.files.Images;
import io.fieldwright.files.StoredFile;
import io.fieldwright.people.Team;
import io.fieldwright.tenancy.TenantScope;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.coobird.thumbnailator.Thumbnails;
import org.assertj.core.groups.Tuple;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** What photos say of themselves and what they show, from the order to the reasons that a reviewer reads, all over HTTP. */
@FieldwrightTest
class PhotoCheckTests {

    private static final String DOUBTED = "A photo was seen before, or does not fit the place or time of the visit";
    private static final String UNPROVEN = "The position does not prove that somebody was at the site";

    /** Of latitude: 30.7 m, and a whole number of the steps in which EXIF data are written. */
    private static final double SECOND = 1 / 3600.0;

    @Autowired
    ObjectProvider<Visit> visits;

    @Autowired
    TestRestTemplate http;

    @Autowired
    RiggedLottery lottery;

    @Autowired
    ObjectMapper json;

    Visit visit;
    Field field;
    Phone phone;
    Caller coordinator;
    Caller supervisor;

    @BeforeEach
    void furnish() {
        visit = visits.getObject().furnish();
        field = visit.field;
        phone = new Phone(http, visit.engineer()).register();
        coordinator = Caller.signedIn(http, username(field.circle, "coordinator"), PASSWORD);
        supervisor = Caller.signedIn(http, username(field.circle, "supervisor"), PASSWORD);
    }

    /** A verification that asks for a position and a photo. */
    private FieldTask order() {
        return order(field.vendorCrew, 10, 1, false);
    }

    /** The same of another site. */
    private FieldTask orderAt(String code) {
        field.site = field.site(code, false);
        visit.drawBoundary();
        return order();
    }

    private FieldTask order(Team team, @Nullable Integer gpsAccuracyMetres, int minimumPhotos, boolean serials) {
        return order(team, gpsAccuracyMetres, minimumPhotos, serials, serials);
    }

    private FieldTask order(
            Team team, @Nullable Integer gpsAccuracyMetres, int minimumPhotos, boolean serials, boolean scan) {
        ResponseEntity<JsonNode> answer = coordinator.post(
                "/api/v1/field-tasks",
                """
                {"project": "%s", "site": "%s", "team": "%s", "requirements": {"gpsAccuracyMetres": %d,
                 "minimumPhotos": %d, "serialVerification": %b, "equipmentScan": %b, "signature": false, "offline": true}}"""
                        .formatted(
                                visit.project.id(),
                                field.site.id(),
                                team.id(),
                                gpsAccuracyMetres,
                                minimumPhotos,
                                serials,
                                scan));
        assertThat(answer.getStatusCode()).as(String.valueOf(answer.getBody())).isEqualTo(HttpStatus.CREATED);
        UUID id = UUID.fromString(answer.getBody().get("id").asText());
        FieldTask task = TenantScope.asSystem(() -> visit.fieldTasks.get(id));
        field.runJobs(task.businessKey());
        return task;
    }

    private void drawCircle(int radiusMetres) throws IOException {
        field.sites.draw(
                field.site.id(),
                "*",
                json.readTree(
                        """
                        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [73.8567, 18.5204]},
                         "properties": {"radiusMetres": %d}}"""
                                .formatted(radiusMetres)));
    }

    private Phone.Attempt begin(FieldTask task) {
        return phone.attempt(task).start();
    }

    private void photo(Phone.Attempt attempt, byte[] jpeg) {
        attempt.photo(phone.upload(attempt.task, StoredFile.Kind.PHOTO, jpeg));
    }

    private void label(Phone.Attempt attempt, byte[] jpeg) {
        attempt.label(phone.upload(attempt.task, StoredFile.Kind.PHOTO, jpeg));
    }

    /** The verdict on it as a reviewer reads it. */
    private JsonNode judge(Phone.Attempt attempt) {
        return judge(phone, attempt);
    }

    private JsonNode judge(Phone sender, Phone.Attempt attempt) {
        assertThat(outcomes(sender.send(attempt.submit().operations))).containsOnly("APPLIED");
        field.runJobs(attempt.task.businessKey());
        ResponseEntity<JsonNode> answer =
                supervisor.get("/api/v1/field-tasks/%s/executions/%s".formatted(attempt.task.id(), attempt.id));
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
        return answer.getBody();
    }

    /** At the site, with one photo. */
    private JsonNode judge(FieldTask task, byte[] jpeg) {
        Phone.Attempt attempt = begin(task).fix(field);
        photo(attempt, jpeg);
        return judge(attempt);
    }

    private void assertVerified(JsonNode judged) {
        assertJudged(judged, "VERIFIED", 100);
        assertThat(visit.now(taskOf(judged)).state()).isEqualTo(FieldTaskState.DONE);
    }

    private void assertDoubted(JsonNode judged, String... doubts) {
        List<String> reasons = new ArrayList<>(List.of(DOUBTED));
        reasons.addAll(List.of(doubts));
        assertJudged(judged, "NEEDS_REVIEW", 85, reasons.toArray(String[]::new));
        assertThat(field.openTasks(taskOf(judged).businessKey())).containsExactly("Task_ReviewEvidence");
    }

    private static void assertJudged(JsonNode judged, String verdict, int score, String... reasons) {
        JsonNode execution = judged.get("execution");
        assertThat(execution.get("reasons")).extracting(JsonNode::asText).containsExactly(reasons);
        assertThat(execution.get("verdict").asText()).isEqualTo(verdict);
        assertThat(execution.get("score").asInt()).isEqualTo(score);
    }

    private FieldTask taskOf(JsonNode judged) {
        UUID id = UUID.fromString(judged.get("execution").get("fieldTask").asText());
        return TenantScope.asSystem(() -> visit.fieldTasks.get(id));
    }

    private static byte[] scene(long seed) {
        return Images.jpeg(Images.scene(640, 480, seed));
    }

    private static byte[] smaller(long seed) {
        try {
            return Images.jpeg(
                    Thumbnails.of(Images.scene(640, 480, seed)).scale(0.6).asBufferedImage(), 0.5f);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Like the scene, but less than another with the same stamp is. */
    private static byte[] stamped(long seed) {
        BufferedImage stamp = new BufferedImage(180, 60, BufferedImage.TYPE_3BYTE_BGR);
        return Images.jpeg(Images.with(Images.scene(640, 480, seed), stamp, 460, 420));
    }

    /** A photo that says it was taken so many seconds of latitude north of the site's middle. */
    private byte[] northOfTheSite(double seconds) {
        return new ExifData()
                .position(field.site.latitude() + seconds * SECOND, field.site.longitude())
                .in(scene(1));
    }

    private static byte[] photoOfCode(String text, BarcodeFormat format, long seed) {
        BufferedImage code = format == BarcodeFormat.QR_CODE
                ? Images.label(text, format, 300, 300)
                : Images.label(text, format, 700, 160);
        return Images.jpeg(Images.with(Images.scene(1600, 1200, seed), code, 400, 300));
    }

    private static byte[] photoOfCodes(String first, String second, long seed) {
        BufferedImage photo = Images.scene(1000, 1000, seed);
        Images.with(photo, Images.label(first, BarcodeFormat.QR_CODE, 200, 200), 100, 100);
        Images.with(photo, Images.label(second, BarcodeFormat.QR_CODE, 200, 200), 650, 700);
        return Images.jpeg(photo);
    }

    /** How a photo is named that was captured today for a task. */
    private static String alike(FieldTask task, JsonNode judged) {
        Instant captured =
                Instant.parse(judged.get("evidence").get(0).get("capturedAt").asText());
        return "is, or looks like, one of %s, captured on %s"
                .formatted(task.businessKey(), LocalDate.ofInstant(captured, ZoneOffset.UTC));
    }

    @Test
    void photoThatSaysNothingOfItselfIsNotDoubted() {
        assertVerified(judge(order(), scene(1)));
    }

    @Test
    void photoThatWasTakenNearTheFixIsNotDoubted() {
        assertVerified(judge(order(), northOfTheSite(8)));
    }

    @Test
    void photoThatWasTakenFarFromTheFixIsDoubted() {
        assertDoubted(judge(order(), northOfTheSite(9)), "Photo 1 was taken 277 m from the fix, by its EXIF data");
    }

    @Test
    void fixMayBeAsFarOffAsItsAccuracySays() throws IOException {
        drawCircle(1000);
        FieldTask task = order(field.vendorCrew, 200, 1, false);
        Phone.Attempt attempt = begin(task).fix(field.site.latitude(), field.site.longitude(), 150);
        photo(attempt, northOfTheSite(13));
        photo(attempt, northOfTheSite(14));

        assertDoubted(judge(attempt), "Photo 2 was taken 430 m from the fix, by its EXIF data");
    }

    @Test
    void accuracyThatIsWorseThanAskedForExcusesNoPhoto() throws IOException {
        drawCircle(1000);
        Phone.Attempt attempt = begin(order()).fix(field.site.latitude(), field.site.longitude(), 300);
        photo(attempt, northOfTheSite(9));

        assertJudged(
                judge(attempt),
                "NEEDS_REVIEW",
                60,
                UNPROVEN,
                DOUBTED,
                "The evidence has fewer than 80 points",
                "the accuracy is worse than required",
                "Photo 1 was taken 277 m from the fix, by its EXIF data");
    }

    @Test
    void photoIsComparedWithTheBoundaryWhereNoPositionIsAskedFor() {
        Phone.Attempt attempt = begin(order(field.vendorCrew, null, 1, false));
        photo(attempt, northOfTheSite(0));
        photo(attempt, northOfTheSite(9));
        photo(attempt, northOfTheSite(10));

        assertDoubted(judge(attempt), "Photo 3 was taken 257 m from the site, by its EXIF data");
    }

    @Test
    void photoWithinALargeBoundaryIsAtTheSite() throws IOException {
        drawCircle(1000);
        Phone.Attempt attempt = begin(order(field.vendorCrew, null, 1, false));
        photo(attempt, northOfTheSite(30));

        assertVerified(judge(attempt));
    }

    @Test
    void photoIsComparedWithTheCoordinatesOfASiteWithoutABoundary() {
        field.site = field.site("PUNE-2", false);
        Phone.Attempt attempt = begin(order(field.vendorCrew, null, 1, false));
        photo(attempt, northOfTheSite(8));
        photo(attempt, northOfTheSite(9));

        assertDoubted(judge(attempt), "Photo 2 was taken 277 m from the site, by its EXIF data");
    }

    @Test
    void photoIsComparedWithTheSiteWhereNoPositionWasTaken() {
        Phone.Attempt attempt = begin(order());
        photo(attempt, northOfTheSite(10));

        assertJudged(
                judge(attempt),
                "NEEDS_REVIEW",
                60,
                UNPROVEN,
                DOUBTED,
                "The evidence has fewer than 80 points",
                "No position was taken",
                "Photo 1 was taken 257 m from the site, by its EXIF data");
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({"73.8567, 18.5204, latitude and longitude were exchanged", "95, 200, the coordinates are no position"})
    void photoIsComparedWithTheSiteWhereTheFixIsNoPlace(double latitude, double longitude, String why) {
        Phone.Attempt attempt = begin(order()).fix(latitude, longitude, 5);
        photo(attempt, northOfTheSite(0));
        photo(attempt, northOfTheSite(10));

        assertJudged(
                judge(attempt),
                "NEEDS_REVIEW",
                60,
                UNPROVEN,
                DOUBTED,
                "The evidence has fewer than 80 points",
                why,
                "Photo 2 was taken 257 m from the site, by its EXIF data");
    }

    @Test
    void photoThatWasTakenLongBeforeOrAfterItWasCapturedIsDoubted() {
        Phone.Attempt attempt = begin(order()).fix(field);
        OffsetDateTime longBefore = now(-90).atOffset(ZoneOffset.ofHoursMinutes(5, 30));
        OffsetDateTime longAfter = now(90).atOffset(ZoneOffset.ofHours(-8));
        for (OffsetDateTime taken : List.of(
                now(-30).atOffset(ZoneOffset.ofHoursMinutes(5, 30)),
                longBefore,
                now(30).atOffset(ZoneOffset.ofHours(-8)),
                longAfter)) {
            photo(attempt, takenAt(taken));
        }

        assertDoubted(
                judge(attempt),
                "Photo 2 was taken at %s, by its EXIF data".formatted(longBefore),
                "Photo 4 was taken at %s, by its EXIF data".formatted(longAfter));
    }

    @Test
    void clockWithoutATimeZoneMayBeInAny() {
        Phone.Attempt attempt = begin(order()).fix(field);
        for (int minutes : new int[] {-14 * 60 - 30, -5 * 60, 0, 14 * 60 + 30}) {
            photo(attempt, takenAt(onTheWall(minutes)));
        }

        assertVerified(judge(attempt));
    }

    @Test
    void clockWithoutATimeZoneThatFitsNoneIsDoubted() {
        Phone.Attempt attempt = begin(order()).fix(field);
        LocalDateTime longBefore = onTheWall(-15 * 60 - 30);
        LocalDateTime longAfter = onTheWall(15 * 60 + 30);
        photo(attempt, takenAt(longBefore));
        photo(attempt, takenAt(longAfter));

        assertDoubted(
                judge(attempt),
                "Photo 1 was taken at %s, by its EXIF data".formatted(longBefore),
                "Photo 2 was taken at %s, by its EXIF data".formatted(longAfter));
    }

    private static byte[] takenAt(OffsetDateTime time) {
        return new ExifData()
                .takenAt(time.toLocalDateTime(), time.getOffset().getId())
                .in(scene(1));
    }

    private static byte[] takenAt(LocalDateTime time) {
        return new ExifData().takenAt(time).in(scene(1));
    }

    private static LocalDateTime onTheWall(int plusMinutes) {
        return LocalDateTime.ofInstant(now(plusMinutes), ZoneOffset.UTC);
    }

    private static Instant now(int plusMinutes) {
        return Instant.now().plus(plusMinutes, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
    }

    @Test
    void clockThatIsWrongInPhotoAndEvidenceAlikeMakesNoPhotoDoubtful() {
        phone.withClockBehind(Duration.ofHours(2));
        Phone.Attempt attempt = begin(order(field.vendorCrew, null, 1, false));
        photo(attempt, takenAt(now(-120).atOffset(ZoneOffset.UTC)));

        assertVerified(judge(attempt));
    }

    @Test
    void photosAndFixOfLastMonthThatAgreeAreReviewed() {
        Phone.Attempt attempt = begin(order());
        phone.withClockBehind(Duration.ofDays(30));
        attempt.fix(field);
        photo(attempt, takenAt(now(-30 * 24 * 60).atOffset(ZoneOffset.UTC)));
        phone.withClockBehind(Duration.ZERO);

        JsonNode judged = judge(attempt);

        assertThat(judged.get("execution").get("score").asInt()).isEqualTo(100);
        assertThat(judged.get("execution").get("verdict").asText()).isEqualTo("NEEDS_REVIEW");
        assertThat(judged.get("execution").get("reasons"))
                .extracting(JsonNode::asText)
                .contains("Evidence was captured before the visit was ordered or after it was received");
    }

    @Test
    void photosOfOneCameraAreNotDoubtedAndThoseOfSeveralAre() {
        Phone.Attempt attempt = begin(order()).fix(field);
        photo(attempt, takenWith("Fairphone", "FP5", 1));
        photo(attempt, takenWith("Fairphone", "FP5", 2));
        photo(attempt, scene(3));
        assertVerified(judge(attempt));

        Phone.Attempt other = begin(orderAt("PUNE-2")).fix(field);
        photo(other, takenWith("Fairphone", "FP5", 4));
        photo(other, takenWith("Nokia", "G42", 5));
        photo(other, scene(6));
        assertDoubted(judge(other), "The photos were taken with different cameras: Fairphone FP5, Nokia G42");
    }

    private static byte[] takenWith(String make, String model, long seed) {
        return new ExifData().camera(make, model).in(scene(seed));
    }

    @Test
    void everyDoubtAboutEveryPhotoIsNamed() {
        FieldTask first = order();
        JsonNode before = judge(first, scene(1));
        OffsetDateTime taken = now(-90).atOffset(ZoneOffset.UTC);
        FieldTask second = orderAt("PUNE-2");
        Phone.Attempt attempt = begin(second).fix(field);
        photo(attempt, scene(2));
        photo(
                attempt,
                new ExifData()
                        .camera("Fairphone", "FP5")
                        .takenAt(taken.toLocalDateTime(), "Z")
                        .position(field.site.latitude() + 9 * SECOND, field.site.longitude())
                        .in(scene(1)));
        photo(attempt, takenWith("Nokia", "G42", 3));

        assertDoubted(
                judge(attempt),
                "Photo 2 " + alike(first, before),
                "Photo 2 was taken 277 m from the fix, by its EXIF data",
                "Photo 2 was taken at %s, by its EXIF data".formatted(taken),
                "The photos were taken with different cameras: Fairphone FP5, Nokia G42");
    }

    @Test
    void samePhotoInAnotherTaskIsFound() {
        FieldTask first = order();
        JsonNode before = judge(first, scene(1));
        assertVerified(before);

        assertDoubted(judge(orderAt("PUNE-2"), scene(1)), "Photo 1 " + alike(first, before));
    }

    @Test
    void smallerAndCompressedCopyInAnotherTaskIsFound() {
        FieldTask first = order();
        JsonNode before = judge(first, scene(1));

        assertDoubted(judge(orderAt("PUNE-2"), smaller(1)), "Photo 1 " + alike(first, before));
    }

    @Test
    void photoOfAnEarlierVisitToTheSameSiteIsFound() {
        FieldTask first = order();
        JsonNode before = judge(first, scene(1));
        FieldTask second = order();

        assertDoubted(judge(second, smaller(1)), "Photo 1 " + alike(first, before));
    }

    @Test
    void sameFileInAnotherTaskIsFound() {
        FieldTask first = order();
        UUID file = phone.upload(first, StoredFile.Kind.PHOTO, scene(1));
        Phone.Attempt attempt = begin(first).fix(field);
        attempt.photo(file);
        JsonNode before = judge(attempt);
        Phone.Attempt again = begin(orderAt("PUNE-2")).fix(field);
        again.photo(file);

        assertDoubted(judge(again), "Photo 1 " + alike(first, before));
    }

    @Test
    void copyThatWasUploadedBeforeTheOtherIsFound() {
        FieldTask first = order();
        FieldTask second = orderAt("PUNE-2");
        UUID early = phone.upload(second, StoredFile.Kind.PHOTO, scene(1));
        JsonNode before = judge(first, scene(1));
        assertVerified(before);
        Phone.Attempt attempt = begin(second).fix(field);
        attempt.photo(early);

        assertDoubted(judge(attempt), "Photo 1 " + alike(first, before));
    }

    @Test
    void copyIsFoundBehindManyOthers() {
        FieldTask first = order();
        JsonNode before = judge(first, scene(1));
        FieldTask second = orderAt("PUNE-2");
        for (int copy = 0; copy < 25; copy++) {
            phone.upload(second, StoredFile.Kind.PHOTO, stamped(1));
        }

        assertDoubted(judge(second, stamped(1)), "Photo 1 " + alike(first, before));
    }

    @Test
    void copiesWithinATaskAreNotDoubtedInWhicheverExecutionTheyAre() {
        FieldTask task = order(field.vendorCrew, 10, 2, false);
        Phone other = new Phone(http, visit.engineer()).register();
        Phone.Attempt setAside = other.attempt(task).start();
        setAside.photo(other.upload(task, StoredFile.Kind.PHOTO, scene(1)));
        assertThat(outcomes(other.send(setAside.operations))).containsOnly("APPLIED");
        Phone.Attempt attempt = begin(task).fix(field);
        photo(attempt, scene(1));
        photo(attempt, smaller(1));
        lottery.drawNext();
        assertJudged(judge(attempt), "VERIFIED", 100);
        visit.askAgain(task, "photos", "nothing is to be seen");

        Phone.Attempt again = phone.attempt(task);
        again.say("START", "round", 2);
        again.fix(field);
        photo(again, scene(1));
        photo(again, smaller(1));
        assertVerified(judge(again));
    }

    @Test
    void evidenceOfAnotherTenantIsNeverNamed() {
        Phone ofTheCircle = new Phone(http, username(field.circle, "field-engineer")).register();
        FieldTask foreign = order(field.crew, 10, 1, false);
        Phone.Attempt attempt = ofTheCircle.attempt(foreign).start().fix(field);
        attempt.photo(ofTheCircle.upload(foreign, StoredFile.Kind.PHOTO, scene(1)));
        assertVerified(judge(ofTheCircle, attempt));

        FieldTask first = orderAt("PUNE-2");
        assertThat(first.tenantId()).isNotEqualTo(foreign.tenantId());
        JsonNode before = judge(first, scene(1));
        assertVerified(before);

        assertDoubted(judge(orderAt("PUNE-3"), smaller(1)), "Photo 1 " + alike(first, before));
    }

    @Test
    void whatIsNoPhotoCountsAsNone() {
        FieldTask task = order(field.vendorCrew, 10, 2, false);
        Phone.Attempt attempt = begin(task).fix(field);
        photo(attempt, scene(1));
        attempt.photo(
                phone.upload(task, StoredFile.Kind.DOCUMENT, "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII)));
        attempt.photo(phone.upload(task, StoredFile.Kind.SIGNATURE, scene(2)));

        assertJudged(
                judge(attempt),
                "REJECTED",
                75,
                "Photos are missing",
                DOUBTED,
                "The evidence has fewer than 80 points",
                "Photo 2 was not uploaded as a photo and does not count",
                "Photo 3 was not uploaded as a photo and does not count");
        assertThat(field.openTasks(task.businessKey())).containsExactly("Task_CaptureEvidence");
    }

    private static void assertSerials(JsonNode judged, Tuple... found) {
        assertThat(judged.get("serials"))
                .extracting(serial -> serial.get("serialNumber").asText(), serial -> serial.get("finding")
                        .asText())
                .containsExactlyInAnyOrder(found);
    }

    @Test
    void serialNumbersAreReadFromPhotosOfLabels() {
        EquipmentItem elsewhere = field.radio("R-7", field.site("PUNE-7", false));
        String first = field.radios.get(0).serialNumber();
        String second = field.radios.get(1).serialNumber();
        Phone.Attempt attempt = begin(order(field.vendorCrew, 10, 1, true)).fix(field);
        photo(attempt, scene(1));
        label(attempt, photoOfCode(first, BarcodeFormat.CODE_128, 2));
        label(attempt, photoOfCode(elsewhere.serialNumber(), BarcodeFormat.QR_CODE, 3));
        label(attempt, photoOfCode("UNHEARD-OF", BarcodeFormat.CODE_128, 4));

        JsonNode judged = judge(attempt);

        assertSerials(
                judged,
                tuple(first, "MATCHED"),
                tuple(second, "MISSING"),
                tuple(elsewhere.serialNumber(), "UNEXPECTED"),
                tuple("UNHEARD-OF", "UNEXPECTED"));
        assertJudged(
                judged,
                "NEEDS_REVIEW",
                88,
                "Equipment that should be at the site was not found",
                "Equipment was found that should not be at the site");
        String reviewed =
                field.task(attempt.task.businessKey(), "Task_ReviewEvidence").getId();
        SpinJsonNode table = (SpinJsonNode) field.tasks.getVariable(reviewed, "serialFindings");
        assertThat(table.elements())
                .extracting(
                        row -> row.prop("serialNumber").stringValue(),
                        row -> row.prop("finding").stringValue(),
                        row -> row.prop("method").stringValue())
                .containsExactlyInAnyOrder(
                        tuple(first, "matched", "photo"),
                        tuple(second, "missing", ""),
                        tuple(elsewhere.serialNumber(), "unexpected", "photo"),
                        tuple("UNHEARD-OF", "unexpected", "photo"));
    }

    @Test
    void codeInAPhotoOfTheSiteIsFoundWhereItIsExpectedAndNeedsNoExplanationOtherwise() {
        Phone.Attempt attempt = begin(order(field.vendorCrew, 10, 1, true)).fix(field);
        photo(attempt, photoOfCode(field.radios.get(0).serialNumber(), BarcodeFormat.QR_CODE, 1));
        photo(attempt, photoOfCode("UNHEARD-OF", BarcodeFormat.CODE_128, 2));
        label(attempt, photoOfCode(field.radios.get(1).serialNumber(), BarcodeFormat.QR_CODE, 3));

        JsonNode judged = judge(attempt);

        assertSerials(
                judged,
                tuple(field.radios.get(0).serialNumber(), "MATCHED"),
                tuple(field.radios.get(1).serialNumber(), "MATCHED"));
        assertVerified(judged);
    }

    @Test
    void numberThatIsOnNoLabelIsLookedAtWhereAScanIsAskedFor() {
        JsonNode asked = judge(oneLabelledAndBothTicked(order(field.vendorCrew, 10, 1, true, true), 1));
        field.complete("supervisor", taskOf(asked).businessKey(), "Task_ReviewEvidence", "answer", "approve");
        JsonNode notAsked = judge(oneLabelledAndBothTicked(order(field.vendorCrew, 10, 1, true, false), 2));

        assertJudged(
                asked, "NEEDS_REVIEW", 100, "Serial numbers were typed or ticked off, not read from the equipment");
        assertVerified(notAsked);
    }

    @Test
    void nothingIsMissingWhereNobodyWasToLookForEverything() {
        Phone.Attempt attempt =
                begin(order(field.vendorCrew, 10, 1, false, true)).fix(field, 12);
        photo(attempt, scene(1));
        label(attempt, photoOfCode(field.radios.get(0).serialNumber(), BarcodeFormat.QR_CODE, 2));

        JsonNode judged = judge(attempt);

        assertSerials(judged, tuple(field.radios.get(0).serialNumber(), "MATCHED"));
        String key = attempt.task.businessKey();
        assertThat(field.tasks.getVariable(
                        field.task(key, "Task_ReviewEvidence").getId(), "hasDifferences"))
                .isEqualTo(false);
        field.complete("supervisor", key, "Task_ReviewEvidence", "answer", "approve", "differences", "record");
        assertThat(field.placeOf(field.radios.get(1))).isEqualTo(Place.site(field.site.id()));
    }

    @Test
    void whatIsFoundAlthoughItStandsElsewhereIsADifferenceInAnyCase() {
        EquipmentItem elsewhere = field.radio("R-7", field.site("PUNE-7", false));
        Phone.Attempt attempt = begin(order(field.vendorCrew, 10, 1, false)).fix(field, 12);
        photo(attempt, scene(1));
        label(attempt, photoOfCode(elsewhere.serialNumber(), BarcodeFormat.QR_CODE, 2));

        assertSerials(judge(attempt), tuple(elsewhere.serialNumber(), "UNEXPECTED"));

        field.complete(
                "supervisor",
                attempt.task.businessKey(),
                "Task_ReviewEvidence",
                "answer",
                "approve",
                "differences",
                "record");
        assertThat(field.placeOf(elsewhere)).isEqualTo(Place.site(field.site.id()));
        assertThat(field.placeOf(field.radios.get(0))).isEqualTo(Place.site(field.site.id()));
    }

    private Phone.Attempt oneLabelledAndBothTicked(FieldTask task, int seed) {
        Phone.Attempt attempt = begin(task).fix(field);
        photo(attempt, scene(seed));
        for (EquipmentItem radio : field.radios) {
            attempt.say("SERIAL", "serialNumber", radio.serialNumber(), "method", "TICKED");
        }
        label(attempt, photoOfCode(field.radios.get(1).serialNumber(), BarcodeFormat.QR_CODE, seed + 2));
        return attempt;
    }

    @Test
    void partNumberBesideAnExpectedSerialNumberNeedsNoExplanationButAnotherItemDoes() {
        EquipmentItem elsewhere = field.radio("R-7", field.site("PUNE-7", false));
        Phone.Attempt attempt = begin(order(field.vendorCrew, 10, 1, true)).fix(field);
        photo(attempt, scene(1));
        label(attempt, photoOfCodes("KRC 161 282", field.radios.get(0).serialNumber(), 2));
        label(attempt, photoOfCodes(field.radios.get(1).serialNumber(), elsewhere.serialNumber(), 3));

        JsonNode judged = judge(attempt);

        assertSerials(
                judged,
                tuple(field.radios.get(0).serialNumber(), "MATCHED"),
                tuple(field.radios.get(1).serialNumber(), "MATCHED"),
                tuple(elsewhere.serialNumber(), "UNEXPECTED"));
        assertJudged(judged, "NEEDS_REVIEW", 92, "Equipment was found that should not be at the site");
    }

    @Test
    void labelThatCannotBeReadLeavesItsItemMissing() {
        Phone.Attempt attempt = begin(order(field.vendorCrew, 10, 1, true)).fix(field);
        photo(attempt, scene(1));
        label(attempt, photoOfCode(field.radios.get(0).serialNumber(), BarcodeFormat.QR_CODE, 2));
        label(attempt, scene(3));

        JsonNode judged = judge(attempt);

        assertSerials(
                judged,
                tuple(field.radios.get(0).serialNumber(), "MATCHED"),
                tuple(field.radios.get(1).serialNumber(), "MISSING"));
        assertJudged(judged, "NEEDS_REVIEW", 88, "Equipment that should be at the site was not found");
    }

    @Test
    void photoOfALabelIsCheckedAsAnyOtherButShowsNothingOfTheSite() {
        byte[] label = photoOfCode(field.radios.get(0).serialNumber(), BarcodeFormat.QR_CODE, 1);
        Phone.Attempt earlier = begin(order()).fix(field);
        photo(earlier, scene(2));
        label(earlier, label);
        JsonNode before = judge(earlier);
        Phone.Attempt attempt = begin(orderAt("PUNE-2")).fix(field);
        label(attempt, label);
        label(attempt, northOfTheSite(9));

        assertJudged(
                judge(attempt),
                "REJECTED",
                75,
                "Photos are missing",
                DOUBTED,
                "The evidence has fewer than 80 points",
                "Photo 1 " + alike(earlier.task, before),
                "Photo 2 was taken 277 m from the fix, by its EXIF data");
    }
}
