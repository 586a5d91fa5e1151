package io.fieldwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.logistics.DismantleState;
import io.fieldwright.projects.Allocation;
import io.fieldwright.sites.Site;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;

/** People of every role work in Tasklist, in a real browser; pictures of what they saw are in target/tasklist. */
@FieldwrightTest
@EnabledIf("aBrowserIsInstalled")
class TasklistTests {

    private static Playwright playwright;
    private static Browser browser;

    @Autowired
    ObjectProvider<Field> fields;

    @LocalServerPort
    int port;

    Field field;

    /** What the browser asked for and was forbidden. */
    private final List<String> refused = new CopyOnWriteArrayList<>();

    static boolean aBrowserIsInstalled() {
        return chromium().isPresent();
    }

    private static Optional<Path> chromium() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> List.of("chromium", "chromium-browser", "google-chrome").stream()
                        .map(name -> Path.of(folder, name)))
                .filter(path -> path.toFile().canExecute())
                .findFirst();
    }

    @BeforeAll
    static void startBrowser() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium().orElseThrow())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
        playwright.close();
    }

    @BeforeEach
    void furnish() {
        field = fields.getObject().furnish();
    }

    @Test
    void everyRoleFindsItsTaskAndCompletesItInTasklist() {
        String key = field.allocate().businessKey();
        String serials =
                field.radios.get(0).serialNumber() + "\n" + field.radios.get(1).serialNumber();

        work("coordinator", "Assign team", page -> {
            pick(page, "Team", "Team crew");
            page.getByLabel("Note for the team lead").fill("The gate is at the back");
        });
        field.runJobs(key);
        work("team-lead", "Accept assignment", page -> {
            assertThat(page.locator(".fjs-form").innerText()).contains("The gate is at the back");
            page.getByText("Yes, we accept").click();
        });
        field.runJobs(key);
        work("asset-owner", "Authorise dismantle", page -> page.getByText("Yes, dismantle it")
                .click());
        work("field-engineer", "Dismantle and scan", page -> {
            page.getByLabel("Items with a serial number").fill("NOT-REGISTERED");
            complete(page);
            page.getByText("NOT-REGISTERED is not registered").first().waitFor();
            picture(page, "Dismantle and scan refused");
            page.getByLabel("Items with a serial number").fill(serials.replaceFirst("\n", ", scrap\n"));
            page.getByLabel("Goods without a serial number").fill("feeder, working, 40");
        });
        field.runJobs(key);
        work("transport-coordinator", "Confirm trip", page -> pick(page, "Driver", "driver"));
        work("driver", "Sign loading", page -> page.getByLabel("Signed by").fill("R. Kumar"));
        work("driver", "Sign arrival", page -> {
            page.getByText("Yes, accepted").click();
            page.getByLabel("Signed by").fill("S. Keeper");
        });
        field.runJobs(key);
        work("storekeeper", "Count and scan", page -> {
            page.getByLabel("Items with a serial number").fill(serials);
            page.getByLabel("Goods without a serial number").fill("feeder, working, 40");
        });
        work("storekeeper", "Record scrap certificate", page -> {
            page.getByLabel("Certificate number").fill("SC-1");
            page.getByLabel("Issued by").fill("Recycler");
            page.getByLabel("Date of the certificate").fill("01/31/2026");
            page.keyboard().press("Enter");
        });
        field.runJobs(key);

        assertThat(field.record().state()).isEqualTo(DismantleState.CLOSED);
        assertThat(field.openTasks(key)).isEmpty();
    }

    @Test
    void whoeverIsLimitedToOneSiteWorksThereAndIsRefusedNothing() {
        Site other = field.site("PUNE-2", false);
        field.radio("R-3", other);
        Allocation elsewhere =
                field.as("coordinator", () -> field.allocations.allocate(field.project.id(), other.id()));
        field.runJobs(elsewhere.businessKey());
        String key = field.allocate().businessKey();
        field.people.limit(
                field.people
                        .find(Field.username(field.circle, "coordinator"))
                        .orElseThrow()
                        .id(),
                "*",
                Set.of(field.site.id()),
                null);

        work("coordinator", "Assign team", page -> pick(page, "Team", "Team crew"));

        assertThat(refused).isEmpty();
        field.runJobs(key);
        assertThat(field.openTasks(key)).containsExactly("Task_AcceptAssignment");
        assertThat(field.openTasks(elsewhere.businessKey())).containsExactly("Task_AssignTeam");
    }

    /** Signs somebody in, has them claim the only task they are offered, fill in its form and complete it. */
    private void work(String role, String task, Consumer<Page> answers) {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1400, 1500))) {
            Page page = context.newPage();
            page.setDefaultTimeout(30_000);
            page.onResponse(response -> {
                if (response.status() == HttpStatus.FORBIDDEN.value()) {
                    refused.add(response.url());
                }
            });
            page.navigate("http://localhost:" + port + "/camunda/app/tasklist/default/");
            page.getByLabel("Username").fill(Field.username(field.circle, role));
            page.getByLabel("Password").fill(Field.PASSWORD);
            page.getByRole(AriaRole.BUTTON).click();
            boolean assigned = task.equals("Accept assignment");
            page.getByText(assigned ? "My tasks" : "Offered to my groups")
                    .first()
                    .click();
            Locator offered = page.locator(".tasks-list li.task");
            offered.first().waitFor();
            assertThat(offered.count()).as("tasks offered to the " + role).isEqualTo(1);
            picture(page, task + " offered");
            offered.first().getByText("RECOVERY/PUNE-1").waitFor();
            offered.first().click();
            if (!assigned) {
                page.locator("button.claim, a.claim").first().click();
            }
            page.locator(".fjs-form button, .fjs-form input, .fjs-form textarea")
                    .first()
                    .waitFor();
            picture(page, task);
            answers.accept(page);
            picture(page, task + " filled in");
            complete(page);
            page.locator(".fjs-form").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        }
    }

    /** The form hands its answers on a moment after the last key; leaving the field says that it was the last. */
    private static void complete(Page page) {
        page.keyboard().press("Tab");
        page.waitForTimeout(500);
        page.locator("button:has-text('Complete')").click();
    }

    private static void pick(Page page, String label, String option) {
        page.getByLabel(label).first().click();
        page.locator(".fjs-dropdownlist-item")
                .filter(new Locator.FilterOptions().setHasText(option))
                .first()
                .click();
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "tasklist", name.replace(' ', '-') + ".png")));
    }
}
