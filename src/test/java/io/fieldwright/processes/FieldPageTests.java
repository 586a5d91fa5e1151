package io.fieldwright.processes;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.fieldwright.RoleHolders.username;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.fieldwright.Chromium;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.RoleHolders;
import io.fieldwright.Tasklist;
import io.fieldwright.equipment.ChecklistQuestion;
import io.fieldwright.fieldwork.Evidence;
import io.fieldwright.fieldwork.Execution;
import io.fieldwright.fieldwork.FieldOrder;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTaskState;
import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.fieldwork.GpsOutcome;
import io.fieldwright.fieldwork.Requirements;
import io.fieldwright.fieldwork.Verdict;
import io.fieldwright.projects.Allocation;
import io.fieldwright.projects.AllocationState;
import io.fieldwright.tenancy.TenantScope;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The field page in a real browser, with the network off and on; pictures of it are in target/field. */
@FieldwrightTest
class FieldPageTests {

    private static final Requirements ASKED = new Requirements(10, 2, false, true, List.of(), true, true);

    private static final ChecklistQuestion FENCE =
            new ChecklistQuestion("fence", "Is the fence closed?", ChecklistQuestion.Kind.YES_NO, List.of(), true);
    private static final ChecklistQuestion HEIGHT =
            new ChecklistQuestion("height", "Height of the mast", ChecklistQuestion.Kind.NUMBER, List.of(), true);

    private static final String EXPIRE =
            """
            field => new Promise(resolve => indexedDB.open("fieldwright").onsuccess = opened => {
              const logins = opened.target.result.transaction("logins", "readwrite").objectStore("logins");
              logins.openCursor().onsuccess = found => {
                const cursor = found.target.result;
                cursor.update({...cursor.value, usableUntil: 0, [field]: 0}).onsuccess = resolve;
              };
            }).then(() => true)""";

    @RegisterExtension
    static final Chromium chromium = new Chromium("field");

    @LocalServerPort
    int port;

    @Autowired
    ObjectProvider<Visit> visits;

    Visit visit;
    Field field;
    FieldTask task;
    String site;
    PhoneScreen phone;

    @BeforeEach
    void furnish() {
        visit = visits.getObject().furnish();
        field = visit.field;
        site = field.site.name();
        field.askAboutRadios(FENCE, HEIGHT);
        Instant now = Instant.now();
        task = field.as(
                "coordinator",
                () -> visit.fieldTasks.order(new FieldOrder(
                        visit.project.id(),
                        field.site.id(),
                        field.vendorCrew.id(),
                        null,
                        now,
                        now.plus(FieldTasks.VISIT_WINDOW),
                        ASKED,
                        true)));
        field.runJobs(task.businessKey());
        phone = new PhoneScreen(chromium, port, field.site.latitude(), field.site.longitude());
    }

    private PhoneScreen takePosition() {
        return phone.takePosition(field.site.latitude(), field.site.longitude(), 5);
    }

    private String serial(int number) {
        return field.radios.get(number).serialNumber();
    }

    private List<Evidence> evidence() {
        return TenantScope.asSystem(() -> visit.executions.of(task.id()).stream()
                .flatMap(execution -> visit.executions.details(task.id(), execution.id()).evidence().stream())
                .toList());
    }

    /** As noisy as a photo of leaves, so that it is uploaded in pieces. */
    private static byte[] largePicture() {
        BufferedImage image = new BufferedImage(1200, 900, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(11);
        for (int pixel = 0; pixel < 1200 * 900; pixel++) {
            image.setRGB(pixel % 1200, pixel / 1200, random.nextInt(0x1000000));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private void cancel() {
        field.as("coordinator", () -> visit.fieldTasks.requestCancellation(task.id(), "the tower is gone"));
        field.runJobs(task.businessKey());
    }

    @Test
    void everythingIsCapturedWithoutANetworkAndArrivesWithIt() {
        phone.signIn(visit.engineer());
        phone.picture("my tasks");
        phone.show(site);
        phone.picture("offered");
        phone.accept().waitUntilSent();
        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.CAPTURING);

        phone.show(site).withoutNetwork();
        phone.picture("accepted");
        takePosition()
                .photograph(largePicture(), visit.picture(), visit.picture())
                .removePhoto(2)
                .tick(serial(0))
                .type(serial(1))
                .answer("Yes", "Height of the mast", "42.5")
                .reopen()
                .show(site)
                .sign("S. Keeper");
        phone.picture("captured");
        phone.submit();
        phone.picture("submitted");
        assertThat(evidence()).isEmpty();
        phone.reopen().follow("Unsent");
        phone.heading("Unsent work");
        assertThat(phone.page.getByText("You are offline.")).isVisible();
        phone.picture("unsent work");
        assertThat(phone.unsent()).isGreaterThan(10);

        List<Integer> pieces = new ArrayList<>();
        phone.context.onResponse(response -> {
            if (response.request().method().equals("PATCH")) {
                pieces.add(response.status());
            }
        });
        phone.withNetwork().waitUntilSent();
        phone.picture("sent");
        assertThat(pieces).hasSizeGreaterThan(1).containsOnly(204);
        assertThat(phone.page.locator("#tabs .badge")).hasCount(0);
        field.runJobs(task.businessKey());
        Execution execution = visit.execution(task);
        assertThat(execution.verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(execution.gpsOutcome()).isEqualTo(GpsOutcome.INSIDE);
        assertThat(TenantScope.asSystem(() -> visit.executions.counting(execution)))
                .extracting(Evidence::kind)
                .containsExactlyInAnyOrder(
                        Evidence.Kind.FIX,
                        Evidence.Kind.PHOTO,
                        Evidence.Kind.PHOTO,
                        Evidence.Kind.SERIAL,
                        Evidence.Kind.SERIAL,
                        Evidence.Kind.ANSWER,
                        Evidence.Kind.ANSWER,
                        Evidence.Kind.SIGNATURE);
        assertThat(field.openTasks(task.businessKey())).containsExactly("Task_AcceptVerification");
        phone.sendNow().show(site);
        assertThat(phone.page.getByText("With the client")).isVisible();
    }

    @Test
    void siteIsVerifiedFromItsAllocationToTheClientOverThePhoneAndTasklist() {
        field.site = field.site("PUNE-2", false);
        field.radios = List.of(field.radio("R-3", field.site));
        visit.drawBoundary();
        field.project = visit.project("HANDOVER", true);
        Allocation allocation = field.walkTo("Task_AcceptFieldTask");
        String key = allocation.businessKey();

        phone.signIn(visit.engineer()).show(field.site.name()).accept().withoutNetwork();
        phone.keepPoorPosition()
                .photograph(visit.picture(), visit.picture(), visit.picture(), visit.picture(), visit.picture())
                .tick(serial(0))
                .answer("Yes", "Height of the mast", "42.5")
                .sign("S. Keeper")
                .submitAllTheSame("Trees stand around.")
                .withNetwork()
                .waitUntilSent();
        field.runJobs(key);
        work("supervisor", "Review evidence", "Yes, approve");
        field.runJobs(key);
        work("client", "Accept verification", "Yes, accept");
        field.runJobs(key);

        assertThat(field.allocations.get(allocation.id()).state()).isEqualTo(AllocationState.DONE);
        assertThat(field.ended(key, "site-lifecycle")).isTrue();
        phone.sendNow().follow("My tasks");
        assertThat(phone.page.getByText(field.site.name())).hasCount(0);
    }

    /** Somebody claims the only task that they are offered in Tasklist, and answers it. */
    private void work(String role, String name, String answer) {
        Page page = chromium.page(1400, 1500);
        Tasklist.open(page, port);
        Tasklist.signIn(page, username(field.circle, role), RoleHolders.PASSWORD);
        page.getByText("Offered to my groups").first().click();
        page.locator(".tasks-list li.task").getByText(name).click();
        page.locator("button.claim, a.claim").first().click();
        page.getByText(answer).click();
        chromium.picture(page, name);
        Tasklist.complete(page);
        page.locator(".fjs-form").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    @Test
    void whatIsNotAskedForAgainStaysAsItIs() {
        phone.signIn(visit.engineer()).show(site).accept();
        phone.keepPoorPosition()
                .photograph(visit.picture(), visit.picture())
                .tick(serial(0), serial(1))
                .answer("No", "Height of the mast", "40")
                .sign("S. Keeper")
                .submitAllTheSame("Trees stand around.")
                .waitUntilSent();
        field.runJobs(task.businessKey());
        assertThat(visit.execution(task).note()).isEqualTo("Trees stand around.");
        visit.askAgain(task, "gps", "Go to the roof.");

        phone.sendNow().show(site);
        assertThat(phone.page.getByText("Go to the roof.")).isVisible();
        phone.picture("asked again");
        takePosition().submit().waitUntilSent();
        field.runJobs(task.businessKey());

        Execution second = visit.execution(task);
        assertThat(second.round()).isEqualTo(2);
        assertThat(second.verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(TenantScope.asSystem(() -> visit.executions.counting(second)))
                .hasSize(8);
    }

    @Test
    void pictureThatIsRefusedAfterTheSubmissionIsTakenAgainAndSubmittedAnew() {
        phone.signIn(visit.engineer()).show(site).accept().waitUntilSent().show(site);
        phone.withoutNetwork();
        takePosition()
                .photograph(visit.picture(), visit.picture("gif"))
                .tick(serial(0), serial(1))
                .answer("No", "Height of the mast", "40")
                .sign("S. Keeper")
                .submit();

        phone.withNetwork().follow("Unsent");
        assertThat(phone.page.getByText("Capture it again and submit again")).isVisible();
        phone.picture("refused picture");
        phone.press("Understood, remove from this list");
        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.CAPTURING);
        phone.show(site);
        assertThat(phone.page.getByText("Capture it again and submit again")).isVisible();
        assertThat(phone.page.getByText("file: must be a JPEG or a PNG", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        phone.picture("submission taken back");
        phone.photographMore(2, visit.picture()).submit().waitUntilSent();
        field.runJobs(task.businessKey());

        Execution execution = visit.execution(task);
        assertThat(execution.verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(TenantScope.asSystem(() -> visit.executions.counting(execution)))
                .hasSize(8);
    }

    @Test
    void conflictIsShownWithWhatToDo() {
        phone.signIn(visit.engineer()).show(site).accept().waitUntilSent().show(site);
        phone.withoutNetwork();
        takePosition().tick(serial(0));
        cancel();

        phone.withNetwork().follow("Unsent");

        assertThat(phone.page.getByText("the task was cancelled")).isVisible();
        assertThat(phone.page.getByText("Stop working on this task")).isVisible();
        phone.picture("conflict");
        phone.press("Understood, remove from this list");
        assertThat(phone.page.getByText("Everything has been sent.")).isVisible();
    }

    @Test
    void evidenceThatIsRefusedAfterTheSubmissionLeavesTheVisitOpen() {
        phone.signIn(visit.engineer()).show(site).accept().waitUntilSent().show(site);
        phone.withoutNetwork();
        phone.tick(serial(0)).follow("Serial numbers");
        Locator number = phone.page.getByLabel("Serial number", new Page.GetByLabelOptions().setExact(true));
        number.evaluate("input => input.removeAttribute('maxlength')");
        number.fill("9".repeat(201));
        phone.press("Add");
        assertThat(phone.page.getByLabel("9".repeat(201))).isChecked();
        phone.follow("Back");
        phone.submitAllTheSame("There is no more.");

        phone.withNetwork().follow("Unsent");
        assertThat(phone.page.getByText("Capture it again and submit again")).isVisible();
        phone.press("Understood, remove from this list");
        phone.show(site).submitAllTheSame("That was no serial number.").waitUntilSent();
        field.runJobs(task.businessKey());

        Execution execution = visit.execution(task);
        assertThat(execution.verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(execution.note()).isEqualTo("That was no serial number.");
        assertThat(TenantScope.asSystem(() -> visit.executions.counting(execution)))
                .hasSize(1);
    }

    @Test
    void phoneThatTheServerHasForgottenIsRegisteredAnew() {
        phone.signIn(visit.engineer());
        phone.page.evaluate(EXPIRE.replace("[field]: 0", "device: crypto.randomUUID()"), "device");

        phone.show(site).accept().waitUntilSent();

        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.CAPTURING);
    }

    @Test
    void pictureThatTheServerCannotStoreNowHoldsNothingUp() {
        phone.context.addInitScript("delete ServiceWorkerRegistration.prototype.sync");
        phone.reopen()
                .signIn(visit.engineer())
                .show(site)
                .accept()
                .waitUntilSent()
                .show(site);
        phone.withoutNetwork();
        phone.photograph(largePicture(), visit.picture());
        visit.orderAt("PUNE-2");
        phone.page.route("**/api/v1/file-uploads", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));

        phone.withNetwork().follow("My tasks");

        assertThat(phone.page.getByText(field.site.name())).isVisible();
        assertThat(phone.page.locator("#tabs .badge")).hasText("1");
        phone.page.unroute("**/api/v1/file-uploads");
        phone.sendNow().waitUntilSent();
    }

    @Test
    void whatAnotherTabHasSubmittedStaysAsItIs() {
        phone.signIn(visit.engineer()).show(site).accept().waitUntilSent().show(site);
        phone.withoutNetwork();
        phone.photograph(visit.picture(), visit.picture()).follow("Photos");
        Page before = phone.page;
        phone.open("").show(site).submitAllTheSame("The rest is locked.");

        phone.page = before;
        phone.press("Remove: Photo 1");
        phone.answerDialog("Remove");
        assertThat(phone.page.getByText("This visit has been submitted already."))
                .isVisible();
        phone.withNetwork().waitUntilSent();
        field.runJobs(task.businessKey());

        assertThat(visit.photosOf(visit.execution(task))).hasSize(2);
    }

    @Test
    void taskIsDeclinedOnceAndForAReason() {
        phone.signIn(visit.engineer()).show(site).follow("Decline");
        Locator reason = phone.page.getByLabel("Why does your team not go?");
        reason.fill("  ");
        phone.press("Decline the task");
        assertThat(reason).hasValue("");
        assertThat(reason).isFocused();

        reason.fill("The road is flooded.");
        phone.page
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Decline the task"))
                .dblclick();

        phone.waitUntilSent();
        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.ORDERED);
    }

    @Test
    void whatWasEnteredIsSavedWithoutLeavingTheFieldAndCanBeTakenBack() {
        phone.signIn(visit.engineer()).show(site).accept().follow("Checklist");
        Locator height = phone.page.getByLabel("Height of the mast");
        height.pressSequentially("42");
        phone.page.evaluate(
                """
                () => {
                  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
                  document.dispatchEvent(new Event("visibilitychange"));
                  delete document.visibilityState;
                }""");
        phone.page.getByText("Answer saved on this phone.").waitFor();
        assertThat(height).isFocused();
        phone.follow("Back");
        assertThat(phone.page.getByText("1 of 2 answered")).isVisible();

        phone.follow("Checklist");
        height.clear();
        phone.page.keyboard().press("Tab");
        phone.page.getByText("Removed.").waitFor();
        phone.follow("Back");
        assertThat(phone.page.getByText("0 of 2 answered")).isVisible();
    }

    @Test
    void focusStaysWithWhatIsWorkedOn() {
        phone.signIn(visit.engineer()).show(site).accept();
        phone.photograph(visit.picture(), visit.picture()).follow("Serial numbers");
        phone.page.getByLabel(serial(1)).focus();
        phone.page.keyboard().press("Space");
        assertThat(phone.page.getByText(serial(1) + " saved on this phone.")).isVisible();
        assertThat(phone.page.getByLabel(serial(1))).isFocused();

        phone.follow("Back");
        phone.removePhoto(1).follow("Photos");
        phone.press("Remove: Photo 1");
        phone.answerDialog("Cancel");
        assertThat(phone.page.getByLabel("Remove: Photo 1")).isFocused();
    }

    @Test
    void workOfOnePersonIsNeverSentAsAnother() {
        phone.signIn(visit.engineer()).show(site).accept().waitUntilSent().show(site);
        phone.withoutNetwork();
        takePosition().tick(serial(0), serial(1)).signOut();
        assertThat(phone.page.getByText("Sign out with unsent work?")).isVisible();
        phone.picture("sign out");
        phone.press("Sign out all the same");
        assertThat(phone.page.getByText("Unsent work of " + visit.engineer())).isVisible();
        List<String> sent = new ArrayList<>();
        phone.context.onRequest(request -> {
            if (request.url().endsWith("/sync/operations")) {
                sent.add(request.postData());
            }
        });

        phone.withNetwork()
                .signIn(username(field.vendor, "team-lead"))
                .sendNow()
                .waitUntilSent();
        assertThat(sent).isEmpty();
        assertThat(evidence()).isEmpty();

        phone.signOut().signIn(visit.engineer()).waitUntilSent();
        assertThat(evidence()).hasSize(3);
    }

    @Test
    void lostAnswerIsAskedForAgainAndNothingIsTakenTwice() {
        phone.signIn(visit.engineer()).show(site).accept().waitUntilSent().show(site);
        phone.withoutNetwork();
        takePosition().tick(serial(0), serial(1)).follow("Unsent");
        List<APIResponse> lost = new ArrayList<>();
        phone.page.route("**/api/v1/sync/operations", route -> {
            if (lost.isEmpty()) {
                lost.add(route.fetch());
            }
            route.abort();
        });

        phone.withNetwork();
        assertThat(phone.page.locator("#connection")).containsText("No connection");
        assertThat(phone.unsent()).isEqualTo(4);
        assertThat(evidence()).hasSize(3);
        List<Response> again = new ArrayList<>();
        phone.page.onResponse(response -> {
            if (response.url().endsWith("/sync/operations")) {
                again.add(response);
            }
        });
        phone.page.unroute("**/api/v1/sync/operations");
        phone.sendNow().waitUntilSent();

        assertThat(again).singleElement().satisfies(answer -> assertThat(answer.text())
                .contains("DUPLICATE")
                .doesNotContain("APPLIED", "STALE", "CONFLICT"));
        assertThat(evidence()).hasSize(3);
    }

    @Test
    void twoTabsExchangeTheRefreshTokenOnce() {
        phone.signIn(visit.engineer());
        Page first = phone.page;
        Set<Page> synchronised = new HashSet<>();
        phone.context.onResponse(response -> {
            if (response.url().contains("/sync/tasks?")) {
                synchronised.add(response.frame().page());
            }
        });
        phone.open("#/unsent").heading("Unsent work");
        phone.page.waitForCondition(() -> synchronised.contains(phone.page));
        synchronised.clear();
        List<String> exchanged = new ArrayList<>();
        phone.context.onRequest(request -> {
            if (request.url().endsWith("/login/refresh")) {
                exchanged.add(request.url());
            }
        });
        phone.page.evaluate(EXPIRE, "nothing");

        first.reload();
        phone.press("Send now");
        phone.page.waitForCondition(() -> synchronised.containsAll(List.of(first, phone.page)));
        assertThat(first.locator("#connection")).containsText("Online");
        assertThat(phone.page.locator("#connection")).containsText("Online");

        assertThat(exchanged).hasSize(1);
    }

    @Test
    void workGoesOnWhenTheLoginHasExpiredAndIsSentAfterThePassword() {
        phone.signIn(visit.engineer()).show(site).accept().waitUntilSent();
        phone.page.evaluate(EXPIRE, "refreshToken");
        phone.reopen().show(site);
        takePosition();
        assertThat(phone.page.locator("#connection")).containsText("Password needed");
        phone.follow("Sign in");
        assertThat(phone.page.getByLabel("Username")).hasValue(visit.engineer());
        phone.picture("password needed");
        phone.page.getByLabel("Password").fill(RoleHolders.PASSWORD);
        phone.press("Sign in");

        phone.waitUntilSent();
        assertThat(evidence()).hasSize(1);
    }

    @Test
    void codeThatTheCameraSeesIsKept() {
        phone.context.addInitScript(
                """
                const codes = ["", "https://long.example/".padEnd(201, "x")];
                window.BarcodeDetector = class {
                  detect() { return Promise.resolve([{ rawValue: codes.shift() ?? "%s" }]); }
                };
                navigator.mediaDevices.getUserMedia = async () => {
                  const canvas = document.createElement("canvas");
                  const pen = canvas.getContext("2d");
                  setInterval(() => pen.fillRect(0, 0, 9, 9), 50);
                  return canvas.captureStream();
                };"""
                        .formatted(serial(1)));
        phone.reopen().signIn(visit.engineer()).show(site).accept().follow("Serial numbers");
        phone.press("Scan a barcode");

        assertThat(phone.page.getByLabel(serial(1))).isChecked();
        phone.waitUntilSent();
        assertThat(evidence()).singleElement().extracting(Evidence::kind).isEqualTo(Evidence.Kind.SERIAL);
    }
}
