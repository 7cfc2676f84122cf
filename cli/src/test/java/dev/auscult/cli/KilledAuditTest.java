package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real command in a process of its own, ended as {@code kill -9} ends it. */
class KilledAuditTest {
  private static final Duration AT_MOST = Duration.ofMinutes(3);

  private final Path folder;
  private final Path out;

  KilledAuditTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("audit");
  }

  /** Something that has happened in the folder of a run. */
  private interface Moment {
    boolean reached() throws IOException;
  }

  @Test
  void anAuditKilledAtAnyMomentEndsWithTheBytesOfOneLeftAlone() throws Exception {
    Path partial = out.resolve("attributions.jsonl.partial");
    List<Moment> moments =
        List.of(
            () -> Files.exists(out.resolve("run.json")),
            () -> lines(partial) >= 2,
            () -> lines(partial) >= 40,
            () -> Files.exists(out.resolve("attributions.jsonl")));
    long finished = 0;
    for (Moment moment : moments) {
      killAt(moment);
      assertThat(out.resolve("result.json")).doesNotExist();
      long now = lines(partial) + lines(out.resolve("attributions.jsonl"));
      assertThat(now).as("samples that survive").isGreaterThanOrEqualTo(finished);
      finished = now;
    }
    assertThat(finished).isGreaterThan(40);

    assertThat(Cli.run(command().toArray()).code()).isZero();
    Map<String, String> resumed = AuditFiles.butForTimes(out);
    Files.move(out, folder.resolve("resumed"));
    assertThat(Cli.run(command().toArray()).code()).isZero();

    assertThat(resumed).containsKeys("samples.csv", "attributions.jsonl", "result.json");
    AuditFiles.assertSame(resumed, AuditFiles.butForTimes(out));
  }

  private void killAt(Moment moment) throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(java())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    try {
      Instant latest = Instant.now().plus(AT_MOST);
      while (!moment.reached()) {
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
        assertThat(Instant.now()).isBefore(latest);
        Thread.sleep(2);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private List<String> java() {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.auscult.cli.Main"));
    words.addAll(command());
    return words;
  }

  private List<String> command() {
    return List.of(
        "audit",
        "--model",
        Cli.MODEL.toString(),
        "--data",
        "phantom:n=78,size=48",
        "--task",
        "isa",
        "--threads",
        "1",
        "--out",
        out.toString());
  }

  private static long lines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    long lines = 0;
    for (byte one : Files.readAllBytes(file)) {
      lines += one == '\n' ? 1 : 0;
    }
    return lines;
  }
}
