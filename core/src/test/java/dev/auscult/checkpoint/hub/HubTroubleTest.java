package dev.auscult.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.hub.HubServer.Reply;
import dev.auscult.checkpoint.hub.HubServer.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
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

/** Connections that break, servers that are busy, silent or wrong. */
@Timeout(60)
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
    assertThat(hub.pull().folder().resolve(WEIGHTS)).hasBinaryContent(hub.weights);
    assertThat(hub.partial(WEIGHTS)).doesNotExist();
  }

  private List<String> ranges() {
    return hub.server.requestsFor("store", WEIGHTS).stream()
        .map(request -> request.header("Range").orElse("all"))
        .toList();
  }

  private void leavePartialFile(byte[] content) throws IOException {
    Files.createDirectories(hub.folder().resolve("blobs"));
    Files.write(hub.partial(WEIGHTS), content);
  }

  @Test
  void goesOnWhereAConnectionBroke() {
    hub.server.next(
        STORED, hub.server.cutAfter(WEIGHTS, 100_000), hub.server.cutAfter(WEIGHTS, 50_000));

    assertPulled();

    assertThat(ranges()).containsExactly("all", "bytes=100000-", "bytes=150000-");
  }

  @Test
  void asksTheHubAgainForEachAttemptAsAddressesOfTheStoreRunOut() {
    hub.server.next(STORED, hub.server.cutAfter(WEIGHTS, 100_000), HubServer.status(403));

    assertPulled();

    assertThat(hub.server.requestsFor("hub", WEIGHTS)).hasSize(3);
  }

  @Test
  void goesOnWithWhatAnEarlierCommandLeft() throws IOException {
    leavePartialFile(Arrays.copyOf(hub.weights, 120_000));

    HubSnapshot snapshot = hub.pull();

    assertThat(ranges()).containsExactly("bytes=120000-");
    assertThat(snapshot.folder().resolve(WEIGHTS)).hasBinaryContent(hub.weights);
    assertThat(snapshot.downloadedBytes()).isEqualTo(snapshot.size() - 120_000);
  }

  @Test
  void asksForNothingIfAllBytesWereLeft() throws IOException {
    leavePartialFile(hub.weights);

    assertPulled();

    assertThat(ranges()).isEmpty();
  }

  @Test
  void beginsAnewIfMoreBytesWereLeftThanThereAre() throws IOException {
    leavePartialFile(HubFixture.bytes(300_001));

    assertPulled();

    assertThat(ranges()).containsExactly("all");
  }

  @Test
  void beginsAnewIfTheServerIgnoresTheRange() throws IOException {
    leavePartialFile(Arrays.copyOf(hub.weights, 120_000));
    hub.server.next(STORED, exchange -> HubServer.send(exchange, 200, hub.weights));

    assertPulled();

    assertThat(ranges()).containsExactly("bytes=120000-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 0-299999/300000",
        "bytes 119999-299999/300000",
        "bytes 120000-299999/300001",
        "bytes */300000",
        "nonsense",
        ""
      })
  void beginsAnewIfTheServerSendsAnotherRange(String range) throws IOException {
    leavePartialFile(Arrays.copyOf(hub.weights, 120_000));
    hub.server.next(
        STORED,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Range", range);
          HubServer.send(exchange, 206, new byte[180_000]);
        });

    assertPulled();

    assertThat(ranges()).containsExactly("bytes=120000-", "all");
  }

  @Test
  void beginsAnewIfTheServerKnowsNoSuchRange() throws IOException {
    leavePartialFile(Arrays.copyOf(hub.weights, 120_000));
    hub.server.next(STORED, HubServer.status(416));

    assertPulled();

    assertThat(ranges()).containsExactly("bytes=120000-", "all");
  }

  @Test
  void beginsAnewIfWhatWasLeftIsDamaged() throws IOException {
    leavePartialFile(new byte[120_000]);

    assertPulled();

    assertThat(ranges()).containsExactly("bytes=120000-", "all");
  }

  @Test
  void aSmallFileGoesOnOnlyIfTheTagIsTheSame() throws IOException {
    byte[] config = "{\"model_type\":\"clip\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Files.createDirectories(hub.folder().resolve("blobs"));
    Files.write(hub.partial("config.json"), Arrays.copyOf(config, 5));

    HubSnapshot snapshot = hub.pull();

    Request request = hub.server.requestsFor("hub", "config.json").get(0);
    assertThat(request.header("Range")).contains("bytes=5-");
    assertThat(request.header("If-Range"))
        .contains("\"" + hub.server.blob("config.json").hex() + "\"");
    assertThat(snapshot.folder().resolve("config.json")).hasBinaryContent(config);
  }

  @ParameterizedTest
  @ValueSource(strings = {WEIGHTS, "config.json"})
  void contentWithAWrongHashIsRemoved(String file) throws IOException {
    byte[] other = Files.size(hub.pull().folder().resolve(file)) > 2000 ? flipped() : new byte[21];
    Files.delete(hub.blob(file));
    Reply wrong = exchange -> HubServer.send(exchange, 200, other);
    hub.server.next(file.equals(WEIGHTS) ? STORED : file, wrong);

    assertThat(hub.refusal())
        .contains("file " + file, "the hash", hub.server.blob(file).toString(), "begins anew");
    assertThat(hub.blob(file)).doesNotExist();
    assertThat(hub.partial(file)).doesNotExist();
    assertPulled();
  }

  private byte[] flipped() {
    byte[] other = hub.weights.clone();
    other[200_000] ^= 1;
    return other;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 299_999, 300_001, 900_000})
  void contentOfAnotherLengthIsRefused(int length) {
    hub.server.next(STORED, exchange -> HubServer.send(exchange, 200, HubFixture.bytes(length)));

    assertThat(hub.refusal()).contains(length + " bytes", "300000 bytes", "proxy or mirror");
  }

  @Test
  void contentOfUnknownLengthMayNotGrowWithoutEnd() {
    hub.server.next(STORED, endless());

    assertThat(hub.refusal()).contains("more than 300000 bytes");
    assertThat(hub.partial(WEIGHTS)).doesNotExist();
  }

  private static Reply endless() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      for (int i = 0; i < 10_000; i++) {
        out.write(new byte[10_000]);
      }
    };
  }

  @Test
  void contentOfUnknownLengthThatEndsEarlyGoesOn() {
    hub.server.next(
        STORED,
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(hub.weights, 0, 100_000);
        });

    assertPulled();

    assertThat(ranges()).containsExactly("all", "bytes=100000-");
  }

  @Test
  void compressedContentIsRefused() {
    hub.server.next(
        STORED,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          HubServer.send(exchange, 200, new byte[1_000]);
        });

    assertThat(hub.refusal()).contains("compressed with gzip");
    assertThat(hub.server.requestsFor("store", WEIGHTS).get(0).header("Accept-Encoding"))
        .contains("identity");
  }

  @Test
  void anOfferOfOtherContentThanListedIsRefused() {
    hub.server.next(
        WEIGHTS,
        exchange -> {
          exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + "0".repeat(64) + "\"");
          HubServer.redirect(
              exchange, hub.server.storeAddress() + "/" + hub.server.blob(WEIGHTS).hex());
        });

    assertThat(hub.refusal()).contains("an offer of SHA-256 0000").contains("model.safetensors");
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
          sleep(3_000);
        });

    assertPulled();

    assertThat(ranges()).containsExactly("all", "bytes=50000-");
  }

  @Test
  void waitsForAServerThatIsMerelySlow() {
    hub.server.next(
        STORED,
        exchange -> {
          exchange.sendResponseHeaders(200, hub.weights.length);
          for (int i = 0; i < 10; i++) {
            exchange.getResponseBody().write(hub.weights, 30_000 * i, 30_000);
            exchange.getResponseBody().flush();
            sleep(100);
          }
        });

    assertPulled();

    assertThat(ranges()).containsExactly("all");
  }

  @Test
  void doesNotWaitForeverForAnAnswerToBegin() {
    Reply silent = exchange -> sleep(2_000);
    hub.server.next("listing", silent, silent, silent);
    HubSettings settings = hub.settings();
    HubSettings hasty =
        new HubSettings(
            settings.endpoint(),
            settings.cache(),
            Optional.empty(),
            false,
            true,
            settings.proxies(),
            new Patience(
                2,
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                Duration.ofMillis(300),
                Duration.ofMillis(300)));

    assertThat(hub.refusal(hasty, HubFixture.MAIN)).contains("no answer from 127.0.0.1", "in time");
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
