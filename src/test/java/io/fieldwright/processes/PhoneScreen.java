package io.fieldwright.processes;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Geolocation;
import io.fieldwright.Chromium;
import io.fieldwright.RoleHolders;
import java.util.List;

/** A phone with the field page, in the hands of an engineer at the site. */
final class PhoneScreen {

    private static final String SENT = "Everything has been sent.";

    final BrowserContext context;
    private final Chromium chromium;
    private final String address;
    Page page;

    PhoneScreen(Chromium chromium, int port, double latitude, double longitude) {
        this.chromium = chromium;
        address = "http://localhost:" + port + "/field";
        context = chromium.context(new Browser.NewContextOptions()
                .setViewportSize(360, 740)
                .setPermissions(List.of("geolocation"))
                .setGeolocation(new Geolocation(latitude, longitude).setAccuracy(25)));
        open("");
    }

    /** Opens the page in a new tab. */
    PhoneScreen open(String view) {
        page = context.newPage();
        page.navigate(address + view);
        return this;
    }

    PhoneScreen signIn(String username) {
        page.getByLabel("Username").fill(username);
        picture("sign in");
        page.getByLabel("Password").fill(RoleHolders.PASSWORD);
        press("Sign in");
        heading("My tasks");
        assertThat(page.locator("#connection")).containsText("last synchronised");
        page.evaluate("navigator.serviceWorker.ready.then(() => true)");
        return this;
    }

    PhoneScreen signOut() {
        follow("Account");
        press("Sign out");
        return this;
    }

    PhoneScreen withoutNetwork() {
        context.setOffline(true);
        assertThat(page.locator("#connection")).containsText("Offline");
        return this;
    }

    PhoneScreen withNetwork() {
        context.setOffline(false);
        return this;
    }

    /** Closes the page and opens it again. */
    PhoneScreen reopen() {
        page.close();
        return open("");
    }

    PhoneScreen show(String site) {
        follow("My tasks");
        page.getByText(site, new Page.GetByTextOptions().setExact(true)).click();
        heading(site);
        return this;
    }

    PhoneScreen accept() {
        press("Accept");
        page.getByText("Evidence", new Page.GetByTextOptions().setExact(true)).waitFor();
        return this;
    }

    /** The first fix is poor; the phone waits for one of {@code accuracyMetres}. */
    PhoneScreen takePosition(double latitude, double longitude, double accuracyMetres) {
        follow("Position");
        press("Take position");
        page.getByText("Accuracy now").waitFor();
        picture("position waits");
        context.setGeolocation(new Geolocation(latitude, longitude).setAccuracy(accuracyMetres));
        page.getByText("Saved position").waitFor();
        picture("position");
        return back();
    }

    /** There is no better fix to be had. */
    PhoneScreen keepPoorPosition() {
        follow("Position");
        press("Take position");
        press("Keep this one");
        page.getByText("Less accurate than needed").waitFor();
        picture("poor position");
        return back();
    }

    PhoneScreen photograph(byte[]... pictures) {
        return photographMore(1, pictures);
    }

    /** @param first the number of the first of them among all photos */
    PhoneScreen photographMore(int first, byte[]... pictures) {
        follow("Photos");
        for (int number = first; number < first + pictures.length; number++) {
            page.getByLabel("Take a photo")
                    .setInputFiles(new FilePayload("photo.jpg", "image/jpeg", pictures[number - first]));
            page.getByAltText("Photo " + number).waitFor();
        }
        picture("photos");
        return back();
    }

    PhoneScreen removePhoto(int number) {
        follow("Photos");
        press("Remove: Photo " + number);
        answerDialog("Remove");
        page.getByText("Photo removed.").waitFor();
        return back();
    }

    PhoneScreen tick(String... serialNumbers) {
        follow("Serial numbers");
        for (String serialNumber : serialNumbers) {
            page.getByLabel(serialNumber).check();
            assertThat(page.getByLabel(serialNumber)).isChecked();
        }
        return back();
    }

    PhoneScreen type(String serialNumber) {
        follow("Serial numbers");
        page.getByLabel("Serial number", new Page.GetByLabelOptions().setExact(true))
                .fill(serialNumber.toLowerCase());
        press("Add");
        assertThat(page.getByLabel(serialNumber)).isChecked();
        picture("serial numbers");
        return back();
    }

    /** Answers the two questions there are. */
    PhoneScreen answer(String choice, String question, String text) {
        follow("Checklist");
        page.getByLabel(choice, new Page.GetByLabelOptions().setExact(true)).check();
        page.getByText("Answer saved on this phone.").waitFor();
        page.getByLabel(question).fill(text);
        page.keyboard().press("Tab");
        picture("checklist");
        back();
        page.getByText("2 of 2 answered").waitFor();
        return this;
    }

    PhoneScreen sign(String name) {
        follow("Signature");
        page.getByLabel("Name of who signs").fill(name);
        Locator pad = page.getByLabel("Signature field");
        pad.scrollIntoViewIfNeeded();
        BoundingBox box = pad.boundingBox();
        page.mouse().move(box.x + 30, box.y + 40);
        page.mouse().down();
        for (int step = 1; step <= 20; step++) {
            page.mouse().move(box.x + 30 + 10 * step, box.y + 70 + 30 * Math.sin(step));
        }
        page.mouse().up();
        picture("signature");
        press("Save signature");
        page.getByText("Signed by " + name).waitFor();
        return back();
    }

    PhoneScreen submit() {
        follow("Check and submit");
        page.getByText("Everything that was asked for is there.").waitFor();
        return confirm("Submit");
    }

    /** Something is missing, for a reason. */
    PhoneScreen submitAllTheSame(String why) {
        follow("Check and submit");
        page.getByLabel("Why is it missing?").fill(why);
        return confirm("Submit all the same");
    }

    private PhoneScreen confirm(String button) {
        picture(button);
        press(button);
        answerDialog("Submit");
        page.getByText("Submitted").first().waitFor();
        return this;
    }

    /** What the phone has not sent yet, by its own account. */
    int unsent() {
        Locator badge = page.locator("#tabs .badge");
        return badge.count() == 0 ? 0 : Integer.parseInt(badge.innerText());
    }

    PhoneScreen waitUntilSent() {
        follow("Unsent");
        page.getByText(SENT).waitFor();
        return this;
    }

    PhoneScreen sendNow() {
        follow("Unsent");
        press("Send now");
        return this;
    }

    void heading(String text) {
        page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(text))
                .waitFor();
    }

    void follow(String link) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link)).click();
    }

    void press(String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    void answerDialog(String button) {
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button))
                .click();
    }

    void picture(String name) {
        chromium.picture(page, name);
    }

    private PhoneScreen back() {
        follow("Back");
        page.getByText("Evidence", new Page.GetByTextOptions().setExact(true)).waitFor();
        return this;
    }
}
