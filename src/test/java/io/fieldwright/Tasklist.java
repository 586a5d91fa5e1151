package io.fieldwright;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** What everybody does in Tasklist, whatever their task. */
public final class Tasklist {

    private Tasklist() {}

    public static void open(Page page, int port) {
        page.navigate("http://localhost:" + port + "/camunda/app/tasklist/default/");
    }

    public static void signIn(Page page, String username, String password) {
        page.getByLabel("Username").fill(username);
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON).click();
    }

    /** Opens a task that is offered to the groups of whoever is signed in, by its reference, and claims it. */
    public static void takeUp(Page page, String reference) {
        page.getByText("Offered to my groups").first().click();
        Locator offered = page.locator(".tasks-list li.task").filter(new Locator.FilterOptions().setHasText(reference));
        offered.first().click();
        page.locator("button.claim, a.claim").first().click();
        page.locator(".fjs-form button, .fjs-form input, .fjs-form textarea")
                .first()
                .waitFor();
    }

    /** The form takes an answer a moment after the last key, and at once when its field is left. */
    public static void complete(Page page) {
        page.keyboard().press("Tab");
        page.locator("button:has-text('Complete')").click();
    }
}
