package io.fieldwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.fieldwright.Chromium;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.RoleHolders;
import io.fieldwright.Tasklist;
import io.fieldwright.logistics.DismantleState;
import io.fieldwright.people.People;
import io.fieldwright.projects.Allocation;
import io.fieldwright.sites.Site;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;

/** People of every role work in Tasklist, in a real browser; pictures of what they saw are in target/tasklist. */
@FieldwrightTest
class TasklistTests {

    @RegisterExtension
    static final Chromium chromium = new Chromium("tasklist");

    @Autowired
    ObjectProvider<Field> fields;

    @Autowired
    People people;

    @LocalServerPort
    int port;

    Field field;

    /** What the browser asked for and was forbidden. */
    private final List<String> refused = new CopyOnWriteArrayList<>();

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
            PlaywrightAssertions.assertThat(page.locator(".fjs-form")).containsText("The gate is at the back");
            page.getByText("Yes, we accept").click();
        });
        field.runJobs(key);
        work("asset-owner", "Authorise dismantle", page -> page.getByText("Yes, dismantle it")
                .click());
        work("field-engineer", "Dismantle and scan", page -> {
            page.getByLabel("Items with a serial number").fill("NOT-REGISTERED");
            Tasklist.complete(page);
            page.getByText("NOT-REGISTERED is not registered").first().waitFor();
            chromium.picture(page, "Dismantle and scan refused");
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
        people.limit(
                people.find(RoleHolders.username(field.circle, "coordinator"))
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
        Page page = chromium.page(1400, 1500);
        page.onResponse(response -> {
            if (response.status() == HttpStatus.FORBIDDEN.value()) {
                refused.add(response.url());
            }
        });
        Tasklist.open(page, port);
        Tasklist.signIn(page, RoleHolders.username(field.circle, role), RoleHolders.PASSWORD);
        boolean assigned = task.equals("Accept assignment");
        page.getByText(assigned ? "My tasks" : "Offered to my groups").first().click();
        Locator offered = page.locator(".tasks-list li.task");
        PlaywrightAssertions.assertThat(offered).hasCount(1);
        chromium.picture(page, task + " offered");
        offered.first().getByText("RECOVERY/PUNE-1").waitFor();
        offered.first().click();
        if (!assigned) {
            page.locator("button.claim, a.claim").first().click();
        }
        page.locator(".fjs-form button, .fjs-form input, .fjs-form textarea")
                .first()
                .waitFor();
        chromium.picture(page, task);
        answers.accept(page);
        chromium.picture(page, task + " filled in");
        Tasklist.complete(page);
        page.locator(".fjs-form").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    private static void pick(Page page, String label, String option) {
        page.getByLabel(label).first().click();
        page.locator(".fjs-dropdownlist-item")
                .filter(new Locator.FilterOptions().setHasText(option))
                .first()
                .click();
    }
}
