package dev.auscult.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.hub.HubServer.Reply;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are busy, silent or lead astray. */
@Timeout(240)
class HubTroubleTest {
  private static final String WEIGHTS = HubFixture.WEIGHTS;
  private static final String STORED = "store:" + WEIGHTS;

  private final HubFixture hub;

  HubTroubleTest(@TempDir Path folder) {
    this.hub = new HubFixture(folder.resolve("hub"));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private void assertPulled() {
    assertPulled(hub.settings());
  }

  private void assertPulled(HubSettings settings) {
    assertThat(hub.pull(settings, HubFixture.MAIN).folder().resolve(WEIGHTS))
        .hasBinaryContent(hub.weights);
    assertThat(hub.partial(WEIGHTS)).doesNotExist();
  }

  private List<String> ranges() {
    return hub.server.requestsFor("store", WEIGHTS).stream()
        .map(request -> request.header("Range").orElse("all"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void asksABusyServerAgain(int status) {
    hub.server.next("listing", HubServer.status(status), HubServer.status(status));
    hub.server.next("config.json", HubServer.status(status), HubServer.status(status));
    hub.server.next(STORED, HubServer.status(status), HubServer.status(status));

    assertPulled();
  }

  @Test
  void givesABusyServerUpAfterSomeAttempts() {
    Reply busy = HubServer.status(503);
    hub.server.next("listing", busy, busy, busy, busy);

    assertThat(hub.refusal()).contains("HTTP status 503").contains("try again later");
    assertThat(hub.server.requests()).hasSize(3);
  }

  @Test
  void givesAConnectionUpThatBringsNothing() {
    Reply nothing = hub.server.cutAfter(WEIGHTS, 0);
    hub.server.next(STORED, nothing, nothing, nothing, nothing);

    assertThat(hub.refusal()).contains("a broken connection").contains("what has arrived is kept");
    assertThat(hub.server.requestsFor("store", WEIGHTS)).hasSize(3);
  }

  @Test
  void everyByteThatArrivesGivesNewPatience() {
    for (int i = 0; i < 10; i++) {
      hub.server.next(STORED, hub.server.cutAfter(WEIGHTS, 10), HubServer.status(503));
    }

    assertPulled();

    assertThat(hub.server.requestsFor("store", WEIGHTS)).hasSize(21);
  }

  @ParameterizedTest
  @ValueSource(strings = {"seconds", "date", "rate limit"})
  void waitsAsLongAsTheServerAsks(String form) {
    hub.server.next(
        "listing",
        exchange -> {
          String date =
              DateTimeFormatter.RFC_1123_DATE_TIME.format(
                  Instant.now().plusSeconds(2).atZone(ZoneOffset.UTC));
          switch (form) {
            case "seconds" -> exchange.getResponseHeaders().set("Retry-After", "1");
            case "date" -> exchange.getResponseHeaders().set("Retry-After", date);
            default -> exchange.getResponseHeaders().set("RateLimit", "\"api\";r=0;t=1");
          }
          HubServer.error(exchange, 429, "");
        });
    Instant begun = Instant.now();

    assertPulled();

    assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(900));
  }

  @Test
  void doesNotWaitForHours() {
    hub.server.next(
        "listing",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "7200");
          HubServer.error(exchange, 429, "");
        });

    assertThat(hub.refusal())
        .contains("HTTP status 429 (too many requests), asking for a pause of 7200 s")
        .contains("HF_TOKEN raises the limit");
  }

  @Test
  void leavesAServerThatHasFallenSilent() {
    hub.server.next(
        STORED,
        exchange -> {
          exchange.sendResponseHeaders(200, hub.weights.length);
          exchange.getResponseBody().write(hub.weights, 0, 50_000);
          exchange.getResponseBody().flush();
          fallSilent();
        });

    assertPulled(hub.settings(HubFixture.brisk(HubFixture.NO_HURRY, Duration.ofSeconds(3))));

    assertThat(ranges()).containsExactly("all", "bytes=50000-");
  }

  @Test
  void waitsForAServerThatIsMerelySlow() {
    int portions = 20;
    int portion = hub.weights.length / portions;
    hub.server.next(
        STORED,
        exchange -> {
          exchange.sendResponseHeaders(200, hub.weights.length);
          for (int i = 0; i < portions; i++) {
            exchange.getResponseBody().write(hub.weights, portion * i, portion);
            exchange.getResponseBody().flush();
            sleep(160);
          }
        });

    assertPulled(hub.settings(HubFixture.brisk(HubFixture.NO_HURRY, Duration.ofSeconds(3))));

    assertThat(ranges()).containsExactly("all");
  }

  @Test
  void doesNotWaitForeverForAnAnswerToBegin() {
    Reply silent = exchange -> fallSilent();
    hub.server.next("listing", silent, silent, silent);
    HubSettings hasty = hub.settings(HubFixture.brisk(Duration.ofMillis(300), HubFixture.NO_HURRY));

    assertThat(hub.refusal(hasty, HubFixture.MAIN)).contains("no answer from 127.0.0.1", "in time");
  }

  /** Says nothing until the server is closed. */
  private static void fallSilent() {
    sleep(50_000);
  }

  private static void sleep(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://127.0.0.1/x, away from the secure web",
    "file:///etc/passwd, away from the secure web",
    "http://, no address",
    "'', a redirect without a target"
  })
  void goesNowhereElseThanTheWeb(String target, String finding) {
    hub.server.next("listing", HubServer.redirect(target));

    assertThat(hub.refusal()).contains(finding);
  }

  @Test
  void aSecureAddressLeadsToSecureOnesOnly() {
    URI secure = URI.create("https://hub.clinic/a/b");
    URI plain = URI.create("http://hub.clinic/a/b");

    assertThat(Transport.target(secure, location("https://store.clinic/x")))
        .hasToString("https://store.clinic/x");
    assertThat(Transport.target(secure, location("/x"))).hasToString("https://hub.clinic/x");
    assertThat(Transport.target(plain, location("http://store.clinic/x")))
        .hasToString("http://store.clinic/x");
    assertThat(Transport.target(plain, location("https://store.clinic/x")))
        .hasToString("https://store.clinic/x");
    assertThatThrownBy(() -> Transport.target(secure, location("http://store.clinic/x")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a redirect to http:, away from the secure web");
  }

  private static HttpHeaders location(String target) {
    return HttpHeaders.of(Map.of("Location", List.of(target)), (name, value) -> true);
  }

  @Test
  void goesThroughTheProxyOfTheEnvironment() {
    URI proxy = hub.server.endpoint();
    HubSettings settings =
        HubSettings.of(
            Map.of(
                "HF_ENDPOINT", "http://hub.invalid",
                "HF_HUB_CACHE", hub.cache.toString(),
                "HTTP_PROXY", proxy.toString()),
            hub.cache);
    hub.server.next(WEIGHTS, exchange -> HubServer.serve(exchange, hub.weights, "tag"));

    HubSnapshot snapshot = hub.pull(settings, HubFixture.MAIN);

    assertThat(snapshot.folder().resolve(WEIGHTS)).hasBinaryContent(hub.weights);
    assertThat(hub.server.requests())
        .isNotEmpty()
        .allMatch(request -> request.header("Host").equals(Optional.of("hub.invalid")));
  }

  @Test
  void leavesACircleOfRedirects() {
    Reply circle = exchange -> HubServer.redirect(exchange, exchange.getRequestURI().toString());
    Reply[] circles = new Reply[20];
    Arrays.fill(circles, circle);
    hub.server.next("config.json", circles);

    assertThat(hub.refusal()).contains("more than 10 redirects");
    assertThat(hub.server.requestsFor("hub", "config.json")).hasSize(11);
  }

  @Test
  void followsRelativeRedirectsAndAddressesWithForbiddenCharacters() {
    String store = hub.server.storeAddress() + "/" + hub.server.blob(WEIGHTS).hex();
    hub.server
        .next("listing", HubServer.redirect("/api/models/clinic/tiny/revision/main?a=|b c\"é"))
        .next(WEIGHTS, HubServer.redirect(store + "?disposition=a b{c}|\"ü\""));

    assertPulled();
  }
}
