package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditCommandTest {
  private static final String DATA = "phantom:n=13,size=48";

  private final Path folder;
  private final Path out;

  AuditCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("audit");
  }

  @Test
  void theFolderHoldsTheRowsTheResultAndAPage() throws IOException {
    Outcome outcome = audit("--samples", 4, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode model = outcome.json().at("/result/models/0");
    assertThat(model.propertyNames())
        .contains(
            "n",
            "undefined",
            "tscore",
            "iscore",
            "delta",
            "balanced_0_1",
            "balanced_0_2",
            "l_norm",
            "modality_shapley",
            "encoder_passes",
            "seconds");
    assertThat(model.path("n").asInt() + model.path("undefined").asInt()).isEqualTo(4);
    assertThat(Files.readAllLines(out.resolve("samples.csv"))).hasSize(5);
    assertThat(Files.readAllLines(out.resolve("attributions.jsonl"))).hasSize(4);
    assertThat(Files.readString(out.resolve("index.html"))).contains("</html>");
    assertThat(JsonMapper.shared().readTree(Files.readString(out.resolve("result.json"))))
        .isEqualTo(outcome.json());
  }

  @Test
  void theTableHasARowPerModel() throws IOException {
    Outcome outcome = audit("--samples", 2, "--model", copyOfTheModel());

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out().lines()).hasSize(2 + 2);
    assertThat(Files.readAllLines(out.resolve("samples.csv"))).hasSize(1 + 2 * 2);
  }

  @Test
  void anInterruptedAuditResumesToTheSameBytes() throws IOException {
    Outcome interrupted = Cli.runUntil(Cli.stopAtStep(4), command("--samples", 6));
    assertThat(interrupted.code()).isEqualTo(130);
    assertThat(interrupted.err()).contains("the same command");
    assertThat(out.resolve("result.json")).doesNotExist();
    assertThat(out.resolve("attributions.jsonl")).doesNotExist();

    Outcome resumed = audit("--samples", 6);
    assertThat(resumed.code()).isZero();
    Map<String, String> afterResuming = files(out);
    Files.move(out, folder.resolve("resumed"));

    audit("--samples", 6);
    assertThat(files(out)).isEqualTo(afterResuming);
  }

  @Test
  void theNumberOfThreadsChangesNoByte() throws IOException {
    audit("--samples", 3, "--threads", 1);
    Map<String, String> one = files(out);
    Files.move(out, folder.resolve("one"));

    audit("--samples", 3, "--threads", 2);

    Map<String, String> two = files(out);
    one.remove("result.json"); // names the command line
    two.remove("result.json");
    one.remove("index.html");
    two.remove("index.html");
    assertThat(two).isEqualTo(one);
  }

  @Test
  void aFolderOfAnotherConfigurationIsRefusedWithTheDifference() throws IOException {
    audit("--samples", 2);
    Map<String, String> before = files(out);

    Hostile.assertRefused(audit("--samples", 3), "samples 2 there, 3 now");
    Hostile.assertRefused(audit("--samples", 2, "--seed", 5), "seed 0 there, 5 now");
    assertThat(files(out)).isEqualTo(before);
  }

  @Test
  void wrongChoicesEndBeforeAnyWork() {
    Hostile.assertRefused(audit("--preset", "paper-2026"), "paper-2026");
    Hostile.assertRefused(audit("--preset", "none"), "none");
    Hostile.assertRefused(audit("--passes", 3), "--passes");
    Hostile.assertRefused(audit("--samples", 0), "--samples");
    Hostile.assertRefused(audit("--model", Cli.MODEL), "the same model twice");
    assertThat(Cli.run("audit", "--task", "isa2").code()).isEqualTo(2);
    assertThat(out.resolve("run.json")).doesNotExist();
  }

  private Path copyOfTheModel() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("copy"));
    try (Stream<Path> files = Files.list(Cli.MODEL)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  private Outcome audit(Object... more) {
    return Cli.run(command(more));
  }

  private Object[] command(Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of("audit", "--model", Cli.MODEL, "--data", DATA, "--task", "isa", "--out", out));
    words.addAll(List.of(more));
    return words.toArray();
  }

  /** Every file's content, without what may differ between runs: times and durations. */
  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text =
            new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        contents.put(
            folder.relativize(file).toString(),
            text.replaceAll("\"(seconds|started)\" : [^,\\n]*", "")
                .replaceAll(">[^<>]*[0-9-]+T[0-9:.]+Z, [0-9.]+ s<", "")
                .replaceAll("seconds</th><td class=\"number\">[0-9.]+", ""));
      }
    }
    return contents;
  }
}
