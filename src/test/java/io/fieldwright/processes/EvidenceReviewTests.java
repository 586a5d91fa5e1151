package io.fieldwright.processes;

import static io.fieldwright.RoleHolders.PASSWORD;
import static io.fieldwright.RoleHolders.username;
import static io.fieldwright.processes.Field.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.fieldwright.Chromium;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.Tasklist;
import io.fieldwright.fieldwork.Execution;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTaskState;
import io.fieldwright.files.ExifData;
import io.fieldwright.files.StoredFile;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Supervisors, coordinators and clients judge evidence in Tasklist, in a real browser. */
@FieldwrightTest
class EvidenceReviewTests {

    @RegisterExtension
    static final Chromium chromium = new Chromium("evidence");

    @Autowired
    ObjectProvider<Visit> visits;

    @LocalServerPort
    int port;

    Visit visit;
    Field field;

    @BeforeEach
    void furnish() {
        visit = visits.getObject().furnish();
        field = visit.field;
    }

    private Page signedIn(String username) {
        Page page = chromium.page(1400, 2000);
        Tasklist.open(page, port);
        Tasklist.signIn(page, username, PASSWORD);
        return page;
    }

    private void work(String role, FieldTask task, String what, Consumer<Page> answers) {
        Page page = signedIn(username(field.circle, role));
        Tasklist.takeUp(page, task.businessKey());
        answers.accept(page);
        chromium.picture(page, what);
        Tasklist.complete(page);
        page.locator(".fjs-form").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        field.runJobs(task.businessKey());
    }

    /** Inaccurate, and one of two items is missing. */
    private void submitDoubtful(FieldTask task) {
        visit.evidence(task)
                .fix(field.site.latitude() + 0.0002, field.site.longitude(), 12)
                .photos(5)
                .serials(field.radios.get(0).serialNumber())
                .signature()
                .submit();
    }

    private static void requireDrawn(Page page, String pictures) {
        Locator shown = page.locator(pictures);
        shown.first().waitFor();
        assertThat(shown.all()).isNotEmpty().allSatisfy(picture -> {
            picture.scrollIntoViewIfNeeded();
            picture.evaluate("picture => picture.decode()");
            assertThat((Integer) picture.evaluate("picture => picture.naturalWidth"))
                    .isPositive();
        });
    }

    @Test
    void everybodyJudgesInTasklistWhatTheyAreShown() {
        FieldTask task = visit.order(true);
        field.fireTimers(task.businessKey());
        work("coordinator", task, "Arrange visit", page -> {
            PlaywrightAssertions.assertThat(page.locator(".fjs-form")).containsText("nobody answered in time");
            page.getByText("Offer the visit again").click();
        });
        visit.accept(task);
        submitDoubtful(task);

        work("supervisor", task, "Review asks again", page -> {
            for (String told :
                    List.of("uncertain", "needs review", field.radios.get(1).serialNumber())) {
                PlaywrightAssertions.assertThat(page.locator(".fjs-form")).containsText(told);
            }
            requireDrawn(page, ".fjs-form img");
            page.getByText("No, ask again").click();
            page.getByText("Position", new Page.GetByTextOptions().setExact(true))
                    .last()
                    .click();
            page.getByLabel("Why?").fill("Please wait for a better position");
        });
        assertThat(visit.now(task).remark()).isEqualTo("Please wait for a better position");
        assertThat(visit.now(task).askedAgain()).containsExactly("gps");

        submitDoubtful(task);
        work("supervisor", task, "Review approves", page -> {
            page.getByText("Yes, approve").click();
            page.getByText("Leave the records as they are").click();
        });
        work("client", task, "Client accepts", page -> page.getByText("Yes, accept")
                .click());

        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.DONE);
    }

    @Test
    void coordinatorReadsWhyAPhotoDidNotCome() {
        FieldTask task = visit.order(false);
        visit.accept(task);
        UUID photo = UUID.randomUUID();
        UUID execution = visit.evidence(task).photo(photo).submit();
        refusalOf(() -> visit.evidence(task).upload(photo, StoredFile.Kind.PHOTO, new byte[] {1, 2}));

        Page coordinator = signedIn(username(field.circle, "coordinator"));
        coordinator.navigate("http://localhost:" + port + "/evidence/executions/" + execution);

        assertThat(coordinator.locator("main").innerText())
                .contains("evidence: file: must be a JPEG or a PNG")
                .doesNotContain("not uploaded yet");
    }

    @Test
    void pageShowsAllEvidenceToWhoeverMaySeeTheFieldTaskAndToNobodyElse() {
        FieldTask task = visit.order(false);
        visit.accept(task);
        submitDoubtful(task);
        Execution execution = visit.execution(task);
        String address = "http://localhost:" + port + "/evidence/executions/" + execution.id();

        Page supervisor = signedIn(username(field.circle, "supervisor"));
        supervisor.navigate(address);
        requireDrawn(supervisor, "main img");
        assertThat(supervisor.locator("main").innerText())
                .contains("Needs review", field.radios.get(1).serialNumber(), "missing", "S. Keeper");
        chromium.picture(supervisor, "All evidence");
        assertThat(supervisor
                        .navigate("http://localhost:" + port + "/evidence/executions/" + UUID.randomUUID())
                        .status())
                .isEqualTo(404);

        Visit others = visits.getObject().furnish();
        Page stranger = signedIn(username(others.field.circle, "supervisor"));
        UUID photo = visit.photosOf(execution).get(0);
        for (String path :
                new String[] {"", "/sketch.svg", "/files/" + photo + "/thumbnail", "/files/" + photo + "/picture"}) {
            Response answer = stranger.navigate(address + path);
            assertThat(answer.status()).as(path).isEqualTo(404);
        }
        Page nobody = chromium.page(800, 600);
        nobody.navigate(address);
        assertThat(nobody.url()).endsWith("/login");
    }

    @Test
    void pageNumbersPhotosAsTheReasonsDo() {
        FieldTask task = visit.order(false);
        visit.accept(task);
        Visit.Evidence evidence = visit.evidence(task);
        UUID label = evidence.uploadedPhoto();
        UUID elsewhere = evidence.upload(
                StoredFile.Kind.PHOTO, new ExifData().position(18.53, 73.8567).in(visit.picture()));
        evidence.photoLeftOut()
                .fixAtTheSite()
                .photos(4)
                .label(label)
                .photo(elsewhere)
                .allSerials()
                .signature()
                .submit();
        assertThat(visit.execution(task).reasons())
                .anySatisfy(reason -> assertThat(reason).startsWith("Photo 6 was taken"));

        Page supervisor = signedIn(username(field.circle, "supervisor"));
        supervisor.navigate("http://localhost:" + port + "/evidence/executions/"
                + visit.execution(task).id());

        List<Locator> photos = supervisor.locator(".photos li").all();
        assertThat(photos).hasSize(7);
        assertThat(photos.get(4).innerText()).contains("of a label");
        assertThat(photos.get(4).locator("img").getAttribute("src")).contains(label.toString());
        assertThat(photos.get(5).locator("img").getAttribute("alt")).isEqualTo("Photo 6");
        assertThat(photos.get(5).locator("img").getAttribute("src")).contains(elsewhere.toString());
        assertThat(photos.subList(0, 6))
                .allSatisfy(photo -> assertThat(photo.innerText()).doesNotContain("does not count"));
        assertThat(photos.get(6).innerText()).contains("does not count");
    }
}
