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

class OverlayCommandTest {
  private final Path out;

  OverlayCommandTest(@TempDir Path folder) {
    this.out = folder.resolve("out");
  }

  private Outcome overlay(Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("overlay", "--out", out, "--no-cache", "--model", "phantom"));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }

  @Test
  void thePlantedModelIsCaughtAndTheBalancedOneIsNotAccused() throws IOException {
    Outcome outcome =
        overlay(
            "--model",
            "phantom:overlay-shortcut",
            "--data",
            "phantom:n=39,seed=20261126",
            "--kinds",
            "true,contradicting,laterality",
            "--sizes",
            "0.11",
            "--corners",
            "top-left,top-right",
            "--contrasts",
            "white-on-black",
            "--balance",
            1,
            "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode models = outcome.json().at("/result/models");
    assertThat(models.get(0).at("/verdict/kind").stringValue()).isNotEqualTo("follows");
    assertThat(models.get(1).at("/verdict/kind").stringValue()).isEqualTo("follows");
    assertThat(models.get(1).path("sentence").stringValue()).contains("follows burned-in text");
    for (JsonNode model : models) {
      assertThat(model.path("n").intValue()).isEqualTo(39);
      assertThat(model.path("differences")).hasSize(2);
      assertThat(model.path("modality_balance")).hasSize(4);
    }
    // Two models, 39 samples, 2 conditions, 3 kinds, 3 versions each, and the header.
    assertThat(Files.readAllLines(out.resolve("samples.csv"))).hasSize(1 + 2 * 39 * 2 * 3 * 3);
    assertThat(Files.readString(out.resolve("effects.csv"))).contains("reciprocal_rank");
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("</html>", "true text", "blank rectangle", "follows burned-in text");
    assertThat(out.resolve("result.json")).exists();
  }

  @Test
  void aLabelWithoutWordIsRefused() {
    Outcome outcome = overlay("--data", "phantom:n=13", "--words", "A;B");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("2 for 13 classes");
  }

  @Test
  void imagesTooSmallForTheTextEndTheRun() throws IOException {
    Outcome outcome =
        overlay(
            "--data", "phantom:n=13,size=48", "--kinds", "hospital", "--hospital", "X".repeat(40));

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("13 images", "none that can be read", "too long");
    assertThat(out.resolve("result.json")).doesNotExist();
  }

  @Test
  void anUnknownCornerIsNamed() {
    Outcome outcome = overlay("--data", "phantom:n=13", "--corners", "middle");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("--corners", "middle", "top-left");
  }
}
