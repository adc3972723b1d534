package id.cakupan.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import id.cakupan.system.Chromium.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dashboard's page in a real browser, on a real broker, registry, streams app and server. */
@ExtendWith(Cluster.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardBrowserTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int PROJECTS = 100_000;
    private static final int FIRST_SCREEN_BYTES = 100_000;
    private static final double PAINT_MILLIS = 100;
    /** Columns of the download that hold ratios. */
    private static final List<Integer> RATIOS = List.of(7, 17);

    /** Day 0 of a spreadsheet. */
    private static final LocalDate EPOCH = LocalDate.of(1899, 12, 30);

    /** Pages whose picture is also taken in the dark theme. */
    private static final Pattern SHOWN_DARK = Pattern.compile("/|/projects|/hires|/kiosk|/group/project/.*");

    private static final int MOST_TABS = 60;
    private static final List<String> PAGES = List.of(
            "/",
            "/districts",
            "/contractors",
            "/projects",
            "/fundings",
            "/hires",
            "/decisions",
            "/help",
            "/kiosk",
            "/login");

    private Space space;
    private Space many;
    private StreamsProcess dashboard;
    private StreamsProcess manyDashboard;
    private Chromium chromium;
    private String address;
    private String manyAddress;
    private int hires;

    @BeforeAll
    void start(Cluster cluster) throws IOException, ExecutionException, InterruptedException {
        space = Space.setUp(cluster, "browser", 2);
        space.start("one");
        many = Space.setUp(cluster, "browser-many", 2);
        ManyProjects.publish(many, PROJECTS);
        int port = freePort();
        address = "http://127.0.0.1:" + port;
        dashboard = dashboard(space, port);
        int manyPort = freePort();
        manyAddress = "http://127.0.0.1:" + manyPort;
        manyDashboard = dashboard(many, manyPort);
        Commands.succeed(space.arguments(
                "simulate", "--seed", "7", "--workers", "900", "--projects", "60", "--contractors", "15"));
        chromium = new Chromium();
        Looking.awaitFigures(space);
        dashboard.awaitReady();
        manyDashboard.awaitReady();
        await("the city on the dashboard")
                .atMost(Duration.ofSeconds(20))
                .until(() -> api("/overview").path("city").path("workers").asLong() > 0);
    }

    private StreamsProcess dashboard(Space of, int port) throws IOException {
        return StreamsProcess.start(
                of.arguments("dashboard", "--dashboard-port", String.valueOf(port), "--http-port", "0", "--simulated"),
                of.folder().resolve("dashboard.log"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    void stop() {
        chromium.close();
        manyDashboard.close();
        dashboard.close();
        many.close();
        space.close();
    }

    @AfterEach
    void shouldNeverAskOtherHostsNorBreakItsPolicyNorFail() {
        assertThat(chromium.faults()).isEmpty();
    }

    @Test
    @Order(1)
    void shouldOpenOnTheCityWithinTheBudgetOfBytes() throws IOException, InterruptedException {
        Page page = open("/", Screen.DESK);
        assertThat(page.locator(".chart-svg")).isVisible();
        JsonNode city = api("/overview").path("city");
        assertThat(page.locator(".headline .of"))
                .hasText(Pattern.compile(number(city.path("coveredWorkers").asLong()) + "\\s+dari\\s+"
                        + number(city.path("workers").asLong()) + " pekerja"));
        assertThat(page.locator(".ratio")).hasText(percent(city.path("ratio").asDouble()));
        assertThat(page.locator(".fresh")).hasClass(Pattern.compile("fresh-live"));
        assertThat(page.locator(".ribbon")).hasText("Data simulasi — bukan angka sebenarnya");
        Number bytes = (Number)
                page.evaluate(
                        "() => performance.getEntriesByType('resource')"
                                + ".concat(performance.getEntriesByType('navigation')).reduce((sum, each) => sum + each.transferSize, 0)");
        System.out.println("First screen: " + bytes + " bytes");
        assertThat(bytes.intValue()).isBetween(10_000, FIRST_SCREEN_BYTES);
        close(page);
    }

    @Test
    @Order(2)
    void shouldShowAChangeWithinTwoSecondsOfItsImport() throws IOException, InterruptedException {
        Page page = open("/", Screen.DESK);
        assertThat(page.locator(".fresh")).hasClass(Pattern.compile("fresh-live"));
        long workers = api("/overview").path("city").path("workers").asLong();
        Locator shown = page.locator(".headline .of strong").nth(1);
        assertThat(shown).hasText(number(workers));
        hire(api("/groups?level=project&limit=1").path("rows").path(0), 1);
        long imported = System.nanoTime();
        assertThat(shown)
                .hasText(
                        number(workers + 1),
                        new com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions().setTimeout(2_000));
        System.out.println("Change seen " + (System.nanoTime() - imported) / 1_000_000 + " ms after its import");
        assertThat(page.locator(".headline .of .changed")).not().hasCount(0);
        close(page);
    }

    @Test
    @Order(3)
    void shouldLeadFromTheCityDownToAnUncoveredHire() throws IOException, InterruptedException {
        Page page = open("/", Screen.DESK);
        page.locator("#districts-title").scrollIntoViewIfNeeded();
        JsonNode district = api("/groups?level=district&limit=1").path("rows").path(0);
        page.locator("table.short")
                .first()
                .getByText(district.path("name").asText())
                .click();
        assertThat(page)
                .hasURL(Pattern.compile("/group/district/" + district.path("id").asText()));
        assertThat(page.locator("h1")).containsText(district.path("name").asText());
        Locator contractor = page.locator(".rows-contractor tbody .col-name a").first();
        String contractorName = contractor.textContent();
        contractor.click();
        assertThat(page).hasURL(Pattern.compile("/group/contractor/"));
        assertThat(page.locator("h1")).containsText(contractorName);
        JsonNode hire = api("/hires?limit=1").path("rows").path(0);
        page.navigate(
                address + "/group/project/" + hire.path("project").path("id").asText());
        assertThat(page.locator(".payment-verdict")).isVisible();
        assertThat(page.locator(".rows-hire .token").first()).hasText(Pattern.compile(".*….*"));
        assertThat(page.locator(".rows-hire .col-due").nth(1)).isVisible();
        page.locator(".crumbs a").first().click();
        assertThat(page).hasURL(Pattern.compile("/group/city/35.73"));
        close(page);
    }

    @Test
    @Order(4)
    void shouldKeepFiltersInTheAddress() throws IOException, InterruptedException {
        Page page = open("/projects", Screen.DESK);
        page.locator("select[name=state]").selectOption("overdue");
        assertThat(page).hasURL(Pattern.compile("state=overdue"));
        page.locator("select[name=funding]").selectOption("APBD");
        page.locator(".col-name .sort").click();
        assertThat(page).hasURL(Pattern.compile("funding=APBD&state=overdue&sort=name&order=asc"));
        JsonNode expected = api("/groups?level=project&state=overdue&funding=APBD&sort=name&order=asc");
        for (int loads = 0; loads < 2; loads++) {
            assertThat(page.locator(".rows-count"))
                    .hasText(Pattern.compile("^" + expected.path("total").asInt() + " baris.*"));
            assertThat(page.locator("tbody .col-name a").first())
                    .hasText(expected.path("rows").path(0).path("name").asText());
            assertThat(page.locator(".col-name[aria-sort=ascending]")).hasCount(1);
            page.reload();
        }
        page.goBack();
        assertThat(page).hasURL(Pattern.compile("/projects\\?state=overdue$"));
        page.locator(".field-search input").fill("tidak ada yang begini");
        assertThat(page.locator(".empty-line")).isVisible();
        close(page);
    }

    @Test
    @Order(5)
    void shouldSwitchTheLanguage() throws IOException, InterruptedException {
        Page page = open("/", Screen.DESK);
        JsonNode city = api("/overview").path("city");
        page.locator("a[hreflang=en]").click();
        assertThat(page).hasURL(Pattern.compile("lang=en"));
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        assertThat(page.locator(".ratio"))
                .hasText(String.format(
                        Locale.ROOT, "%.1f%%", 100 * city.path("ratio").asDouble()));
        assertThat(page.locator("nav.menu")).containsText("Worklist");
        page.locator("nav.menu a[href*=help]").click();
        assertThat(page.locator("h1")).hasText("What the figures mean");
        page.locator("a[hreflang=id]").click();
        assertThat(page.locator("h1")).hasText("Penjelasan angka");
        close(page);
    }

    @Test
    @Order(6)
    void shouldDownloadWhatIsShownCellByCell() throws IOException, InterruptedException {
        Page page = open("/contractors?sort=name&order=asc&state=uncovered", Screen.DESK);
        assertThat(page.locator("tbody .col-name a").first()).isVisible();
        JsonNode rows = api("/groups?level=contractor&state=uncovered&sort=name&order=asc&limit=500")
                .path("rows");
        assertThat(rows.size()).isGreaterThan(3);

        Download csv =
                page.waitForDownload(() -> page.locator(".downloads a").first().click());
        assertThat(csv.suggestedFilename()).matches("cakupan-contractor-.*\\.csv");
        String text = Files.readString(csv.path());
        assertThat(text).startsWith("\ufeff");
        List<CsvRecord> records;
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().fieldSeparator(';').ofCsvRecord(text.substring(1))) {
            records = reader.stream().toList();
        }
        assertThat(records).hasSize(rows.size() + 1);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(records.get(i + 1).getFields()).isEqualTo(csvCells(rows.path(i)));
        }

        Download xlsx =
                page.waitForDownload(() -> page.locator(".downloads a").nth(1).click());
        try (InputStream in = Files.newInputStream(xlsx.path());
                ReadableWorkbook workbook = new ReadableWorkbook(in)) {
            List<Row> lines =
                    workbook.getSheets().skip(1).findFirst().orElseThrow().read();
            assertThat(lines).hasSize(rows.size() + 1);
            for (int i = 0; i < rows.size(); i++) {
                Row line = lines.get(i + 1);
                List<String> expected = plainCells(rows.path(i));
                for (int c = 0; c < expected.size(); c++) {
                    String cell = plain(line.getOptionalCell(c).orElse(null));
                    if (RATIOS.contains(c) && !cell.isEmpty()) {
                        assertThat(Double.parseDouble(cell))
                                .isCloseTo(Double.parseDouble(expected.get(c)), within(0.00005));
                        continue;
                    }
                    boolean day = expected.get(c).matches("\\d{4}-\\d{2}-\\d{2}");
                    assertThat(
                                    day
                                            ? EPOCH.plusDays((long) Double.parseDouble(cell))
                                                    .toString()
                                            : cell)
                            .as("row %d, column %d", i, c)
                            .isEqualTo(expected.get(c));
                }
            }
        }
        close(page);
    }

    @Test
    @Order(7)
    void shouldWorkWithTheKeyboardAlone() {
        Page page = open("/", Screen.DESK);
        assertThat(page.locator(".chart-svg")).isVisible();
        page.keyboard().press("Tab");
        assertThat(focused(page)).contains("skip");
        page.keyboard().press("Enter");
        assertThat(focused(page)).contains("main");
        tabTo(page, "explain");
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog[open] h2")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog[open]")).hasCount(0);
        assertThat(focused(page)).contains("explain");
        tabTo(page, "chart-svg");
        String before = page.locator(".chart-svg").getAttribute("aria-valuetext");
        page.keyboard().press("Home");
        page.keyboard().press("ArrowRight");
        assertThat(page.locator(".chart-svg")).not().hasAttribute("aria-valuetext", before);
        page.keyboard().press("t");
        assertThat(page.locator(".trend .scroll-box table")).isVisible();
        page.navigate(address + "/districts");
        assertThat(page.locator("tbody .col-name a").first()).isVisible();
        tabTo(page, "^sort ");
        page.keyboard().press("Enter");
        assertThat(page.locator("th[aria-sort=ascending]")).hasCount(1);
        tabTo(page, "/group/district/");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile("/group/district/"));
        assertThat(focused(page)).contains("main");
        close(page);
    }

    @Test
    @Order(8)
    void shouldKeepRowsInTheirPlacesUntilTheOrderIsApplied() throws IOException, InterruptedException {
        Page page = open("/projects?sort=workers&order=desc", Screen.DESK);
        JsonNode rows =
                api("/groups?level=project&sort=workers&order=desc&limit=2").path("rows");
        Locator first = page.locator("tbody tr[aria-rowindex='2'] .col-name a");
        assertThat(first).hasText(rows.path(0).path("name").asText());
        int more = (int) (rows.path(0).path("workers").asLong()
                - rows.path(1).path("workers").asLong()
                + 1);
        hire(rows.path(1), more);
        Locator apply = page.locator(".rows-bar .button-accent");
        assertThat(apply).hasText("2 perubahan · terapkan urutan");
        assertThat(first).hasText(rows.path(0).path("name").asText());
        assertThat(page.locator("tbody tr[aria-rowindex='3'] .col-workers"))
                .containsText("dari " + number(rows.path(1).path("workers").asLong() + more));
        apply.click();
        assertThat(first).hasText(rows.path(1).path("name").asText());
        assertThat(apply).hasCount(0);
        close(page);
    }

    @Test
    @Order(9)
    void shouldAcknowledgeAnAlert() {
        Page page = open("/hires?decision=none", Screen.DESK);
        Locator row = page.locator("tbody tr[aria-rowindex='2']");
        String worker = row.locator(".token").textContent();
        row.locator(".col-decision button").click();
        page.locator("dialog select[name=reason]").selectOption("PAYMENT_UNDER_WAY");
        page.locator("dialog textarea").fill("Termin dibayar minggu depan");
        page.locator("dialog button[type=submit]").click();
        assertThat(page.locator("dialog[open]")).hasCount(0);
        page.navigate(address + "/decisions");
        assertThat(page.locator("main table")).containsText("pembayaran sedang berjalan");
        assertThat(page.locator("main table")).containsText("Termin dibayar minggu depan");
        assertThat(page.locator("main table")).containsText(worker);
        close(page);
    }

    @Test
    @Order(10)
    void shouldStaySwiftWithAHundredThousandProjects() {
        Page page = chromium.open(manyAddress + "/projects?sort=name&order=asc", Screen.DESK, ColorScheme.LIGHT);
        assertThat(page.locator(".rows-count")).hasText("100.000 baris · Proyek");
        assertThat(page.locator("tbody .col-name a").first()).hasText(ManyProjects.name(0));
        page.evaluate("() => { window.seen = []; new PerformanceObserver(list => window.seen.push("
                + "...list.getEntries().filter(e => e.interactionId > 0).map(e => e.duration)))"
                + ".observe({type: 'event', durationThreshold: 16, buffered: true}); }");
        List<Double> worst = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            page.evaluate("() => { window.seen.length = 0; }");
            page.locator("h1").click();
            page.keyboard().press("PageDown");
            page.keyboard().press("PageDown");
            page.waitForFunction("() => window.scrollY > 1200 && location.search.includes('row=')");
            page.keyboard().press("End");
            assertThat(page.locator("tbody .col-name a").last()).hasText(ManyProjects.name(PROJECTS - 1));
            page.keyboard().press("Home");
            assertThat(page.locator("tbody .col-name a").first()).hasText(ManyProjects.name(0));
            page.locator(".col-workers .sort").click();
            assertThat(page.locator(".col-workers[aria-sort=descending]")).hasCount(1);
            assertThat(page.locator(".rows-busy")).hasCount(0);
            page.locator(".col-name .sort").click();
            assertThat(page.locator("tbody .col-name a").first()).hasText(ManyProjects.name(0));
            page.locator(".field-search input").pressSequentially("099999");
            assertThat(page.locator(".rows-count")).hasText("1 baris · Proyek");
            page.locator(".field-search input").fill("");
            assertThat(page.locator(".rows-count")).hasText("100.000 baris · Proyek");
            Object longest = page.evaluate(
                    "() => new Promise(done => setTimeout(() => done(Math.max(0, ...window.seen)), 100))");
            worst.add(((Number) longest).doubleValue());
        }
        System.out.println("Longest interaction to paint in each round, 100,000 rows: " + worst + " ms");
        // Each round does the same; what else the machine does can only add to it.
        assertThat(Collections.min(worst)).isLessThan(PAINT_MILLIS);
        Number longestFrame = (Number) page.evaluate("async () => { let longest = 0; let last = performance.now();"
                + " for (let i = 0; i < 90; i++) { window.scrollBy(0, 4000);"
                + " await new Promise(requestAnimationFrame); const now = performance.now();"
                + " if (i > 2) longest = Math.max(longest, now - last); last = now; } return longest; }");
        System.out.println("Longest frame while scrolling: " + longestFrame + " ms");
        assertThat(longestFrame.doubleValue()).isLessThan(2 * PAINT_MILLIS);
        assertThat((Integer) page.evaluate("() => document.querySelectorAll('tbody tr').length"))
                .isLessThan(60);
        close(page);
    }

    @Test
    @Order(11)
    void shouldHaveNoSeriousBarrierOnAnyPage() throws IOException, InterruptedException {
        Path shots = Path.of(System.getProperty("cakupan.target", "target"), "screenshots");
        Files.createDirectories(shots);
        List<String> paths = new ArrayList<>(PAGES);
        JsonNode hire = api("/hires?limit=1").path("rows").path(0);
        paths.add("/group/project/" + hire.path("project").path("id").asText());
        paths.add("/group/contractor/" + hire.path("contractor").path("id").asText());
        paths.add("/group/district/35.73.02");
        List<String> barriers = new ArrayList<>();
        for (Map.Entry<String, Screen> screen :
                Map.of("phone", Screen.PHONE, "wall", Screen.WALL).entrySet()) {
            Page page = open("/", screen.getValue());
            for (String path : paths) {
                page.navigate(address + path);
                page.locator("h1").first().waitFor();
                page.waitForFunction("() => document.querySelector('main .loading') === null");
                for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                    String name =
                            path.equals("/") ? "overview" : path.substring(1).replaceAll("[^a-z0-9]+", "-");
                    String shot =
                            name + "-" + screen.getKey() + "-" + scheme.name().toLowerCase(Locale.ROOT);
                    if (scheme == ColorScheme.LIGHT || SHOWN_DARK.matcher(path).matches()) {
                        page.screenshot(new Page.ScreenshotOptions().setPath(shots.resolve(shot + ".png")));
                    }
                    boolean whole = screen.getKey().equals("phone") && scheme == ColorScheme.LIGHT;
                    for (Rule rule : barriers(page, whole)) {
                        if (List.of("serious", "critical").contains(rule.getImpact())) {
                            barriers.add(shot + ": " + rule.getId() + " "
                                    + rule.getNodes().get(0).getTarget());
                        }
                    }
                }
                assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth"))
                        .as("%s is wider than the screen", path)
                        .isLessThanOrEqualTo(0);
            }
            close(page);
        }
        assertThat(barriers).isEmpty();
    }

    /** The pictures of docs/dasbor.md. */
    @Test
    @Order(12)
    void shouldBePicturedForItsDocs() throws IOException, InterruptedException {
        Path shots = Path.of(System.getProperty("cakupan.target", "target"), "screenshots");
        JsonNode insured = api("/groups?level=project&sort=covered&order=desc&limit=1")
                .path("rows")
                .path(0);
        Map<String, String> pictures = Map.of(
                "dasbor-ringkasan", "/",
                "dasbor-proyek", "/projects?state=uncovered",
                "dasbor-termin", "/group/project/" + insured.path("id").asText(),
                "dasbor-dinding", "/kiosk");
        Page page = open("/", Screen.DESK);
        for (Map.Entry<String, String> picture : pictures.entrySet()) {
            page.navigate(address + picture.getValue());
            page.locator("h1").first().waitFor();
            page.waitForFunction("() => document.querySelector('main .loading') === null");
            byte[] png =
                    page.screenshot(new Page.ScreenshotOptions().setPath(shots.resolve(picture.getKey() + ".png")));
            assertThat(png).hasSizeGreaterThan(20_000);
        }
        close(page);
    }

    @Test
    @Order(12)
    void shouldCutNothingFromTheCardsOfAPhone() {
        for (int width : List.of(320, 360)) {
            Page page = open("/projects?state=all", new Screen(width, 740));
            for (String path : List.of("/projects?state=all", "/hires")) {
                page.navigate(address + path);
                page.locator(".table tbody tr:not(.space) a").first().waitFor();
                Object cut = page.evaluate("() => [...document.querySelectorAll('.table tbody tr:not(.space)')]"
                        + ".filter(row => row.scrollHeight > row.clientHeight).map(row => row.innerText)");
                assertThat((List<?>) cut).as("%s, %d px", path, width).isEmpty();
            }
            close(page);
        }
    }

    @Test
    @Order(13)
    void shouldPrint() throws IOException {
        Page page = open("/", Screen.DESK);
        assertThat(page.locator(".chart-svg")).isVisible();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.PRINT));
        assertThat(page.locator(".print-head")).isVisible();
        assertThat(page.locator(".menu")).isHidden();
        byte[] pdf = page.pdf(new Page.PdfOptions().setFormat("A4").setPreferCSSPageSize(true));
        Files.write(Path.of(System.getProperty("cakupan.target", "target"), "screenshots", "overview.pdf"), pdf);
        assertThat(pdf).hasSizeGreaterThan(20_000);
        assertThat(new String(pdf, StandardCharsets.ISO_8859_1)).contains("/Type /Page");
        close(page);
    }

    @Test
    @Order(14)
    void shouldSayThatAFixedDayDoesNotRefresh() {
        LocalDate yesterday = Outcome.today().minusDays(1);
        Page page = open("/?asOf=" + yesterday, Screen.DESK);
        assertThat(page.locator(".fresh")).hasClass(Pattern.compile("fresh-fixed"));
        assertThat(page.locator(".fresh")).containsText("tidak diperbarui sendiri");
        close(page);
    }

    @Test
    @Order(15)
    void shouldKeepTheFiguresWhileTheServerIsAwayAndComeBack() throws IOException, InterruptedException {
        Page page = open("/", Screen.DESK);
        assertThat(page.locator(".fresh")).hasClass(Pattern.compile("fresh-live"));
        String ratio = page.locator(".ratio").textContent();
        dashboard.stop();
        assertThat(page.locator(".fresh")).hasClass(Pattern.compile("fresh-reconnecting"));
        assertThat(page.locator(".ratio")).hasText(ratio);
        dashboard = dashboard(space, URI.create(address).getPort());
        dashboard.awaitReady();
        assertThat(page.locator(".fresh"))
                .hasClass(
                        Pattern.compile("fresh-live"),
                        new com.microsoft.playwright.assertions.LocatorAssertions.HasClassOptions().setTimeout(15_000));
        assertThat(page.locator(".ratio")).hasText(ratio);
        close(page);
    }

    /** What only the size of the screen or the theme can change is looked at alone when all else has been. */
    private static List<Rule> barriers(Page page, boolean whole) {
        AxeBuilder axe = new AxeBuilder(page).setLegacyMode(true);
        return (whole ? axe : axe.withRules(List.of("color-contrast", "target-size")))
                .analyze()
                .getViolations();
    }

    private Page open(String path, Screen screen) {
        return chromium.open(address + path, screen, ColorScheme.LIGHT);
    }

    private static void close(Page page) {
        page.context().close();
    }

    private JsonNode api(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(address + "/api/v1" + path)).build(),
                HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(answer.body());
    }

    /** Imports hires of so many new workers, uncovered, on a project. */
    private void hire(JsonNode project, int workers) throws IOException {
        List<String> lines = IntStream.range(0, workers)
                .mapToObj(i -> JSON.createObjectNode()
                        .put("type", "WorkerHired")
                        .put("workerId", String.format("t1.browser%015d", ++hires))
                        .put("hireId", "browser:" + hires)
                        .put("projectId", project.path("id").asText())
                        .put(
                                "contractorId",
                                project.path("project").path("contractorId").asText())
                        .put("startsOn", Outcome.today().minusDays(1).toString())
                        .put("eventId", "browser:" + hires)
                        .put("source", "test")
                        .put("recordedAt", Instant.now().toString())
                        .toString())
                .toList();
        space.sendLines(lines, Clock.systemUTC());
    }

    private static String number(long n) {
        return String.format(Locale.GERMANY, "%,d", n);
    }

    private static String percent(double ratio) {
        return String.format(Locale.GERMANY, "%.1f%%", 100 * ratio);
    }

    private static String focused(Page page) {
        return (String) page.evaluate("() => { const e = document.activeElement;"
                + " return (e.getAttribute('class') ?? '') + ' ' + e.id + ' ' + (e.getAttribute('href') ?? ''); }");
    }

    private static void tabTo(Page page, String what) {
        for (int i = 0; i < MOST_TABS; i++) {
            page.keyboard().press("Tab");
            if (Pattern.compile(what).matcher(focused(page)).find()) {
                return;
            }
        }
        throw new AssertionError("The key Tab never comes to " + what);
    }

    /** The cells of a group that is no project, in the order of the download: days and numbers as in the API. */
    private static List<String> plainCells(JsonNode row) {
        List<JsonNode> cells = new ArrayList<>();
        for (String field : List.of(
                "id",
                "name",
                "asOf",
                "workers",
                "coveredWorkers",
                "coveredByGrace",
                "uncoveredWorkers",
                "ratio",
                "hires",
                "coveredHires",
                "overdueHires",
                "projects",
                "insuredProjects",
                "contractValue",
                "insuredContractValue",
                "workerDays30",
                "coveredWorkerDays30")) {
            cells.add(row.path(field));
        }
        for (String field : List.of("ratio", "dueOn", "workersToTarget")) {
            cells.add(row.path("target").path(field));
        }
        for (String field : List.of("dueSoon", "overdue", "escalated")) {
            cells.add(row.path("alerts").path(field));
        }
        List<String> texts = new ArrayList<>(StreamSupport.stream(cells.spliterator(), false)
                .map(DashboardBrowserTest::plain)
                .toList());
        texts.add("");
        texts.add(plain(row.path("recordedThrough")));
        texts.add("Data simulasi");
        return texts;
    }

    private static String plain(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? "" : value.asText();
    }

    private static String plain(@org.jspecify.annotations.Nullable Cell cell) {
        if (cell == null || cell.getValue() == null) {
            return "";
        }
        if (cell.getValue() instanceof BigDecimal number) {
            return number.scale() > 0 ? String.valueOf(number.doubleValue()) : number.toPlainString();
        }
        return cell.getText();
    }

    /** As in a CSV file of the Indonesian form. */
    private static List<String> csvCells(JsonNode row) {
        List<String> cells = new ArrayList<>(plainCells(row));
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (RATIOS.contains(i) && !cell.isEmpty()) {
                cells.set(
                        i,
                        new BigDecimal(cell)
                                .setScale(4, RoundingMode.HALF_UP)
                                .toString()
                                .replace('.', ','));
            } else if (cell.matches("\\d{4}-\\d{2}-\\d{2}")) {
                cells.set(i, cell.substring(8) + "/" + cell.substring(5, 7) + "/" + cell.substring(0, 4));
            }
        }
        return cells;
    }
}
