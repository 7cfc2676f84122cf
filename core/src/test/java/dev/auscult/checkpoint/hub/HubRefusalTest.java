package dev.auscult.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.checkpoint.JsonFile;
import dev.auscult.checkpoint.hub.HubServer.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hubs that refuse, hubs that are none, and who gets to see the token. */
class HubRefusalTest {
  private static final String TOKEN = "hf_TopSecret123";
  private static final String WEIGHTS = HubFixture.WEIGHTS;

  private final HubFixture hub;

  HubRefusalTest(@TempDir Path folder) {
    this.hub = new HubFixture(folder.resolve("hub"));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void tellsWhereToAcceptTheTermsOfAGatedRepository() {
    hub.server.next("config.json", HubServer.refusal(401, "GatedRepo"));

    assertThat(hub.refusal())
        .contains("a gated repository")
        .contains(
            "accept the terms at %s/clinic/tiny and set HF_TOKEN".formatted(hub.server.endpoint()));
  }

  @Test
  void tellsThatTheAccountOfTheTokenMayNotReadAGatedRepository() {
    hub.server.next("config.json", HubServer.refusal(403, "GatedRepo"));

    assertThat(hub.refusal(hub.withToken(TOKEN), HubFixture.MAIN))
        .contains("that the token's account may not read", "accept the terms at", "same account")
        .doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @CsvSource({
    "401, '', no such repository, set HF_TOKEN",
    "401, RepoNotFound, no such repository, set HF_TOKEN",
    "404, RepoNotFound, no such repository, check the name",
    "404, '', no such repository, check the name",
    "404, RevisionNotFound, no such revision as main, /clinic/tiny/commits/main",
    "403, '', no permission to read it, accept the terms at",
    "407, '', a proxy that asks for a password, administrator",
    "418, '', HTTP status 418, check HF_ENDPOINT",
  })
  void explainsWhyThereIsNoListing(int status, String code, String found, String advice) {
    hub.server.next("listing", HubServer.refusal(status, code));

    assertThat(hub.refusal()).startsWith("model hf:clinic/tiny: found " + found).contains(advice);
  }

  @ParameterizedTest
  @CsvSource({
    "404, EntryNotFound, no file \"config.json\" at revision main",
    "404, '', no file \"config.json\" at revision main",
    "403, '', no permission to read it",
  })
  void explainsWhyThereIsNoFile(int status, String code, String found) {
    hub.server.next("config.json", HubServer.refusal(status, code));

    assertThat(hub.refusal()).contains(found);
  }

  @Test
  void neverRepeatsTheTokenThatAServerSendsBack() {
    hub.server.next(
        "listing",
        exchange -> {
          exchange
              .getResponseHeaders()
              .set(
                  "X-Error-Message",
                  "bad " + exchange.getRequestHeaders().getFirst("Authorization"));
          HubServer.error(exchange, 401, "");
        });

    assertThat(hub.refusal(hub.withToken(TOKEN), HubFixture.MAIN))
        .contains("a token that is not accepted (\"bad Bearer [token]\")")
        .contains("check HF_TOKEN")
        .doesNotContain(TOKEN);
  }

  @Test
  void sendsTheTokenToTheHubAndToNobodyElse() {
    hub.pull(hub.withToken(TOKEN), HubFixture.MAIN);

    List<Request> requests = hub.server.requests();
    assertThat(requests.stream().filter(r -> r.server().equals("hub")))
        .isNotEmpty()
        .allMatch(r -> r.header("Authorization").equals(Optional.of("Bearer " + TOKEN)));
    assertThat(requests.stream().filter(r -> r.server().equals("store")))
        .isNotEmpty()
        .allMatch(r -> r.header("Authorization").isEmpty());
  }

  @Test
  void sendsTheTokenNoMoreOnceARedirectHasLeftTheHub() {
    String store = hub.server.storeAddress() + "/" + hub.server.blob(WEIGHTS).hex();
    URI home = hub.server.endpoint();
    hub.server.next(WEIGHTS, HubServer.redirect(store));
    hub.server.next("store:" + WEIGHTS, HubServer.redirect(home + "/clinic/tiny/resolve/main/x"));

    hub.refusal(hub.withToken(TOKEN), HubFixture.MAIN);

    List<Request> requests = hub.server.requests();
    Request last = requests.get(requests.size() - 1);
    assertThat(last.server()).isEqualTo("hub");
    assertThat(last.path()).endsWith("/resolve/main/x");
    assertThat(last.header("Authorization")).isEmpty();
  }

  @Test
  void anotherNameOfTheSameMachineIsAnotherServer() {
    URI home = hub.server.endpoint();
    hub.server.next(
        "listing",
        HubServer.redirect(
            "http://localhost:%d/api/models/clinic/tiny/revision/main".formatted(home.getPort())));

    hub.pull(hub.withToken(TOKEN), HubFixture.MAIN);

    assertThat(hub.server.requests().get(0).header("Authorization")).isPresent();
    assertThat(hub.server.requests().get(1).header("Authorization")).isEmpty();
  }

  @Test
  void tellsThatNobodyAnswers() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    assertThat(hub.refusal(hub.settings(nobody), HubFixture.MAIN))
        .contains("no connection to " + nobody.getAuthority())
        .contains("check HF_ENDPOINT, the network and the proxy");
  }

  @Test
  void tellsThatThereIsNoSuchHost() {
    // A label of more than 63 letters is no name, so nobody is asked for it.
    URI nowhere = URI.create("http://" + "x".repeat(70) + ".invalid");

    assertThat(hub.refusal(hub.settings(nowhere), HubFixture.MAIN)).contains("no such host as xxx");
  }

  @Test
  void tellsThatAConnectionIsNotSecure() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server = new Thread(() -> answerInPlainText(socket));
      server.start();
      URI plain = URI.create("https://127.0.0.1:" + socket.getLocalPort());

      assertThat(hub.refusal(hub.settings(plain), HubFixture.MAIN))
          .contains("no trusted connection to 127.0.0.1")
          .contains("javax.net.ssl.trustStore");
      server.join();
    }
  }

  /** Reads the greeting and waits for the end: to close on unread bytes would cut the answer. */
  private static void answerInPlainText(ServerSocket socket) {
    try (Socket connection = socket.accept()) {
      InputStream in = connection.getInputStream();
      byte[] greeting = new byte[1 << 14];
      if (in.read(greeting) > 0) {
        connection
            .getOutputStream()
            .write("HTTP/1.1 400 no\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      }
      connection.shutdownOutput();
      connection.setSoTimeout(1000);
      in.transferTo(OutputStream.nullOutputStream());
    } catch (SocketException | SocketTimeoutException e) {
      // the client went away, which is what it should do
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>log in</html>",
        "[]",
        "{}",
        "{\"sha\":\"main\",\"siblings\":[]}",
        "{\"sha\":\"../../../../../../../../../../../../x\",\"siblings\":[]}",
        "{\"sha\":\"0123456789012345678901234567890123456789\"}",
        "{\"sha\":\"0123456789012345678901234567890123456789\",\"siblings\":{}}",
        "{\"sha\":\"0123456789012345678901234567890123456789\",\"siblings\":[",
      })
  void refusesAListingThatIsNone(String listing) {
    hub.server.next("listing", HubServer.body(listing));

    assertThat(hub.refusal())
        .startsWith(hub.server.endpoint() + "/api/models/clinic/tiny/revision/main: found")
        .contains("login page");
  }

  @Test
  void refusesAListingThatDoesNotEnd() {
    hub.server.next(
        "listing",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] blanks = " ".repeat(100_000).getBytes(StandardCharsets.UTF_8);
          for (int i = 0; i < JsonFile.MAX_BYTES / blanks.length + 50; i++) {
            exchange.getResponseBody().write(blanks);
          }
        });

    assertThat(hub.refusal()).contains("more than %d bytes".formatted(JsonFile.MAX_BYTES));
  }

  private static Stream<String> namesThatLeadElsewhere() {
    return Stream.of(
        "../x",
        "a/../../x",
        "/etc/passwd",
        "a//b",
        "a/./b",
        "",
        ".",
        "a\\\\..\\\\x",
        "C:/x",
        "a\\u0000b",
        "a\\nb",
        "x".repeat(300));
  }

  @ParameterizedTest
  @MethodSource("namesThatLeadElsewhere")
  void refusesNamesThatLeadOutOfTheRepository(String name) {
    hub.server.next(
        "listing",
        HubServer.body(
            "{\"sha\":\"%s\",\"siblings\":[{\"rfilename\":\"config.json\"},{\"rfilename\":\"%s\"}]}"
                .formatted(hub.server.commit(), name)));

    assertThat(hub.refusal()).contains("the file name", "the name leads elsewhere");
    assertThat(hub.cache).doesNotExist();
  }

  @Test
  void refusesWhatTheDiskHasNoRoomFor() {
    hub.server.next(
        "listing",
        HubServer.body(
            hub.server.listing().replace("\"size\":300000", "\"size\":4000000000000000000")));

    assertThat(hub.refusal())
        .startsWith("cache " + hub.cache)
        .contains("of free space; expected 4000000000 GB", "HF_HUB_CACHE");
    assertThat(hub.server.requests()).hasSize(1);
  }

  @Test
  void tellsThatTheCacheCannotBeWritten() throws IOException {
    Files.writeString(hub.cache, "a file in the way");

    assertThat(hub.refusal())
        .startsWith("cache " + hub.cache + ": found it cannot be written")
        .contains("HF_HUB_CACHE");
  }
}
