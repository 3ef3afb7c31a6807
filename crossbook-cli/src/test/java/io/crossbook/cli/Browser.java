package io.crossbook.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's Chromium without a screen. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int WIDE = 1280;
    private static final int NARROW = 390;
    private static final int WINDOW = 900;
    private static final int TALLEST = 2400;
    /** Where pictures go; below the build unless they are wanted for the documentation. */
    private static final Path PICTURES =
            CommandProcess.ROOT.resolve(System.getProperty("crossbook.pictures", "crossbook-cli/target/pictures"));

    private final ChromeDriver driver;
    private final WebDriverWait patience;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
        this.patience = new WebDriverWait(driver, PATIENCE);
    }

    static Browser open() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en-GB");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options));
        browser.driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        browser.size(WIDE, WINDOW);
        return browser;
    }

    /** What is to be seen of a page; narrower than a window can be made, too. */
    private void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Shows a page, and waits until it is there. */
    void go(String address) {
        driver.get("about:blank");
        driver.get(address);
        patience.until(ExpectedConditions.presenceOfElementLocated(By.cssSelector("main:not([aria-busy]) > *")));
    }

    private WebElement element(String selector) {
        return patience.until(ExpectedConditions.presenceOfElementLocated(By.cssSelector(selector)));
    }

    String text(String selector) {
        return element(selector).getText();
    }

    List<String> texts(String selector) {
        element(selector);
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(each -> each.getDomProperty("textContent"))
                .toList();
    }

    int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    void click(String selector) {
        element(selector).click();
    }

    /** Of several the one whose text has a part. */
    void click(String selector, String part) {
        element(selector);
        driver.findElements(By.cssSelector(selector)).stream()
                .filter(each -> each.getText().contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + selector + " says " + part))
                .click();
    }

    void type(String selector, String text) {
        WebElement field = element(selector);
        field.clear();
        field.sendKeys(text);
    }

    void press(String key) {
        new Actions(driver).sendKeys(Keys.valueOf(key)).perform();
    }

    void awaitText(String selector, String part) {
        patience.until(ExpectedConditions.textToBePresentInElementLocated(By.cssSelector(selector), part));
    }

    void awaitChange(String selector, String before) {
        patience.until(there -> !text(selector).equals(before));
    }

    void awaitCount(String selector, int count) {
        patience.until(there -> count(selector) == count);
    }

    /** From now on the page gets answers to addresses with that part only when they are let go. */
    void holdAnswers(String part) {
        driver.executeScript("""
                const [part] = arguments;
                const ask = window.fetch;
                window.held = [];
                window.fetch = async (address, ...more) => {
                  const answer = await ask(address, ...more);
                  if (!String(address).includes(part)) {
                    return answer;
                  }
                  const whole = new Response(await answer.text(), answer);
                  await new Promise((go) => window.held.push(go));
                  return whole;
                };
                """, part);
    }

    /** Waits until one is held. */
    void awaitHeld() {
        patience.until(there -> measure("window.held.length") > 0);
    }

    /** Returns when the page has seen them. */
    void letAnswersGo() {
        driver.executeAsyncScript("""
                const [done] = arguments;
                window.held.forEach((go) => go());
                requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() => setTimeout(done))));
                """);
    }

    /** The exact numbers in cells, of which some are shown rounded. */
    List<BigDecimal> numbers(String selector) {
        element(selector);
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(cell -> cell.findElements(By.tagName("data")).stream()
                        .map(data -> data.getDomProperty("value"))
                        .findFirst()
                        .orElseGet(() -> cell.getDomProperty("textContent")))
                .map(Browser::parsed)
                .toList();
    }

    /** A number as it is shown. */
    BigDecimal number(String selector) {
        return parsed(text(selector));
    }

    private static BigDecimal parsed(String shown) {
        return new BigDecimal(shown.replace(",", "").replace("−", "-"));
    }

    /** Pictures of the page as a desk and a phone show it; nothing may stand out at their right. */
    void pictures(String name) throws IOException {
        Files.createDirectories(PICTURES);
        for (int width : List.of(WIDE, NARROW)) {
            size(width, WINDOW);
            long height = measure("document.documentElement.scrollHeight");
            size(width, (int) Math.min(TALLEST, height));
            new WebDriverWait(driver, PATIENCE)
                    .withMessage(() -> name + " stands out at " + width)
                    .until(there -> measure("document.documentElement.scrollWidth") <= width);
            driver.executeAsyncScript("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))");
            Files.write(PICTURES.resolve(name + "-" + width + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        }
        size(WIDE, WINDOW);
    }

    private long measure(String script) {
        return (Long) driver.executeScript("return " + script);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
