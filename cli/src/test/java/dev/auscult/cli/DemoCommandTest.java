package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DemoCommandTest {
  private static final int BALANCED = 0;
  private static final int OVERLAY = 1;
  private static final int TEXT = 2;

  @Test
  void theDemoFindsWhatWasPlanted(@TempDir Path folder) throws IOException {
    Path out = folder.resolve("demo");

    Outcome outcome = Cli.run("demo", "--out", out, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode models = outcome.json().at("/result/models");
    assertThat(models).hasSize(3);
    assertThat(models.get(TEXT).at("/tscore/mean").asDouble())
        .isGreaterThan(models.get(BALANCED).at("/tscore/mean").asDouble());
    JsonNode found = outcome.json().at("/result/shortcuts");
    assertThat(lost(found.get(OVERLAY), "zero_shot_accuracy")).isGreaterThan(0.30);
    assertThat(lost(found.get(TEXT), "answer_accuracy")).isGreaterThan(0.30);
    assertThat(lost(found.get(BALANCED), "zero_shot_accuracy")).isLessThan(0.05);
    assertThat(lost(found.get(BALANCED), "answer_accuracy")).isLessThan(0.05);
    assertThat(verdicts(found, "reads_the_label")).containsExactly(false, true, false);
    assertThat(verdicts(found, "follows_the_wording")).containsExactly(false, false, true);
    JsonNode regions = models.get(OVERLAY).path("known_regions");
    assertThat(regions.at("/overlay/pointing_hits/lo").asDouble())
        .as("the strongest patch lies on the burned-in label")
        .isGreaterThan(regions.at("/overlay/pointing_chance").asDouble());
    JsonNode lesion = models.get(BALANCED).at("/known_regions/lesion");
    assertThat(lesion.at("/excess/lo").asDouble())
        .as("the balanced model looks there")
        .isPositive();
    assertThat(lesion.at("/pointing_hits/lo").asDouble())
        .isGreaterThan(lesion.path("pointing_chance").asDouble());
    JsonNode overlay = found.get(OVERLAY).path("overlay");
    assertThat(overlay.path("share_of_contributions").asDouble())
        .isGreaterThan(3 * overlay.path("share_of_area").asDouble())
        .isGreaterThan(3 * found.at("/0/overlay/share_of_contributions").asDouble());

    assertThat(Files.readAllLines(out.resolve("samples.csv"))).hasSize(1 + 3 * 26);
    assertThat(Files.readAllLines(out.resolve("shortcuts.csv"))).hasSize(4);
    assertThat(Files.readString(out.resolve("index.html"))).contains("Planted shortcuts");
  }

  private static List<Boolean> verdicts(JsonNode found, String shortcut) {
    return found.valueStream().map(model -> model.path(shortcut).asBoolean()).toList();
  }

  private static double lost(JsonNode model, String accuracy) {
    return model.path(accuracy).path("shortcut_present").asDouble()
        - model.path(accuracy).path("shortcut_removed").asDouble();
  }
}
