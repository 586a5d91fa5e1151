package io.fieldwright.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.fieldwright.Chromium;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.Tasklist;
import io.fieldwright.people.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

/** However a session ends, a real browser finds its way back to the login page. */
@FieldwrightTest
class OneLoginPageTests {

    @RegisterExtension
    static final Chromium chromium = new Chromium("login");

    @LocalServerPort
    private int port;

    @Autowired
    private Household house;

    private Person coordinator;

    @BeforeEach
    void person() {
        coordinator = house.person(house.circle, "coordinator");
    }

    private void inTasklist(Consumer<Page> steps) {
        List<String> refusals = new ArrayList<>();
        Page page = chromium.page(1400, 1000);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                refusals.add(message.text());
            }
        });
        Tasklist.open(page, port);
        signIn(page);
        steps.accept(page);
        assertThat(refusals).isEmpty();
    }

    private void signIn(Page page) {
        Tasklist.signIn(page, coordinator.username(), Household.PASSWORD);
        page.getByText("Offered to my groups").first().waitFor();
    }

    private void assertOnLoginPage(Page page, String picture) {
        page.waitForURL("**/login");
        page.getByLabel("Username").waitFor();
        chromium.picture(page, picture);
    }

    @Test
    void signingOutInTasklistLeadsToTheLoginPageAndBackAgain() {
        inTasklist(page -> {
            page.locator("li.logout a").first().dispatchEvent("click");
            assertOnLoginPage(page, "signed-out");
            Tasklist.open(page, port);
            signIn(page);
        });
    }

    @Test
    void sessionThatWasEndedElsewhereLeadsToTheLoginPageWithTheNextClick() {
        inTasklist(page -> {
            house.call(Household.basic(coordinator), HttpMethod.DELETE, "/api/v1/me/sessions", null);
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
