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

class EvaluateCommandTest {
  private final Path folder;
  private final Path out;

  EvaluateCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("out");
  }

  private Outcome evaluate(String rows, Object... more) throws IOException {
    Path file = Files.writeString(folder.resolve("predictions.csv"), rows);
    List<Object> words =
        new ArrayList<>(List.of("evaluate", file, "--out", out, "--bootstrap", 100));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }

  private static String binary() {
    StringBuilder rows = new StringBuilder("id,y_true,score,patient,group.sex,split\n");
    for (int i = 0; i < 120; i++) {
      double score = ((i * 37) % 100) / 100.0;
      rows.append(
          "i%d,%d,%s,p%d,%s,%s\n"
              .formatted(i, truth(i), score, i / 2, i % 3 == 0 ? "male" : "female", split(i)));
    }
    return rows.toString();
  }

  private static int truth(int i) {
    return (i * 53) % 100 < (i * 37) % 100 ? 1 : 0;
  }

  private static String split(int i) {
    return i < 40 ? "val" : "test";
  }

  @Test
  void modelsAreComparedOnEveryGroupItsSizeFirst() throws IOException {
    Path other = Files.writeString(folder.resolve("other.csv"), binary());

    Outcome outcome = evaluate(binary(), "--compare", other, "--min-group", 10, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode group = outcome.json().at("/result/comparison/groups/sex/female");
    assertThat(group.propertyNames())
        .containsExactly(
            "n", "patients", "auroc", "balanced_accuracy", "sensitivity", "specificity");
    assertThat(group.path("n").intValue()).isEqualTo(54);
    assertThat(group.at("/auroc/difference/value").doubleValue()).isZero();
    assertThat(Files.readAllLines(out.resolve("comparison-groups.csv")))
        .hasSize(1 + 2 * 4)
        .element(0)
        .isEqualTo("attribute,group,n,patients,metric,first,second,difference,lo,hi,p,p_holm");
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("Comparison by group", "The models differ beyond chance on no group.");
  }

  @Test
  void theFolderHoldsFiguresPageAndRows() throws IOException {
    Outcome outcome = evaluate(binary(), "--json", "--threshold", "youden");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode result = outcome.json().path("result");
    for (String key :
        List.of(
            "accuracy",
            "balanced_accuracy",
            "macro_recall",
            "macro_f1",
            "auroc",
            "auprc",
            "sensitivity_at_95_specificity",
            "ece",
            "ece_unweighted",
            "brier")) {
      assertThat(result.path(key).propertyNames()).containsExactly("value", "lo", "hi", "n");
      assertThat(result.at("/groups/sex/male/" + key).path("value").isNumber()).isTrue();
      assertThat(result.at("/gaps/sex/" + key).path("value").isNumber()).isTrue();
    }
    assertThat(result.path("n").intValue()).isEqualTo(80);
    assertThat(result.path("validation").intValue()).isEqualTo(40);
    assertThat(result.path("operating_points")).hasSize(4);
    assertThat(result.path("threshold").doubleValue())
        .isEqualTo(result.at("/operating_points/0/threshold").doubleValue());
    assertThat(Files.readString(out.resolve("index.html"))).contains("</html>", "Figures by sex");
    for (String file :
        List.of(
            "result.json",
            "metrics.csv",
            "curves.csv",
            "reliability.csv",
            "decision-curve.csv",
            "confusion.csv",
            "gaps.csv")) {
      assertThat(out.resolve(file)).isNotEmptyFile();
    }
  }

  @Test
  void theNumbersAreThoseOfTheSpecification() throws IOException {
    Outcome outcome = evaluate("id,y_true,score\na,0,0.1\nb,0,0.4\nc,1,0.35\nd,1,0.8\n", "--json");

    JsonNode result = outcome.json().path("result");
    assertThat(result.at("/auroc/value").doubleValue()).isEqualTo(0.75);
    assertThat(result.at("/auprc/value").doubleValue()).isCloseTo(0.8333, within(5e-5));
    assertThat(result.at("/sensitivity_at_95_specificity/value").doubleValue()).isEqualTo(0.5);
  }

  @Test
  void undefinedFiguresAreNullInJsonAndNaOnPaper() throws IOException {
    Outcome outcome = evaluate("id,y_true,score\na,1,0.1\nb,1,0.4\n", "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/result/auroc/value").isNull()).isTrue();
    assertThat(outcome.json().at("/result/auroc/n").intValue()).isEqualTo(2);
    assertThat(Files.readString(out.resolve("metrics.csv"))).contains(",auroc,2,NA,NA,NA");
  }

  @Test
  void theSameCommandGivesTheSameFiles() throws IOException {
    evaluate(binary(), "--threads", 1);
    String first = Files.readString(out.resolve("metrics.csv"));
    Path again = folder.resolve("again");

    Cli.run(
        "evaluate",
        folder.resolve("predictions.csv"),
        "--out",
        again,
        "--bootstrap",
        100,
        "--threads",
        3);

    assertThat(Files.readString(again.resolve("metrics.csv"))).isEqualTo(first);
  }

  @Test
  void twoModelsAreComparedOnTheSameSamples() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 119; i >= 0; i--) {
      rows.add("%s,i%d,%d,%s".formatted(((i * 61) % 100) / 100.0, i, truth(i), split(i)));
    }
    Path other =
        Files.writeString(
            folder.resolve("other.csv"), "score,id,y_true,split\n" + String.join("\n", rows));

    Outcome outcome = evaluate(binary(), "--compare", other, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode auroc = outcome.json().at("/result/comparison/figures/auroc");
    assertThat(auroc.path("test").asString()).isEqualTo("delong");
    assertThat(auroc.at("/first/value")).isEqualTo(outcome.json().at("/result/auroc/value"));
    assertThat(auroc.at("/difference/value").doubleValue())
        .isCloseTo(
            auroc.at("/first/value").doubleValue() - auroc.at("/second/value").doubleValue(),
            within(1e-12));
    assertThat(auroc.path("p_holm").doubleValue())
        .isGreaterThanOrEqualTo(auroc.path("p").doubleValue());
    assertThat(outcome.json().at("/result/comparison/figures/accuracy/only_first_right").isNumber())
        .isTrue();
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("Comparison of two models", "A is better beyond chance in");
    assertThat(Files.readString(out.resolve("comparison.csv")))
        .contains("class,metric,n,first", ",auroc,80,");
    assertThat(out.resolve("pictures/comparison.svg")).isNotEmptyFile();
    Files.writeString(other, "id,y_true,score\ni0,0,0.5\n");
    Hostile.assertRefused(
        Cli.run(
            "evaluate",
            folder.resolve("predictions.csv"),
            "--compare",
            other,
            "--out",
            folder.resolve("refused")),
        "predictions.csv line 42: found an id that");
  }

  @Test
  void severalClassesAndLabelsAreRecognised() throws IOException {
    Outcome classes =
        evaluate(
            "id,y_true,score.a,score.b,score.c\n1,a,.7,.2,.1\n2,b,.3,.4,.3\n3,c,.5,.2,.3\n",
            "--json");

    assertThat(classes.code()).as(classes.err()).isZero();
    assertThat(classes.json().at("/result/task").asString()).isEqualTo("multi_class");
    assertThat(classes.json().at("/result/confusion_matrix/2/0").intValue()).isEqualTo(1);
    Path other = folder.resolve("labels");
    Path file =
        Files.writeString(
            folder.resolve("labels.csv"),
            "id,y_true.a,y_true.b,score.a,score.b\n1,1,0,.7,.2\n2,0,1,.3,.4\n3,1,1,.5,.6\n");
    JsonNode labels =
        Cli.run("evaluate", file, "--out", other, "--bootstrap", 100, "--json").json();
    assertThat(labels.at("/result/task").asString()).isEqualTo("multi_label");
    assertThat(labels.at("/result/per_class/b/positives").intValue()).isEqualTo(2);
    assertThat(labels.at("/result/subset_accuracy/value").doubleValue())
        .isCloseTo(2 / 3.0, within(1e-12));
  }

  @Test
  void wrongFilesAndOptionsAreRefusedInOneLine() throws IOException {
    Hostile.assertRefused(evaluate("id,y_true,score\na,1,high\n"), "line 2, column 'score'");
    Hostile.assertWrongUsage(evaluate(binary(), "--threshold", "best"), "youden");
    Hostile.assertWrongUsage(evaluate(binary(), "--bands", "age=50,40"), "ascending");
    Hostile.assertWrongUsage(evaluate(binary(), "--bins", 0), "at least 1");
    Path file = folder.resolve("predictions.csv");
    Hostile.assertRefused(
        Cli.run("evaluate", file, "--scores", "rank", "--out", folder.resolve("other")),
        "threshold");
    assertThat(out.resolve("result.json")).doesNotExist();
  }
}
