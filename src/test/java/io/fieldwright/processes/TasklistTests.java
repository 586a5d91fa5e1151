package io.fieldwright.processes;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.fieldwright.FieldwrightTest;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

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
    void everyRoleSeesItsTaskAndCompletesItInTasklist() {
        String key = field.allocate().businessKey();
        String lead = Field.username(field.circle, "team-lead");
        String driver = Field.username(field.circle, "driver");
        String serials =
                field.radios.get(0).serialNumber() + "\n" + field.radios.get(1).serialNumber();

        work("coordinator", "Assign team", page -> select(page, "Team", "Team crew"));
        field.runJobs(key);
        work(lead, "Accept assignment", page -> choose(page, "Accept"));
    }

    private interface Answers {
        void fill(Page page);
    }

    private void work(String role, String task, Answers answers) {
        String username = role.contains(".") ? role : Field.username(field.circle, role);
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1500, 1000))) {
            Page page = context.newPage();
            page.setDefaultTimeout(20_000);
            page.navigate("http://localhost:" + port + "/camunda/app/tasklist/default/");
            page.getByLabel("Username").fill(username);
            page.getByLabel("Password").fill(Field.PASSWORD);
            page.getByRole(com.microsoft.playwright.options.AriaRole.BUTTON).click();
            page.waitForTimeout(6000);
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/tasklist/explore-" + task + ".png")));
            System.err.println(page.content().length());
            try {
                java.nio.file.Files.writeString(Path.of("target/tasklist/explore.html"), page.content());
            } catch (Exception e) {
                throw new RuntimeException(e);
            }
            throw new IllegalStateException("stop");
        }
    }

    private static void select(Page page, String label, String option) {}

    private static void choose(Page page, String option) {}
}
