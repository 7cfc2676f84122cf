package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
    assertThat(json(Files.readString(out.resolve("result.json")))).isEqualTo(outcome.json());
  }

  @Test
  void groupsAreReportedWithTheirSizesAndFoilsWithTheirAccuracy() throws IOException {
    Outcome outcome = audit("--samples", 12, "--by", "sex", "--min-group", 2, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode model = outcome.json().at("/result/models/0");
    int members = 0;
    for (JsonNode group : model.at("/groups/sex")) {
      members += group.path("n").asInt() + group.path("undefined").asInt();
      assertThat(group.at("/delta/mean").asDouble()).isBetween(-1.0, 1.0);
      JsonNode difference = group.path("delta_difference_to_rest");
      assertThat(difference.propertyNames())
          .containsExactly("value", "lo", "hi", "n", "p", "p_holm");
      assertThat(difference.path("p_holm").asDouble())
          .isBetween(difference.path("p").asDouble(), 1.0);
    }
    assertThat(members).isEqualTo(12);
    assertThat(model.at("/pairwise_accuracy/n").asInt()).isEqualTo(12);
    assertThat(model.at("/pairwise_accuracy/encoder_passes").asInt())
        .as("an image, a text and a foil each, equal ones once")
        .isBetween(12 + 2, 3 * 12);
    assertThat(model.at("/pairwise_accuracy/value").asDouble()).isBetween(0.0, 1.0);
    assertThat(Files.readString(out.resolve("index.html"))).contains("by sex", "its foil");
  }

  @Test
  void theTableHasARowPerModel() throws IOException {
    Outcome outcome = audit("--samples", 2, "--model", copyOfTheModel());

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out().lines()).hasSize(2 + 2);
    assertThat(Files.readAllLines(out.resolve("samples.csv"))).hasSize(1 + 2 * 2);
  }

  @Test
  void explanationsAreExaminedOnRequest() throws IOException {
    Outcome outcome = audit("--samples", 4, "--repeat", 3, "--shuffle-layers", 2, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("encoder passes beside those of the audit");
    JsonNode quality = outcome.json().at("/result/models/0/quality");
    assertThat(quality.path("n").asInt()).isEqualTo(4);
    assertThat(quality.at("/seed_spearman/repeats").asInt()).isEqualTo(3);
    assertThat(quality.at("/deletion_curves/most_first/0").asDouble()).isEqualTo(1);
    assertThat(quality.at("/deletion_curves/least_first/20").asDouble()).isZero();
    assertThat(quality.path("surrogate_spearman").path("mean").asDouble()).isBetween(-1.0, 1.0);
    assertThat(quality.path("encoder_passes").asLong()).isPositive();
    assertThat(outcome.json().at("/config/quality/repeat").asInt()).isEqualTo(3);
    JsonNode depths = quality.path("shuffled_layers_spearman");
    assertThat(depths.valueStream().map(depth -> depth.path("depth").asInt()))
        .startsWith(1, 2, 3)
        .isSorted();
    assertThat(depths.at("/0/layers").asString()).startsWith("image after");
    assertThat(depths.at("/0/all/n").asInt()).isEqualTo(2);
    assertThat(Files.readAllLines(out.resolve("shuffled-layers.csv")))
        .hasSize(1 + 2 * depths.size());
    assertThat(out.resolve("pictures/shuffled-layers-1.svg")).exists();
    assertThat(Files.readAllLines(out.resolve("quality.csv"))).hasSize(1 + 4);
    assertThat(out.resolve("pictures/deletion-1.svg")).exists();
    assertThat(out.resolve("pictures/deletion-1.png")).exists();
    assertThat(out.resolve("tables/quality.tex")).exists();
    assertThat(Files.readString(out.resolve("index.html"))).contains("Trust in the explanation");

    assertThat(audit("--samples", 4, "--json").code())
        .as("an audit without it is another one")
        .isEqualTo(1);
  }

  @Test
  void severalPresetsStandSideBySide() throws IOException {
    Outcome outcome =
        audit(
            "--samples",
            2,
            "--json",
            "--preset",
            "faithful",
            "--preset",
            "mm-shap-2023",
            "--preset",
            "paper-2026",
            "--image-mask",
            "mean");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode models = outcome.json().at("/result/models");
    assertThat(models.valueStream().map(model -> model.path("preset").asString()))
        .containsExactly("faithful", "mm-shap-2023", "paper-2026");
    assertThat(models.valueStream().map(model -> model.path("model").asString()).distinct())
        .hasSize(1);
    JsonNode presets = outcome.json().at("/config/presets");
    assertThat(presets.valueStream().map(preset -> preset.path("image_mask").asString()))
        .containsOnly("mean");
    assertThat(presets.get(1).path("image_players").asString()).isEqualTo("sqrt-2023");
    assertThat(Files.readAllLines(out.resolve("samples.csv"))).hasSize(1 + 2 * 3);
    assertThat(Files.readString(out.resolve("index.html"))).contains("· paper-2026");
  }

  @Test
  void singleChoicesAreMadeAndRecorded() throws IOException {
    Outcome outcome =
        audit(
            "--samples",
            1,
            "--json",
            "--image-mask",
            "drop",
            "--image-players",
            "4x4",
            "--estimator",
            "owen",
            "--target-se",
            "0.2",
            "--passes",
            "3000",
            "--l-norm",
            "cosine");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode choices = outcome.json().at("/config/presets/0");
    assertThat(choices.path("image_mask").asString()).isEqualTo("drop");
    assertThat(choices.path("image_players").asString()).isEqualTo("4x4");
    assertThat(choices.path("estimator").asString()).isEqualTo("owen");
    assertThat(choices.path("target_se").asDouble()).isEqualTo(0.2);
    assertThat(choices.path("passes").asInt()).isEqualTo(3000);
    assertThat(choices.path("l_norm").asString()).isEqualTo("cosine");
    assertThat(Files.readString(out.resolve("attributions.jsonl"))).contains("\"grid\":[4,4]");
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
    Map<String, String> afterResuming = AuditFiles.butForTimes(out);
    Files.move(out, folder.resolve("resumed"));

    audit("--samples", 6);
    assertThat(AuditFiles.butForTimes(out)).isEqualTo(afterResuming);
  }

  @Test
  void aFinishedAuditIsAnsweredFromItsFolderToTheByte() throws IOException {
    Outcome first = audit("--samples", 3, "--json");
    Map<String, String> before = AuditFiles.everyByte(out);
    Map<String, FileTime> written = times(out, "result.json", "index.html");
    CountingStop steps = new CountingStop();

    Outcome again = Cli.runUntil(steps, command("--samples", 3, "--json"));

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).isEqualTo(first.out());
    assertThat(again.err()).contains("finished");
    assertThat(AuditFiles.everyByte(out)).isEqualTo(before);
    assertThat(times(out, "result.json", "index.html")).isEqualTo(written);
    assertThat(steps.steps).isEqualTo(1 + 3); // the beginning and the samples; no encoder batch
    assertThat(audit("--samples", 3).out().lines()).hasSize(3);
  }

  @Test
  void aFinishedAuditWithoutItsReportGetsItAgain() throws IOException {
    audit("--samples", 3);
    Map<String, String> before = AuditFiles.butForTimes(out);
    Files.delete(out.resolve("result.json"));

    assertThat(audit("--samples", 3).code()).isZero();

    assertThat(AuditFiles.butForTimes(out)).isEqualTo(before);
  }

  /** Kernels that round partitions differently move the last bits (docs/performance.md). */
  @Test
  void theNumberOfThreadsChangesNoFigure() throws IOException {
    audit("--samples", 3, "--threads", 1);
    Map<String, String> one = AuditFiles.butForTimes(out);
    List<String> expected = Files.readAllLines(out.resolve("attributions.jsonl"));
    Files.move(out, folder.resolve("one"));

    audit("--samples", 3, "--threads", 2);

    assertThat(AuditFiles.butForTimes(out).keySet()).isEqualTo(one.keySet());
    List<String> found = Files.readAllLines(out.resolve("attributions.jsonl"));
    assertThat(found).hasSameSizeAs(expected);
    for (int line = 0; line < found.size(); line++) {
      assertAlike(json(found.get(line)), json(expected.get(line)));
    }
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  /** The same but for the rounding of float32 in scores up to the logit scale, 14.3. */
  private static void assertAlike(JsonNode found, JsonNode expected) {
    if (expected.isNumber()) {
      assertThat(found.asDouble()).isCloseTo(expected.asDouble(), within(2e-5));
    } else if (expected.isContainer()) {
      assertThat(found.propertyNames()).isEqualTo(expected.propertyNames());
      assertThat(found.size()).isEqualTo(expected.size());
      var values = found.values().iterator();
      expected.values().forEach(value -> assertAlike(values.next(), value));
    } else {
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void foilsStandBesideTheirCaptions() throws IOException {
    Outcome outcome = audit("--task=foil", "--samples", 4, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode model = outcome.json().at("/result/models/0");
    assertThat(model.path("n").asInt()).isEqualTo(4);
    assertThat(model.at("/pairwise_accuracy/n").asInt()).isEqualTo(4);
    assertThat(model.at("/pairwise_accuracy/value").asDouble()).isBetween(0.0, 1.0);
    assertThat(model.at("/foils/n").asInt()).isEqualTo(4);
    assertThat(model.at("/foils/tscore/mean").asDouble()).isBetween(0.0, 1.0);
    assertThat(outcome.json().at("/config/task").asString()).isEqualTo("foil");
    List<String> rows = Files.readAllLines(out.resolve("samples.csv"));
    assertThat(rows).hasSize(1 + 8);
    assertThat(rows.stream().filter(row -> row.contains(":foil,"))).hasSize(4);
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("pairwise accuracy", "TScore with the foil")
        .doesNotContain("Published figures");
    assertThat(Files.readString(out.resolve("samples/000002.html"))).contains("Foil: ");
  }

  @Test
  void classesAreDecidedByTheirPrompts() throws IOException {
    Outcome outcome =
        audit(
            "--task=class", "--prompt", "{} .", "--target", "predicted", "--samples", 4, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/result/models/0/accuracy").isNumber()).isTrue();
    assertThat(outcome.json().at("/result/skipped").asInt()).isZero();
    assertThat(outcome.json().at("/config/presets/0/text_template").asString()).isEqualTo("{} .");
    assertThat(Files.readAllLines(out.resolve("samples.csv")).get(0)).contains("predicted,answer");
    assertThat(Files.readString(out.resolve("index.html"))).contains("decides for");
  }

  @Test
  void classesThatAreGivenLeaveOtherLabelsOut() throws IOException {
    Outcome outcome = audit("--task=class", "--labels", "consolidation;cardiomegaly", "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/result/models/0/n").asInt()).isEqualTo(3);
    assertThat(outcome.json().at("/result/skipped").asInt()).isEqualTo(10);
    assertThat(Files.readAllLines(out.resolve("skipped.csv"))).hasSize(1 + 10);
  }

  @Test
  void textsAreRankedAmongThoseOfTheSplit() throws IOException {
    Outcome outcome = audit("--task=retrieval", "--samples", 4, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/result/models/0/accuracy").isNumber()).isTrue();
    assertThat(Files.readString(out.resolve("index.html"))).contains("recall@1", "ranks first: ");
  }

  @Test
  void probabilitiesAreDivided() throws IOException {
    Outcome outcome = audit("--task=class", "--score", "softmax", "--samples", 3, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/config/score").asString()).contains("softmax");
    for (String line : Files.readAllLines(out.resolve("attributions.jsonl"))) {
      assertThat(json(line).path("full_score").asDouble()).isBetween(0.0, 1.0);
      assertThat(json(line).path("cosine").asDouble()).isBetween(-1.0, 1.0);
    }
    assertThat(Files.readString(out.resolve("index.html"))).contains("over the candidates");
    Map<String, String> before = AuditFiles.everyByte(out);
    assertThat(audit("--task=class", "--score", "softmax", "--samples", 3).code()).isZero();
    assertThat(AuditFiles.everyByte(out)).isEqualTo(before);
  }

  @Test
  void tokensOfABertTextEncoderAreDropped() throws IOException {
    Path bert = Path.of("../core/src/test/resources/dev/auscult/model/zoo/biomedclip/model");
    Outcome outcome =
        Cli.run(
            "audit",
            "--model",
            bert,
            "--data",
            DATA,
            "--task",
            "isa",
            "--out",
            out,
            "--json",
            "--text-mask",
            "drop",
            "--image-players",
            "2x2",
            "--samples",
            2);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().at("/config/presets/0/text_mask").asString()).isEqualTo("drop");
    assertThat(outcome.json().at("/result/models/0/n").asInt()).isEqualTo(2);
  }

  @Test
  void gridsAreAuditedForEveryModelOnTheSameSamples() throws IOException {
    Object[] two = {"--model", copyOfTheModel(), "--samples", 3, "--grids", "1,2"};
    assertThat(audit(two).code()).isZero();

    JsonNode control =
        json(Files.readString(out.resolve("result.json"))).at("/result/grid_control");
    assertThat(control.get("grids").valueStream().map(point -> point.get("grid").stringValue()))
        .containsExactly("as audited", "as audited", "1x1", "1x1", "2x2", "2x2");
    assertThat(control.get("grids").valueStream().map(point -> point.get("cells").intValue()))
        .containsExactly(16, 16, 1, 1, 4, 4);
    JsonNode pair = control.at("/matched/2x2/0");
    assertThat(pair.get("figure").stringValue()).isEqualTo("delta");
    assertThat(pair.at("/difference/mean").doubleValue()).as("one model, twice").isZero();
    assertThat(pair.get("p").doubleValue()).isEqualTo(1);
    assertThat(control.get("tokens")).hasSize(2);
    assertThat(Files.readAllLines(out.resolve("grids/2x2/samples.csv"))).hasSize(1 + 2 * 3);
    assertThat(Files.readString(out.resolve("index.html"))).contains("Grid and text length");

    Map<String, String> before = AuditFiles.everyByte(out);
    assertThat(audit(two).code()).isZero();
    assertThat(AuditFiles.everyByte(out)).isEqualTo(before);
  }

  @Test
  void gridsThatCannotBeAreRefusedBeforeAnyWork() {
    Hostile.assertWrongUsage(audit("--grids", "2,2"), "--grids");
    Hostile.assertWrongUsage(audit("--grids", "0"), "--grids");
    Hostile.assertRefused(audit("--grids", "5000"), "5000x5000");
    assertThat(out.resolve("run.json")).doesNotExist();
  }

  @Test
  void aFolderOfAnotherConfigurationIsRefusedWithTheDifference() throws IOException {
    audit("--samples", 2);
    Map<String, String> before = AuditFiles.butForTimes(out);

    Hostile.assertRefused(audit("--samples", 3), "samples 2 there, 3 now");
    Hostile.assertRefused(audit("--samples", 2, "--seed", 5), "seed 0 there, 5 now");
    assertThat(AuditFiles.butForTimes(out)).isEqualTo(before);
  }

  @Test
  void wrongChoicesEndBeforeAnyWork() {
    Hostile.assertWrongUsage(audit("--preset", "none"), "none");
    Hostile.assertWrongUsage(
        audit("--preset", "faithful", "--preset", "faithful"), "the same preset twice");
    Hostile.assertWrongUsage(audit("--estimator", "guess"), "--estimator");
    Hostile.assertWrongUsage(audit("--image-players", "7x5"), "--image-players");
    Hostile.assertWrongUsage(audit("--image-mask", "noise"), "--image-mask");
    Hostile.assertWrongUsage(audit("--text-mask", "noise"), "--text-mask");
    Hostile.assertWrongUsage(audit("--text-players", "some"), "--text-players");
    Hostile.assertWrongUsage(audit("--target", "any"), "--target");
    Hostile.assertWrongUsage(audit("--candidates", "yes"), "--candidates");
    Hostile.assertWrongUsage(audit("--answer-tokens", "any"), "--answer-tokens");
    Hostile.assertWrongUsage(audit("--l-norm", "any"), "--l-norm");
    Hostile.assertWrongUsage(audit("--target-se", "2"), "--target-se");
    Hostile.assertRefused(audit("--text-mask", "drop"), "cannot hide tokens");
    Hostile.assertRefused(audit("--passes", 3), "--passes");
    Hostile.assertWrongUsage(audit("--score", "best"), "--score");
    Hostile.assertWrongUsage(audit("--score", "softmax"), "--task vqa");
    Hostile.assertWrongUsage(audit("--score", "sigmoid", "--quality"), "--quality");
    Hostile.assertWrongUsage(audit("--labels", "a;b"), "--task class");
    Hostile.assertWrongUsage(audit("--task=class", "--prompt", "a class"), "no {}");
    Hostile.assertRefused(audit("--task=class", "--labels", "x;y"), "--task class");
    Hostile.assertWrongUsage(audit("--samples", 0), "--samples");
    Hostile.assertWrongUsage(audit("--model", Cli.MODEL), "the same model twice");
    assertThat(Cli.run("audit", "--task", "isa2").code()).isEqualTo(2);
    assertThat(out.resolve("run.json")).doesNotExist();
  }

  /** Counts the steps of long tasks. */
  private static final class CountingStop extends StopSignal {
    private int steps;

    @Override
    void check() {
      steps++;
      super.check();
    }
  }

  private static Map<String, FileTime> times(Path folder, String... names) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    for (String name : names) {
      times.put(name, Files.getLastModifiedTime(folder.resolve(name)));
    }
    return times;
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
        new ArrayList<>(List.of("audit", "--model", Cli.MODEL, "--data", DATA, "--out", out));
    if (List.of(more).stream().noneMatch(word -> word.toString().startsWith("--task="))) {
      words.add("--task=isa");
    }
    words.addAll(List.of(more));
    return words.toArray();
  }
}
