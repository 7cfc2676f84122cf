package dev.auscult.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.checkpoint.hub.HubServer.Reply;
import dev.auscult.checkpoint.hub.HubServer.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads that go on where they ended, and content that is not what it should be. */
@Timeout(240)
class HubContentTest {
  private static final String WEIGHTS = HubFixture.WEIGHTS;
  private static final String STORED = "store:" + WEIGHTS;

  private final HubFixture hub;

  HubContentTest(@TempDir Path folder) {
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
    byte[] config = hub.server.content("config.json");
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
}
