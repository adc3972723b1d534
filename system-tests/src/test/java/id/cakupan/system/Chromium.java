package id.cakupan.system;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The browser of this machine. It notes what a page must not do: ask other hosts, break its own policy, fail. It scrolls
 * at once: while it scrolls smoothly it may lose a key.
 */
final class Chromium implements AutoCloseable {
    /** Width and height of a screen, in pixels. */
    record Screen(int width, int height) {
        static final Screen PHONE = new Screen(360, 740);
        static final Screen DESK = new Screen(1366, 900);
        static final Screen WALL = new Screen(2560, 1440);
    }

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> faults = new CopyOnWriteArrayList<>();

    Chromium() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(onPath())
                        .setArgs(List.of("--no-sandbox", "--disable-smooth-scrolling")));
    }

    private static Path onPath() {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("These tests need chromium on the PATH"));
    }

    /**
     * Opens an address with nothing remembered from before.
     *
     * @param address of the page; other hosts must not be asked
     */
    Page open(String address, Screen screen, ColorScheme scheme) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(screen.width(), screen.height())
                .setColorScheme(scheme)
                .setLocale("id-ID"));
        String host = URI.create(address).getAuthority();
        context.onRequest(request -> {
            URI asked = URI.create(request.url());
            if (!host.equals(asked.getAuthority()) && !"data".equals(asked.getScheme())) {
                faults.add("asks " + request.url());
            }
        });
        context.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                faults.add(message.text());
            }
        });
        Page page = context.newPage();
        page.onPageError(error -> faults.add(error));
        page.navigate(address);
        return page;
    }

    /** What pages did that they must not do. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
