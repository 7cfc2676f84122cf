package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

class ClassifyCommandTest {
  private final Path folder;
  private final Path images;

  ClassifyCommandTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.images = Pictures.folder(folder.resolve("images"), 5);
  }

  @Test
  void theResultIsATableOnStdout() {
    Outcome outcome = classify("--labels", "effusion;normal");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out().lines()).hasSize(2 + 5);
    assertThat(outcome.out().lines().toList().get(2))
        .matches("image-000\\.png +(effusion|normal) .*");
  }

  @Test
  void probabilitiesSumToOneAndTheFirstIsPredicted() {
    Outcome outcome = classify("--labels", "effusion; normal ;edema", "--json");

    JsonNode predictions = outcome.json().at("/result/predictions");
    assertThat(predictions).hasSize(5);
    for (JsonNode prediction : predictions) {
      double sum = 0;
      for (JsonNode probability : prediction.path("probabilities")) {
        sum += probability.asDouble();
      }
      assertThat(sum).isCloseTo(1, within(1e-9));
      assertThat(prediction.path("probabilities").propertyNames().iterator().next())
          .isEqualTo(prediction.path("predicted").asString());
    }
  }

  @Test
  void theFolderHoldsTheRowsTheResultAndAPage() throws IOException {
    Path out = folder.resolve("out");
    Path labels = Files.writeString(folder.resolve("labels.txt"), "effusion\nnormal\n");

    Outcome outcome = classify("--labels", labels, "--templates", "radiology", "--out", out);

    assertThat(outcome.code()).isZero();
    assertThat(Files.readAllLines(out.resolve("predictions.csv")))
        .hasSize(6)
        .first()
        .isEqualTo("id,predicted,score.effusion,score.normal");
    assertThat(Files.readString(out.resolve("result.json")))
        .contains("\"command\"", "\"config\"", "\"provenance\"", "\"result\"");
    assertThat(Files.readString(out.resolve("index.html"))).contains("</html>");
    assertThat(out.resolve("skipped.csv")).doesNotExist();
  }

  @Test
  void aPromptSetBringsItsClassesAndPairsDecideEachByItself() throws IOException {
    Path out = folder.resolve("pairs");

    Outcome outcome = classify("--prompts", "phantom", "--definition", "pairs", "--out", out);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode result = JsonMapper.shared().readTree(Files.readString(out.resolve("result.json")));
    assertThat(result.at("/config/definition").asString()).isEqualTo("pairs");
    assertThat(result.at("/result/present").propertyNames())
        .containsExactly(
            "no finding", "atelectasis", "cardiomegaly", "consolidation", "pleural effusion");
    assertThat(Files.readString(out.resolve("index.html"))).contains("present against absent");
  }

  @Test
  void aPromptSetByNamesIsTheSameAsItsLabelsAndTemplates() throws IOException {
    Path set = folder.resolve("set.yaml");
    Files.writeString(
        set, "templates: [\"There is {}.\"]\nclasses: [{name: effusion}, {name: normal}]\n");
    Path templates = Files.writeString(folder.resolve("templates.txt"), "There is {}.\n");

    JsonNode ofSet = classify("--prompts", set, "--json").json().at("/result/predictions");
    JsonNode ofLabels =
        classify("--labels", "effusion;normal", "--templates", templates, "--json")
            .json()
            .at("/result/predictions");

    assertThat(ofSet).isEqualTo(ofLabels);
  }

  @Test
  void aPromptSetExcludesLabelsAndTemplates() {
    Outcome both = classify("--prompts", "phantom", "--labels", "a;b");
    Outcome alone = classify("--labels", "a;b", "--definition", "pairs");

    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("--labels", "--prompts");
    assertThat(alone.err()).contains("no --prompts");
  }

  @Test
  void ensemblesOfBothKindsGiveDifferentProbabilities() {
    Object[] command = {"--labels", "effusion;normal", "--templates", "radiology", "--json"};
    List<Object> mean = new ArrayList<>(List.of(command));
    mean.addAll(List.of("--ensemble", "probabilities"));

    JsonNode embeddings = classify(command).json().at("/result/predictions/0/probabilities");
    JsonNode probabilities =
        classify(mean.toArray()).json().at("/result/predictions/0/probabilities");

    assertThat(probabilities.path("normal").asDouble())
        .isNotEqualTo(embeddings.path("normal").asDouble());
  }

  @Test
  void wrongClassesAreRefused() throws IOException {
    Path twice = Files.writeString(folder.resolve("twice.txt"), "normal\nNormal\n");

    Hostile.assertWrongUsage(classify("--labels", "normal"), "at least two classes");
    Hostile.assertWrongUsage(classify("--labels", ";;"), "at least two classes");
    Hostile.assertRefused(classify("--labels", twice), "twice");
  }

  @Test
  void templatesWithoutAPlaceForTheClassAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("templates.txt"), "a radiograph\n");

    Hostile.assertRefused(classify("--labels", "a;b", "--templates", file), "templates.txt line 1");
    Hostile.assertRefused(classify("--labels", "a;b", "--templates", "nowhere"), "nowhere");
  }

  @Test
  void aFolderOfAnotherRunIsRefused() {
    Path out = folder.resolve("out");
    classify("--labels", "a;b", "--out", out);

    Hostile.assertRefused(classify("--labels", "a;c", "--out", out), "labels");
  }

  private Outcome classify(Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of("classify", "--model", Cli.MODEL, "--images", images, "--no-cache"));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }
}
