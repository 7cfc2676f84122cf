package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A model that reads burned-in text sees none where it is covered, whatever the cache holds. */
class MaskTextTest {
  private static final String READER = "phantom:overlay-shortcut";
  private static final String DATA = "phantom:n=6,overlay";

  private final Path folder;

  MaskTextTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Runs a command into a folder of its own; its result says whether text was covered. */
  private Path run(String name, List<String> command, String... more) {
    Path out = folder.resolve(name);
    List<Object> words = new ArrayList<>(command);
    words.addAll(List.of(more));
    words.addAll(List.of("--model", READER, "--out", out, "--json"));
    Outcome outcome = Cli.run(words.toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    boolean masked = List.of(more).contains("--mask-text");
    assertThat(outcome.json().at("/config/mask_text").isString()).as(name).isEqualTo(masked);
    return out;
  }

  /** Plain and covered runs over one cache, in turn, against a cache of their own each. */
  private void assertCovered(List<String> command, String rows) throws IOException {
    String[] shared = {"--cache", folder.resolve("shared").toString()};
    String[] masked = {"--cache", shared[1], "--mask-text"};
    String[] alone = {"--cache", folder.resolve("other").toString(), "--mask-text"};

    String plain = Files.readString(run("plain", command, shared).resolve(rows));
    String covered = Files.readString(run("covered", command, masked).resolve(rows));

    assertThat(covered).isNotEqualTo(plain);
    assertThat(run("plain-again", command, shared).resolve(rows)).hasContent(plain);
    assertThat(run("covered-again", command, masked).resolve(rows)).hasContent(covered);
    assertThat(run("covered-alone", command, alone).resolve(rows)).hasContent(covered);
  }

  @Test
  void classify() throws IOException {
    Path phantoms = folder.resolve("phantoms");
    assertThat(Cli.run("phantom", "--n", 6, "--out", phantoms).code()).isZero();
    String images = phantoms.resolve("images").toString();

    assertCovered(
        List.of("classify", "--images", images, "--labels", "pneumothorax;normal"),
        "predictions.csv");
  }

  @Test
  void overlay() throws IOException {
    assertCovered(
        List.of("overlay --data phantom:n=6,overlay --kinds contradicting --balance 0".split(" ")),
        "samples.csv");
  }

  @Test
  void audit() throws IOException {
    List<String> command =
        List.of("audit", "--data", DATA, "--task", "isa", "--samples", "2", "--passes", "300");

    JsonNode plain = balance(run("plain", command));
    JsonNode covered = balance(run("covered", command, "--mask-text"));

    assertThat(covered.path("n")).isEqualTo(plain.path("n"));
    assertThat(covered.at("/tscore/mean").asDouble())
        .isBetween(0.0, 1.0)
        .isNotEqualTo(plain.at("/tscore/mean").asDouble());
  }

  private static JsonNode balance(Path out) throws IOException {
    String result = Files.readString(out.resolve("result.json"));
    return JsonMapper.shared().readTree(result).at("/result/models/0");
  }
}
