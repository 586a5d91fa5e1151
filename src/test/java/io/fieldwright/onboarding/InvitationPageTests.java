package io.fieldwright.onboarding;

import static io.fieldwright.RoleHolders.PASSWORD;
import static io.fieldwright.RoleHolders.username;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.fieldwright.Chromium;
import io.fieldwright.Tasklist;
import io.fieldwright.tenancy.Organisation;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The invited and compliance in a real browser; pictures of what they saw are in target/invitations. */
class InvitationPageTests extends InvitationTest {

    @RegisterExtension
    static final Chromium chromium = new Chromium("invitations");

    @LocalServerPort
    int port;

    @Autowired
    ProcessEngine engine;

    @Test
    void invitedAnswersOnThePageAndComplianceApprovesInTasklist() {
        Invitation invitation = invite();
        useTheEngineOfThisApplication();
        accept(mailedToken(email));
        assertThat(now(invitation).state()).isEqualTo(Invitation.State.UNDER_REVIEW);
        approve();
        assertThat(stateOf(vendor)).isEqualTo(Organisation.State.ACTIVE);
    }

    /** The web apps know the engine that was started last in this JVM. */
    private void useTheEngineOfThisApplication() {
        ProcessEngines.registerProcessEngine(engine);
    }

    private void accept(String token) {
        Page page = chromium.page(390, 844);
        page.navigate("http://localhost:" + port + "/invitations/accept?token=" + token);
        chromium.picture(page, "accept on a telephone");
        page.setViewportSize(1100, 900);
        chromium.picture(page, "accept");
        page.getByLabel("Username").fill("boss." + vendor);
        page.getByLabel("Full name").fill("The Boss");
        page.getByLabel("Password").fill("short");
        page.getByRole(AriaRole.BUTTON).click();
        page.getByText("Please check your answers").waitFor();
        chromium.picture(page, "accept refused");
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
        chromium.picture(page, "thank you");
        page.navigate("http://localhost:" + port + "/invitations/accept?token=" + token);
        chromium.picture(page, "dead link");
        assertThat(page.title()).startsWith("This link does not work");
    }

    private void approve() {
        Page page = chromium.page(1400, 1200);
        Tasklist.open(page, port);
        Tasklist.signIn(page, username(circle, "compliance"), PASSWORD);
        page.getByText("Offered to my groups").first().click();
        page.locator(".tasks-list li.task").first().click();
        page.locator("button.claim, a.claim").first().click();
        page.locator(".fjs-form input").first().waitFor();
        PlaywrightAssertions.assertThat(page.locator(".fjs-form")).containsText("GST registration NO-42");
        chromium.picture(page, "Review compliance");
        page.getByText("More documents are needed").click();
        page.getByLabel("What is missing").waitFor();
        chromium.picture(page, "Review compliance needs more");
        page.getByText("Yes, activate it").click();
        Tasklist.complete(page);
        page.locator(".fjs-form").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }
}
