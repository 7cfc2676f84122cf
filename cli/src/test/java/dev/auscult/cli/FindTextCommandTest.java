package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FindTextCommandTest {
  private final Path folder;

  FindTextCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void plantedTextsAreCounted() throws IOException {
    Path out = folder.resolve("out");
    Outcome outcome =
        Cli.run("find-text", "--data", "phantom:n=24,seed=5", "--plant", "--out", out, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode trial = outcome.json().at("/result/trial");
    assertThat(trial.at("/recall/n").intValue()).isEqualTo(12);
    assertThat(trial.at("/false_alarms/n").intValue()).isEqualTo(12);
    assertThat(trial.at("/recall/value").doubleValue())
        .isGreaterThan(trial.at("/false_alarms/value").doubleValue());
    List<String> images = Files.readAllLines(out.resolve("images.csv"));
    assertThat(images).hasSize(25);
    assertThat(images.get(0)).endsWith("planted,typeface,size,corner,contrast,covered");
    double covered =
        images.stream()
            .skip(1)
            .map(row -> row.substring(row.lastIndexOf(',') + 1))
            .filter(field -> !field.isEmpty())
            .mapToDouble(Double::parseDouble)
            .average()
            .orElseThrow();
    assertThat(covered).isCloseTo(trial.at("/covered/value").doubleValue(), within(1e-12));
    assertThat(out.resolve("boxes.csv")).exists();
    assertThat(out.resolve("index.html")).exists();
  }

  @Test
  void maskingIsRecordedAndChangesTheData() {
    JsonNode plain = embedded(folder.resolve("plain"));
    JsonNode masked = embedded(folder.resolve("masked"), "--mask-text");

    assertThat(masked.at("/config/mask_text").stringValue()).startsWith("text-finder/");
    assertThat(plain.at("/config/mask_text").isMissingNode()).isTrue();
    assertThat(masked.at("/provenance/data")).isNotEqualTo(plain.at("/provenance/data"));
  }

  private static JsonNode embedded(Path out, Object... more) {
    Object[] words = {
      "embed",
      "--model",
      "phantom",
      "--data",
      "phantom:n=4,overlay",
      "--cache",
      out.resolveSibling("cache"),
      "--out",
      out + ".safetensors",
      "--json"
    };
    Outcome outcome =
        Cli.run(
            java.util.stream.Stream.concat(
                    java.util.Arrays.stream(words), java.util.Arrays.stream(more))
                .toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.json();
  }
}
