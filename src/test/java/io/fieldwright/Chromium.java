package io.fieldwright;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real browser for the tests of one class, which are skipped where none is installed. It closes all their pages when
 * it ends itself, for two reasons: a page left open keeps asking the server, which others measure; and closing the
 * context of a single page may never come back after a step on it failed.
 */
public final class Chromium implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {

    private static final Optional<Path> EXECUTABLE = Arrays.stream(
                    System.getenv("PATH").split(File.pathSeparator))
            .flatMap(folder -> List.of("chromium", "chromium-browser", "google-chrome").stream()
                    .map(name -> Path.of(folder, name)))
            .filter(path -> path.toFile().canExecute())
            .findFirst();

    /** In milliseconds, as for everything else that a page is waited for: a busy machine draws late. */
    private static final int PATIENCE = 30_000;

    private final Path pictures;
    private Playwright playwright;
    private Browser browser;

    /** A browser whose pictures go to {@code folder} in {@code target}. */
    public Chromium(String folder) {
        pictures = Path.of("target", folder);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return EXECUTABLE
                .map(path -> ConditionEvaluationResult.enabled("found " + path))
                .orElseGet(() -> ConditionEvaluationResult.disabled("no Chromium is installed"));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(EXECUTABLE.orElseThrow())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        browser.close();
        playwright.close();
    }

    /** A page of somebody whom no server knows yet; the size is in pixels. */
    public Page page(int width, int height) {
        return context(new Browser.NewContextOptions().setViewportSize(width, height))
                .newPage();
    }

    /** As {@link #page}, set up as the test needs it, for several pages of the same person. */
    public BrowserContext context(Browser.NewContextOptions options) {
        return browser.newContext(options);
    }

    /** Keeps what {@code page} shows, to be looked at after the run. */
    public void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(pictures.resolve(name.replace(' ', '-') + ".png")));
    }
}
