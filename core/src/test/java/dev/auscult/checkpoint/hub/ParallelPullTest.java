package dev.auscult.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.Progress;
import dev.auscult.checkpoint.hub.HubServer.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several pulls of one model at once: each byte comes once, and all get the whole model. */
@Timeout(240)
class ParallelPullTest {
  private static final String WEIGHTS = HubFixture.WEIGHTS;

  private final HubFixture hub;

  ParallelPullTest(@TempDir Path folder) {
    this.hub = new HubFixture(folder.resolve("hub"));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  /** Sends the weights so slowly that other pulls begin meanwhile. */
  private Reply slowly(int milliseconds) {
    return exchange -> {
      exchange.sendResponseHeaders(200, hub.weights.length);
      int piece = hub.weights.length / 10;
      for (int i = 0; i < 10; i++) {
        exchange.getResponseBody().write(hub.weights, piece * i, piece);
        exchange.getResponseBody().flush();
        pause(milliseconds / 10);
      }
    };
  }

  private static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void threadsShareOneDownload() throws Exception {
    hub.server.next("store:" + WEIGHTS, slowly(1_000));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<HubSnapshot>> pulls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      pulls.add(hub::pull);
    }

    List<Future<HubSnapshot>> pulled = threads.invokeAll(pulls);

    threads.shutdown();
    int downloaded = 0;
    for (Future<HubSnapshot> one : pulled) {
      assertThat(one.get().folder().resolve(WEIGHTS)).hasBinaryContent(hub.weights);
      downloaded += one.get().downloadedFiles();
    }
    assertThat(downloaded).isEqualTo(5);
    assertThat(hub.server.requestsFor("store", WEIGHTS)).hasSize(1);
    assertThat(hub.server.requestsFor("hub", "config.json")).hasSize(1);
  }

  @Test
  void processesShareOneDownload() throws Exception {
    hub.server.next("store:" + WEIGHTS, slowly(4_000));

    Process first = pullInAProcess();
    while (hub.server.requestsFor("store", WEIGHTS).isEmpty()) {
      assertThat(first.isAlive()).isTrue();
      pause(20);
    }
    Process second = pullInAProcess();
    HubSnapshot third = hub.pull();

    assertThat(outputOf(first)).isEqualTo("5 " + third.folder());
    assertThat(outputOf(second)).isEqualTo("0 " + third.folder());
    assertThat(third.folder().resolve(WEIGHTS)).hasBinaryContent(hub.weights);
    assertThat(third.downloadedFiles()).isZero();
    assertThat(hub.server.requestsFor("store", WEIGHTS)).hasSize(1);
  }

  @Test
  void whatAKilledProcessLeftIsGoneOnWith() throws Exception {
    hub.server.next("store:" + WEIGHTS, slowly(20_000));
    Process first = pullInAProcess();
    while (!Files.exists(hub.partial(WEIGHTS)) || Files.size(hub.partial(WEIGHTS)) < 30_000) {
      assertThat(first.isAlive()).isTrue();
      pause(20);
    }
    first.destroyForcibly().waitFor();

    HubSnapshot pulled = hub.pull();

    assertThat(pulled.folder().resolve(WEIGHTS)).hasBinaryContent(hub.weights);
    assertThat(pulled.downloadedBytes()).isLessThanOrEqualTo(270_000);
  }

  private Process pullInAProcess() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Puller.class.getName(),
            hub.server.endpoint().toString(),
            hub.cache.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String outputOf(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return output.strip();
  }

  /** Pulls the model in a process of its own and prints how many files came, and the folder. */
  static final class Puller {
    private Puller() {}

    public static void main(String[] arguments) {
      Map<String, String> environment =
          Map.of("HF_ENDPOINT", arguments[0], "HF_HUB_CACHE", arguments[1]);
      HubSettings settings = HubSettings.of(environment, Path.of(arguments[1]));
      assertThat(settings.endpoint()).isEqualTo(URI.create(arguments[0]));
      HubSnapshot pulled =
          new Hub(settings).pull(HubFixture.MAIN, FileSelection.needed(), Progress.NONE);
      System.out.println(pulled.downloadedFiles() + " " + pulled.folder());
    }
  }
}
