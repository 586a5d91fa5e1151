package io.fieldwright.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.fieldwright.tenancy.Organisation;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The invited and compliance in a real browser; pictures of what they saw are in target/invitations. */
@EnabledIf("aBrowserIsInstalled")
class InvitationPageTests extends InvitationTest {

    @LocalServerPort
    int port;

    @Autowired
    ProcessEngine engine;

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

    @Test
    void invitedAnswersOnThePageAndComplianceApprovesInTasklist() {
        Invitation invitation = invite();
        useTheEngineOfThisApplication();
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium().orElseThrow())
                                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run")))) {
            accept(browser, mailedToken(email));
            assertThat(now(invitation).state()).isEqualTo(Invitation.State.UNDER_REVIEW);
            approve(browser);
        }
        assertThat(stateOf(vendor)).isEqualTo(Organisation.State.ACTIVE);
    }

    /** The web apps know the engine that was started last in this JVM. */
    private void useTheEngineOfThisApplication() {
        ProcessEngines.registerProcessEngine(engine);
    }

    private void accept(Browser browser, String token) {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setViewportSize(390, 844))) {
            Page page = context.newPage();
            page.navigate("http://localhost:" + port + "/invitations/accept?token=" + token);
            picture(page, "accept on a telephone");
            page.setViewportSize(1100, 900);
            picture(page, "accept");
            page.getByLabel("Username").fill("boss." + vendor);
            page.getByLabel("Full name").fill("The Boss");
            page.getByLabel("Password").fill("short");
            page.getByRole(AriaRole.BUTTON).click();
            page.getByText("Please check your answers").waitFor();
            picture(page, "accept refused");
            assertThat(page.getByLabel("Password").getAttribute("aria-invalid")).isEqualTo("true");
            page.getByLabel("Password").fill(PASSWORD);
            for (var document : mandatoryDocuments()) {
                String group = "[name='documents[" + document.kind().ordinal() + "].";
                page.locator(group + "number']").fill(document.number());
                page.locator(group + "issuer']").fill(document.issuer());
                page.locator(group + "issuedOn']").fill(document.issuedOn().toString());
                page.locator(group + "expiresOn']").fill(String.valueOf(document.expiresOn()));
            }
            page.getByRole(AriaRole.BUTTON).click();
            page.getByText("Thank you").first().waitFor();
            picture(page, "thank you");
            page.navigate("http://localhost:" + port + "/invitations/accept?token=" + token);
            picture(page, "dead link");
            assertThat(page.title()).startsWith("This link does not work");
        }
    }

    private void approve(Browser browser) {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1400, 1200))) {
            Page page = context.newPage();
            page.setDefaultTimeout(30_000);
            page.navigate("http://localhost:" + port + "/camunda/app/tasklist/default/");
            page.getByLabel("Username").fill(username(circle, "compliance"));
            page.getByLabel("Password").fill(PASSWORD);
            page.getByRole(AriaRole.BUTTON).click();
            page.getByText("Offered to my groups").first().click();
            page.locator(".tasks-list li.task").first().click();
            page.locator("button.claim, a.claim").first().click();
            page.locator(".fjs-form input").first().waitFor();
            assertThat(page.locator(".fjs-form").innerText()).contains("GST registration NO-42");
            picture(page, "Review compliance");
            page.getByText("More documents are needed").click();
            page.getByLabel("What is missing").waitFor();
            picture(page, "Review compliance needs more");
            page.getByText("Yes, activate it").click();
            page.keyboard().press("Tab");
            page.waitForTimeout(500);
            page.locator("button:has-text('Complete')").click();
            page.locator(".fjs-form").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        }
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "invitations", name.replace(' ', '-') + ".png")));
    }
}
