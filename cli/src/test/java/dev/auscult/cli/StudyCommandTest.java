package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyCommandTest {
  private static final String CONFIG =
      """
      model: phantom
      data: "phantom:n=120,size=64,findings=padchest-gr-multiple,scanner=epsilon"
      prior: padchest-gr
      test: 0.25
      fractions: [0.4, 1]
      repetitions: 2
      methods: [zero-shot, scale, linear]
      epochs: 2
      """;

  private final Path folder;

  private Path config;

  StudyCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.config = folder.resolve("study.yaml");
  }

  @BeforeEach
  void write() throws IOException {
    config = Files.writeString(folder.resolve("study.yaml"), CONFIG);
  }

  @Test
  void aStudyLeavesSplitsPredictionsTablesCurvesAndAVerdict() throws IOException {
    Path out = folder.resolve("out");

    Outcome outcome = Cli.run("study", config, "--out", out, "--no-cache", "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/result/class-concept/scale/1.0/macro_f1/mean").isNumber())
        .isTrue();
    assertThat(outcome.json().at("/result/headline").asString()).contains("macro F1");
    assertThat(outcome.json().at("/config/seed").asInt()).isZero();
    for (String file :
        new String[] {
          "splits.csv",
          "figures.csv",
          "summary.csv",
          "classes.csv",
          "comparisons.csv",
          "fits.csv",
          "predictions/padchest-gr/scale/1.0-2.csv",
          "auroc.csv",
          "splits-notes.csv",
          "tables/class-concept-macro-f1.md",
          "tables/class-concept-macro-f1.tex",
          "tables/comparisons-scale-class-macro-f1.tex",
          "pictures/class-auroc.svg"
        }) {
      assertThat(out.resolve(file)).as(file).isNotEmptyFile();
    }
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("In short")
        .contains("How sure are the differences?")
        .contains("SCALE");
    assertThat(Files.readAllLines(out.resolve("summary.csv"))).hasSize(1 + 2 * 3 * 2 * 4);
  }

  /** With the fit's own threshold {@code evaluate} finds the macro F1 of the study. */
  @Test
  void evaluateReadsThePredictionsOfAFit() throws IOException {
    Path out = folder.resolve("out");
    Outcome study = Cli.run("study", config, "--out", out, "--no-cache", "--json");
    assertThat(study.code()).as(study.err()).isZero();
    String fit =
        Files.readAllLines(out.resolve("fits.csv")).stream()
            .filter(line -> line.contains(",linear,1.0,1,"))
            .findFirst()
            .orElseThrow();
    String[] cells = fit.split(",", -1);
    double threshold = Double.parseDouble(cells[cells.length - 2]);

    Outcome evaluated =
        Cli.run(
            "evaluate",
            out.resolve("predictions/padchest-gr/linear/1.0-1.csv"),
            "--threshold",
            1 / (1 + Math.exp(-threshold)),
            "--bootstrap",
            100,
            "--out",
            folder.resolve("evaluated"),
            "--json");

    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    assertThat(evaluated.json().at("/result/macro_f1/value").asDouble())
        .isCloseTo(value(out, "class-concept,linear,1.0,1,macro_f1,"), within(1e-9));
    assertThat(evaluated.json().at("/result/auroc/value").asDouble())
        .isCloseTo(value(out, "class-concept,linear,1.0,1,auroc,"), within(1e-9));
    assertThat(evaluated.json().at("/result/groups").propertyNames()).contains("sex");
  }

  private static double value(Path out, String row) throws IOException {
    return Files.readAllLines(out.resolve("figures.csv")).stream()
        .filter(line -> line.startsWith(row))
        .mapToDouble(line -> Double.parseDouble(line.substring(row.length())))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void plainClipIsARowOfItsOwnAndNotesOutliveAnInterruption() throws IOException {
    Path out = folder.resolve("out");
    Files.writeString(
        config,
        CONFIG.replace("fractions: [0.4, 1]", "fractions: [0.1]")
            + "plain_clip: phantom:text-shortcut\n");
    Outcome first = Cli.run("study", config, "--out", out, "--no-cache", "--json");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.json().at("/result/notes").toString()).contains("so that every combination");
    assertThat(first.json().at("/result/class/plain-clip/0.1/auroc/mean").asDouble())
        .isNotEqualTo(first.json().at("/result/class/zero-shot/0.1/auroc/mean").asDouble());
    assertThat(Files.readString(out.resolve("index.html"))).contains("plain CLIP");

    Files.delete(out.resolve("result.json"));
    Outcome resumed = Cli.run("study", config, "--out", out, "--no-cache", "--json");

    assertThat(resumed.json().at("/result/notes")).isEqualTo(first.json().at("/result/notes"));
    assertThat(resumed.json().at("/result/comparisons"))
        .isEqualTo(first.json().at("/result/comparisons"));
  }

  @Test
  void methodsThatTrainThroughTheEncoderAreComparedLikeOthers() throws IOException {
    Files.writeString(
        config,
        CONFIG
                .replace("n=120", "n=60")
                .replace("[0.4, 1]", "[1]")
                .replace("repetitions: 2", "repetitions: 1")
                .replace("scale, linear]", "coop, lora]")
            + "settings: {coop: {context: 4, epochs: 2}, lora: {iterations: 2}}\nviews: 1\n");
    Path out = folder.resolve("out");

    Outcome outcome = Cli.run("study", config, "--out", out, "--no-cache", "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    for (String method : new String[] {"zero-shot", "coop", "lora"}) {
      assertThat(
              outcome
                  .json()
                  .at("/result/class-concept/" + method + "/1.0/macro_f1/mean")
                  .isNumber())
          .as(method)
          .isTrue();
    }
    List<String> fits = Files.readAllLines(out.resolve("fits.csv"));
    assertThat(fits).hasSize(1 + 3);
  }

  @Test
  void fitsOfAPriorThatWasEditedSinceAreRefused() throws IOException {
    Path out = folder.resolve("out");
    Path prior = folder.resolve("prior.yaml");
    String words =
        """
        tasks:
          - name: chest
            labels: multiple
            template: "{concept} {class}"
            classes:
              - name: atelectasis
                concepts:
                  - name: left lower lobe
                  - name: right lower lobe
        """;
    Files.writeString(prior, words);
    Files.writeString(config, CONFIG.replace("prior: padchest-gr", "prior: " + prior));
    Outcome first = Cli.run("study", config, "--out", out, "--no-cache");
    assertThat(first.code()).as(first.err()).isZero();
    Files.delete(out.resolve("result.json"));

    Files.writeString(prior, words.replace("{concept} {class}", "{class} of the {concept}"));
    Outcome again = Cli.run("study", config, "--out", out, "--no-cache");

    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("prior_hash").contains("choose another folder");
  }

  @Test
  void aPriorThatDoesNotExistClaimsNoFolder() throws IOException {
    Path out = folder.resolve("out");
    Files.writeString(config, CONFIG.replace("prior: padchest-gr", "prior: none.yaml"));

    assertThat(Cli.run("study", config, "--out", out, "--no-cache").err()).contains("none.yaml");
    assertThat(out).doesNotExist();
  }

  @Test
  void aFinishedStudyAnswersAtOnceAndAnotherIsRefused() throws IOException {
    Path out = folder.resolve("out");
    Outcome first = Cli.run("study", config, "--out", out, "--no-cache", "--json");
    Outcome again = Cli.run("study", config, "--out", out, "--no-cache", "--json");
    Outcome other = Cli.run("study", config, "--out", out, "--no-cache", "--seed", 5);

    assertThat(again.json()).isEqualTo(first.json());
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err()).contains("seed 0 there, 5 now");
  }

  @Test
  void withoutASampleThatThePriorKnowsTheStudyIsRefused() throws IOException {
    Files.writeString(config, "model: phantom\ndata: \"phantom:n=20,size=64\"\nprior: derm7pt\n");

    Outcome outcome = Cli.run("study", config, "--out", folder.resolve("out"), "--no-cache");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("none of which shows a combination of the prior");
  }

  @Test
  void aMistakeInTheConfigurationIsOneLine() throws IOException {
    Files.writeString(config, CONFIG + "metod: scale\n");

    Outcome outcome = Cli.run("study", config, "--out", folder.resolve("out"));

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("metod: found an unknown key").doesNotContain("\tat ");
    assertThat(folder.resolve("out/run.json")).doesNotExist();
  }
}
