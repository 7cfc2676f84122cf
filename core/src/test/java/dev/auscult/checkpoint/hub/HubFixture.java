package dev.auscult.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A hub on this machine with a small model, and an empty cache in front of it. */
final class HubFixture implements AutoCloseable {
  static final Duration NO_HURRY = Duration.ofSeconds(50);

  /** Pauses that cost a test nothing, and waits that a busy machine does not use up. */
  private static final Patience BRISK = brisk(NO_HURRY, NO_HURRY);

  static final String WEIGHTS = "model.safetensors";
  static final HubReference MAIN = new HubReference(HubServer.REPOSITORY, "main");

  final HubServer server = new HubServer();
  final byte[] weights = bytes(300_000);
  final Path cache;

  HubFixture(Path cache) {
    this.cache = cache;
    server
        .file("README.md", "a card")
        .file("config.json", "{\"model_type\":\"clip\"}")
        .file("preprocessor_config.json", "{}")
        .file("tokenizer.json", "{\"model\":{}}")
        .file("tokenizer_config.json", "{\"x\":1}")
        .file("flax_model.msgpack", bytes(5_000))
        .file("onnx/model.onnx", bytes(6_000))
        .file("pytorch_model.bin", bytes(7_000))
        .file(WEIGHTS, weights);
  }

  /** The same bytes each time. */
  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new SplittableRandom(count).nextBytes(bytes);
    return bytes;
  }

  /** Waits that long for an answer to begin, and that long for it to go on. */
  static Patience brisk(Duration answer, Duration silence) {
    return new Patience(
        3, Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofSeconds(2), answer, silence);
  }

  HubSettings settings(Patience patience) {
    ProxySelector proxies = ProxySelector.getDefault();
    return new HubSettings(
        server.endpoint(), cache, Optional.empty(), false, true, proxies, patience);
  }

  HubSettings settings() {
    return settings(server.endpoint(), Optional.empty(), false, true);
  }

  HubSettings settings(URI endpoint) {
    return settings(endpoint, Optional.empty(), false, true);
  }

  HubSettings withToken(String token) {
    return settings(server.endpoint(), Optional.of(HubToken.of(token, "test")), false, true);
  }

  HubSettings offline() {
    return settings(server.endpoint(), Optional.empty(), true, true);
  }

  HubSettings withoutLinks() {
    return settings(server.endpoint(), Optional.empty(), false, false);
  }

  private HubSettings settings(
      URI endpoint, Optional<HubToken> token, boolean offline, boolean symlinks) {
    ProxySelector proxies = ProxySelector.getDefault();
    return new HubSettings(endpoint, cache, token, offline, symlinks, proxies, BRISK);
  }

  HubSnapshot pull() {
    return pull(settings(), MAIN);
  }

  HubSnapshot pull(HubSettings settings, HubReference reference) {
    return new Hub(settings).pull(reference, FileSelection.needed(), Progress.NONE);
  }

  HubSnapshot pull(String... files) {
    return new Hub(settings()).pull(MAIN, new FileSelection(List.of(files)), Progress.NONE);
  }

  Path blob(String file) {
    return folder().resolve("blobs").resolve(server.blob(file).hex());
  }

  Path partial(String file) {
    return folder().resolve("blobs").resolve(server.blob(file).hex() + ".auscult.incomplete");
  }

  Path folder() {
    return cache.resolve("models--clinic--tiny");
  }

  /** The one line that a pull ends with. */
  String refusal() {
    return refusal(settings(), MAIN);
  }

  String refusal(HubSettings settings, HubReference reference) {
    InputException refusal =
        catchThrowableOfType(InputException.class, () -> pull(settings, reference));
    assertThat(refusal).as("pull of " + reference).isNotNull();
    String line = String.valueOf(refusal.getMessage());
    assertThat(line).doesNotContain("\n").doesNotContain("Exception");
    return line;
  }

  @Override
  public void close() {
    server.close();
  }
}
