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

class PromptsCommandTest {
  private final Path out;

  PromptsCommandTest(@TempDir Path folder) {
    this.out = folder.resolve("out");
  }

  private Outcome prompts(Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("prompts", "--model", "phantom", "--out", out, "--bootstrap", 100));
    words.addAll(List.of(more));
    words.add("--no-cache");
    return Cli.run(words.toArray());
  }

  @Test
  void everyWordingWithItsIntervalAndHowFarTheyDiffer() throws IOException {
    Outcome outcome =
        prompts("--data", "phantom", "--samples", 40, "--prompts", "phantom", "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode result = outcome.json().path("result");
    assertThat(result.path("n").intValue()).isEqualTo(40);
    assertThat(result.path("exclusive").booleanValue()).isTrue();
    // 3 definitions, 5 templates, 2 pairs, 11 synonyms of classes that have several
    assertThat(result.path("wordings")).hasSize(21);
    assertThat(result.at("/wordings/0/accuracy/value").doubleValue()).isGreaterThan(0.7);
    JsonNode all = result.at("/spread/all/accuracy");
    assertThat(all.path("max").doubleValue()).isGreaterThan(all.path("min").doubleValue());
    assertThat(result.path("spread").propertyNames())
        .containsExactly("all", "definition", "template", "pair", "synonym");
    assertThat(outcome.err()).contains("The wording changes the accuracy by up to");
    assertThat(Files.readAllLines(out.resolve("wordings.csv"))).hasSize(22);
    assertThat(Files.readAllLines(out.resolve("predictions.csv"))).hasSize(41);
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("choose on validation images", "percentage points");
    assertThat(out.resolve("pictures/wordings.svg")).exists();
  }

  @Test
  void promptsAreNeededAndDataMustBeLabelledSo() {
    assertThat(prompts("--data", "phantom").code()).isEqualTo(2);
    assertThat(prompts("--data", "phantom", "--prompts", "dermatoscopy").err())
        .contains("is none of the classes", "melanoma");
  }
}
