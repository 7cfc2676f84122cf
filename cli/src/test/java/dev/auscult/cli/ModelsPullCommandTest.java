package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pulls in a process of its own, as the hub and the cache are named by the environment. */
@Timeout(240)
class ModelsPullCommandTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final List<String> FILES =
      List.of(
          "config.json",
          "preprocessor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "model.safetensors");

  private final Path folder;
  private HttpServer hub;

  ModelsPullCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void serveAModel() throws IOException {
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.createContext("/", ModelsPullCommandTest::answer);
    hub.start();
  }

  @AfterEach
  void stop() {
    hub.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String files = "/clinic/tiny/resolve/" + COMMIT + "/";
      if (path.matches("/api/models/clinic/tiny/revision/(main|v1\\.0)")) {
        send(exchange, listing().getBytes(StandardCharsets.UTF_8));
      } else if (path.startsWith(files)) {
        send(exchange, Files.readAllBytes(Cli.MODEL.resolve(path.substring(files.length()))));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private static String listing() throws IOException {
    List<String> siblings = new ArrayList<>();
    for (String name : FILES) {
      byte[] content = Files.readAllBytes(Cli.MODEL.resolve(name));
      siblings.add(
          "{\"rfilename\":\"%s\",\"size\":%d,\"lfs\":{\"sha256\":\"%s\",\"size\":%d}}"
              .formatted(name, content.length, sha256(content), content.length));
    }
    return "{\"sha\":\"%s\",\"siblings\":[%s]}".formatted(COMMIT, String.join(",", siblings));
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Outcome run(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()),
                Stream.of(arguments))
            .collect(Collectors.toList());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(HF|HUGGING|TRANSFORMERS).*"));
    builder.environment().put("HF_HOME", folder.resolve("home").toString());
    builder.environment().put("HF_ENDPOINT", "http://127.0.0.1:" + hub.getAddress().getPort());
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    return new Outcome(code, Files.readString(out), Files.readString(err));
  }

  @Test
  void printsTheFolderAndNothingElse() throws Exception {
    Outcome pulled = run(Map.of(), "models", "pull", "hf:clinic/tiny");

    assertThat(pulled.code()).as(pulled.err()).isZero();
    Path snapshot = Path.of(pulled.out().strip());
    assertThat(snapshot)
        .isEqualTo(folder.resolve("home/hub/models--clinic--tiny/snapshots").resolve(COMMIT));
    assertThat(snapshot.resolve("model.safetensors"))
        .hasSameBinaryContentAs(Cli.MODEL.resolve("model.safetensors"));
    assertThat(pulled.err())
        .contains("hf:clinic/tiny at commit %s: 5 files".formatted(COMMIT))
        .contains("downloaded 5 files");
  }

  @Test
  void aModelOnTheHubIsLoadedByItsName() throws Exception {
    Outcome inspected = run(Map.of(), "models", "inspect", "hf:clinic/tiny", "--json");
    Outcome offline =
        run(Map.of("HF_HUB_OFFLINE", "1"), "models", "inspect", "hf:clinic/tiny", "--json");

    assertThat(inspected.code()).as(inspected.err()).isZero();
    assertThat(offline.code()).as(offline.err()).isZero();
    JsonNode folderItself = Cli.run("models", "inspect", Cli.MODEL, "--json").json().path("result");
    for (String fact : List.of("weights", "configuration", "dimension")) {
      assertThat(inspected.json().path("result").path(fact)).isEqualTo(folderItself.path(fact));
      assertThat(offline.json().path("result").path(fact)).isEqualTo(folderItself.path(fact));
    }
    assertThat(inspected.json().path("result").path("model").asString())
        .isEqualTo("hf:clinic/tiny");
  }

  @Test
  void aResultNamesTheCommitThatAModelWasLoadedFrom() throws Exception {
    Path images = Pictures.folder(folder.resolve("images"), 2);
    Path classified = folder.resolve("classified");

    Outcome outcome =
        run(
            Map.of(),
            "classify",
            "--model",
            "hf:clinic/tiny@v1.0",
            "--images",
            images.toString(),
            "--labels",
            "effusion;normal",
            "--out",
            classified.toString());

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode model =
        JsonMapper.shared()
            .readTree(Files.readString(classified.resolve("result.json")))
            .at("/provenance/model/0");
    assertThat(model.path("name").asString()).isEqualTo("hf:clinic/tiny@v1.0");
    assertThat(model.path("commit").asString()).isEqualTo(COMMIT);
    Outcome pinned =
        run(
            Map.of("HF_HUB_OFFLINE", "1"),
            "embed",
            "--model",
            "hf:clinic/tiny@" + COMMIT,
            "--images",
            images.toString(),
            "--out",
            folder.resolve("vectors.safetensors").toString(),
            "--json");
    assertThat(pinned.code()).as(pinned.err()).isZero();
    assertThat(pinned.json().at("/provenance/model/0/commit").asString()).isEqualTo(COMMIT);
    assertThat(pinned.json().at("/provenance/model/0/weights")).isEqualTo(model.path("weights"));
  }

  @Test
  void tellsWhatCameAsJson() throws Exception {
    Outcome pulled =
        run(Map.of(), "models", "pull", "hf:clinic/tiny", "--file", "config.json", "--json");

    JsonNode result = pulled.json().path("result");
    assertThat(result.path("commit").asString()).isEqualTo(COMMIT);
    assertThat(result.path("files").size()).isEqualTo(1);
    assertThat(result.path("files").path(0).path("name").asString()).isEqualTo("config.json");
    assertThat(result.path("bytes").asLong())
        .isEqualTo(Files.size(Cli.MODEL.resolve("config.json")))
        .isEqualTo(result.path("downloaded_bytes").asLong());
    assertThat(Path.of(result.path("folder").asString()).resolve("config.json")).exists();
  }

  @Test
  void aModelThatIsNotThereIsOneLine() throws Exception {
    Hostile.assertRefused(
        run(Map.of("HF_TOKEN", "hf_TopSecret"), "models", "inspect", "hf:clinic/other"),
        "model hf:clinic/other: found no such repository");
    Hostile.assertRefused(
        run(Map.of("HF_HUB_OFFLINE", "1"), "models", "pull", "hf:clinic/tiny"),
        "HF_HUB_OFFLINE forbids");
  }

  @Test
  void whatLiesOnNoHubIsNotPulled() {
    Hostile.assertRefused(Cli.run("models", "pull", "phantom"), "folders and phantoms need no");
    Hostile.assertRefused(Cli.run("models", "pull", Cli.MODEL), "folders and phantoms need no");
    Hostile.assertRefused(Cli.run("models", "pull", "hf:a/b/c"), "the repository \"a/b/c\"");
    Hostile.assertRefused(
        Cli.run("models", "pull", "hf:a/b", "--file", "../x"), "the name leads elsewhere");
  }
}
