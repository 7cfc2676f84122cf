package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The shipped phantom model on phantoms: images in, evidence out. */
class ModelEvaluationTest {
  private static final String CLASSES =
      "atelectasis;cardiomegaly;consolidation;pleural effusion;normal";

  private final Path folder;
  private final Path out;

  ModelEvaluationTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("out");
  }

  private Outcome evaluate(String data, Path into, Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--model",
                "phantom",
                "--data",
                data,
                "--cache",
                folder.resolve("cache"),
                "--bootstrap",
                200,
                "--out",
                into,
                "--json"));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }

  private static Set<String> found(JsonNode json) {
    Set<String> found = new TreeSet<>();
    for (JsonNode finding : json.at("/result/findings")) {
      found.add(finding.path("attribute").asString() + "=" + finding.path("value").asString());
    }
    return found;
  }

  /** The blur is in the images of site B alone; sex, view, scanner and sites are independent. */
  @Test
  void findsTheSiteWhoseImagesWereDegradedAndNoOther() {
    Object[] groups = {
      "--labels",
      CLASSES,
      "--templates",
      "phantom",
      "--split",
      "all",
      "--intersections",
      "none",
      "--by",
      "site",
      "--by",
      "sex",
      "--by",
      "view",
      "--by",
      "scanner"
    };

    Outcome harmed = evaluate("phantom:n=156,size=64,degraded=B", out, groups);
    Outcome fair = evaluate("phantom:n=156,size=64", folder.resolve("fair"), groups);

    assertThat(harmed.code()).as(harmed.err()).isZero();
    assertThat(found(harmed.json())).containsExactly("site=B");
    assertThat(harmed.json().at("/result/gaps/site/auroc/lowest").asString()).isEqualTo("B");
    assertThat(harmed.json().at("/result/gaps/site/auroc/lo").doubleValue()).isPositive();
    assertThat(fair.code()).as(fair.err()).isZero();
    assertThat(found(fair.json())).isEmpty();
  }

  @Test
  void pairsOfPromptsDecideEveryFindingByItself() throws IOException {
    Outcome outcome =
        evaluate(
            "phantom:n=39,size=48",
            out,
            "--prompts",
            "phantom",
            "--definition",
            "pairs",
            "--split",
            "all");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode result = outcome.json().path("result");
    assertThat(result.path("task").asString()).isEqualTo("multi_label");
    assertThat(result.path("n").intValue()).isEqualTo(39);
    // Each run of thirteen holds each combination once: one normal, three of cardiomegaly or less.
    assertThat(result.at("/per_class/no finding/positives").intValue()).isEqualTo(3);
    assertThat(result.at("/per_class/cardiomegaly/auroc/value").isNumber()).isTrue();
    assertThat(outcome.json().at("/provenance/model/0/name").asString()).isEqualTo("phantom");
    List<String> rows = Files.readAllLines(out.resolve("predictions.csv"));
    assertThat(rows).hasSize(40);
    assertThat(rows.get(0)).startsWith("id,patient,split,y_true.no finding,").contains("group.sex");
    Outcome again =
        Cli.run(
            "evaluate",
            out.resolve("predictions.csv"),
            "--bootstrap",
            200,
            "--out",
            folder.resolve("again"),
            "--json");
    assertThat(again.json().at("/result/per_class")).isEqualTo(result.path("per_class"));
  }

  @Test
  void twoModelsAndTheDatasOwnSplits() throws IOException {
    Outcome outcome =
        evaluate(
            "phantom:n=104,size=48",
            out,
            "--labels",
            CLASSES,
            "--compare-model",
            "phantom:overlay-shortcut");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    List<String> rows = Files.readAllLines(out.resolve("predictions.csv"));
    long test = rows.stream().filter(row -> row.contains(",test,")).count();
    long validation = rows.stream().filter(row -> row.contains(",val,")).count();
    assertThat(test).isPositive();
    assertThat(test + validation).isEqualTo(rows.size() - 1).isLessThan(60);
    assertThat(outcome.json().at("/result/n").longValue()).isEqualTo(test);
    assertThat(outcome.json().at("/result/validation").longValue()).isEqualTo(validation);
    assertThat(outcome.json().at("/result/temperature/temperature").isNumber()).isTrue();
    assertThat(outcome.json().at("/result/comparison/figures/accuracy/difference/value").isNumber())
        .isTrue();
    assertThat(outcome.json().at("/provenance/model")).hasSize(2);
    assertThat(out.resolve("predictions-compared.csv")).isNotEmptyFile();
    assertThat(outcome.json().at("/result/comparison/first").asString()).isEqualTo("phantom");
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("A is phantom, B is phantom:overlay-shortcut.");
  }

  @Test
  void unclearOrUnlabelledDataAreRefused() {
    Hostile.assertWrongUsage(
        Cli.run("evaluate", "--model", "phantom", "--labels", "a;b", "--out", out), "no --data");
    Hostile.assertWrongUsage(
        Cli.run("evaluate", "p.csv", "--data", "phantom", "--out", out), "no --model");
    Hostile.assertWrongUsage(
        Cli.run("evaluate", "p.csv", "--model", "phantom", "--out", out), "a model or a file");
    assertThat(Cli.run("evaluate", "--out", out).code()).isEqualTo(2);
    assertThat(Cli.run("evaluate", "--model", "phantom", "--data", "phantom", "--out", out).err())
        .contains("--labels");
    assertThat(out.resolve("run.json")).doesNotExist();
    Outcome other = evaluate("phantom:n=13,size=48", out, "--labels", "cat;dog", "--split", "all");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err()).contains("the labels atelectasis", "the classes cat, dog");
  }
}
