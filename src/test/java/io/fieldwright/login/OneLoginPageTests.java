package io.fieldwright.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.Person;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** However a session ends, a real browser finds its way back to the login page. */
@FieldwrightTest
@EnabledIf("aBrowserIsInstalled")
class OneLoginPageTests {

    private static final String TASKLIST = "/camunda/app/tasklist/default/";

    private static Playwright playwright;
    private static com.microsoft.playwright.Browser chromium;

    @LocalServerPort
    private int port;

    @Autowired
    private Household house;

    private Person coordinator;

    static boolean aBrowserIsInstalled() {
        return executable().isPresent();
    }

    private static Optional<Path> executable() {
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
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable().orElseThrow())
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    @AfterAll
    static void stopBrowser() {
        chromium.close();
        playwright.close();
    }

    @BeforeEach
    void person() {
        coordinator = house.person(house.circle, "coordinator");
    }

    private void inTasklist(Consumer<Page> steps) {
        List<String> refusals = new ArrayList<>();
        Page page = chromium.newContext(new NewContextOptions().setViewportSize(1400, 1000))
                .newPage();
        page.setDefaultTimeout(30_000);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                refusals.add(message.text());
            }
        });
        page.navigate("http://localhost:" + port + TASKLIST);
        signIn(page);
        steps.accept(page);
        assertThat(refusals).isEmpty();
    }

    private void signIn(Page page) {
        page.getByLabel("Username").fill(coordinator.username());
        page.getByLabel("Password").fill(Household.PASSWORD);
        page.getByRole(AriaRole.BUTTON).click();
        page.getByText("Offered to my groups").first().waitFor();
    }

    private void assertOnLoginPage(Page page, String picture) {
        page.waitForURL("**/login");
        page.getByLabel("Username").waitFor();
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "login", picture + ".png")));
    }

    @Test
    void signingOutInTasklistLeadsToTheLoginPageAndBackAgain() {
        inTasklist(page -> {
            page.locator("li.logout a").first().dispatchEvent("click");
            assertOnLoginPage(page, "signed-out");
            page.navigate("http://localhost:" + port + TASKLIST);
            signIn(page);
        });
    }

    @Test
    void sessionThatWasEndedElsewhereLeadsToTheLoginPageWithTheNextClick() {
        inTasklist(page -> {
            house.call(
                    Household.basic(coordinator.username(), Household.PASSWORD),
                    HttpMethod.DELETE,
                    "/api/v1/me/sessions",
                    null);
            page.getByText("My tasks").first().click();
            assertOnLoginPage(page, "session-ended");
        });
    }

    @Test
    void deactivatedPersonComesToTheLoginPageWithTheNextClick() {
        inTasklist(page -> {
            house.change(coordinator, false, "coordinator");
            page.getByText("My tasks").first().click();
            assertOnLoginPage(page, "deactivated");
        });
    }
}
