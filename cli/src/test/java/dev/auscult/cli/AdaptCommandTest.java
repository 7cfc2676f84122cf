package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.checkpoint.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AdaptCommandTest {
  private static final int IMAGES = 24;

  /** What keeps training short, where it passes through an encoder; its context has 20 tokens. */
  private static final Map<String, Object[]> SHORT =
      Map.of(
          "coop", new Object[] {"--set", "context=4", "--set", "epochs=4"},
          "lora", new Object[] {"--set", "iterations=3", "--set", "learning-rate=0.01"});

  private final Path folder;
  private final Path out;

  AdaptCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("adapted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zero-shot",
        "scale",
        "linear",
        "clip-adapter",
        "tip",
        "tip-f",
        "lp++",
        "coop",
        "lora"
      })
  void everyMethodWritesAnAdapterThatClassifiesAsItsPredictionsSay(String method)
      throws IOException {
    Path manifest = manifest("");

    Cli.Outcome outcome =
        adapt(method, manifest, joined(SHORT.getOrDefault(method, new Object[0]), "--json"));

    assertThat(outcome.err()).as("stderr").doesNotContain("unexpected");
    assertThat(outcome.code()).isZero();
    JsonNode result = outcome.json().at("/result");
    assertThat(result.at("/method").asString()).isEqualTo(method);
    assertThat(result.at("/training_samples").asInt()).isEqualTo(12);
    assertThat(result.at("/class_concept/adapted/auroc/value").isNumber()).isTrue();
    assertThat(result.at("/class_concept/zero_shot/auroc/value").isNumber()).isTrue();
    assertThat(out.resolve("index.html")).exists();
    List<String> rows = Files.readAllLines(out.resolve("predictions.csv"));
    assertThat(rows).hasSize(1 + 6);
    assertThat(rows.get(0)).isEqualTo("id,patient,y_true,predicted,score.ill,score.well");

    Cli.Outcome classified =
        Cli.run(
            "classify",
            "--model",
            Cli.MODEL,
            "--images",
            folder.resolve("images"),
            "--adapter",
            out.resolve("adapter.safetensors"),
            "--no-cache",
            "--json");

    assertThat(classified.code()).isZero();
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      assertThat(probability(classified.json(), cells[0], "ill"))
          .isCloseTo(Double.parseDouble(cells[4]), within(1e-6)); // float32 batches
    }
  }

  @ParameterizedTest
  @CsvSource({"scale, true", "coop, false", "lora, true"})
  void anAdapterOfEmbeddingsOrEncodersMovesThemInEmbedAndAudit(String method, boolean movesImages)
      throws IOException {
    Path manifest = manifest("");
    assertThat(adapt(method, manifest, SHORT.getOrDefault(method, new Object[0])).code()).isZero();
    Path adapter = out.resolve("adapter.safetensors");
    Path texts = Files.writeString(folder.resolve("texts.txt"), "ill\nwell\n");

    float[] own = embedded("own", "--images", folder.resolve("images"));
    float[] adapted =
        embedded("adapted", "--images", folder.resolve("images"), "--adapter", adapter);
    float[] ownTexts = embedded("own-texts", "--texts", texts);
    float[] adaptedTexts = embedded("adapted-texts", "--texts", texts, "--adapter", adapter);
    Cli.Outcome audit =
        Cli.run(
            "audit",
            "--model",
            Cli.MODEL,
            "--adapter",
            adapter,
            "--data",
            manifest,
            "--task",
            "isa",
            "--samples",
            2,
            "--passes",
            200,
            "--out",
            folder.resolve("audit"),
            "--json");

    assertThat(Arrays.equals(adapted, own)).isNotEqualTo(movesImages);
    assertThat(adaptedTexts).hasSameSizeAs(ownTexts).isNotEqualTo(ownTexts);
    assertThat(audit.code()).as(audit.err()).isZero();
    assertThat(audit.json().at("/result/models").size()).isEqualTo(2);
    assertThat(audit.json().at("/provenance/model/1/name").asString()).endsWith(" + adapter");
  }

  @Test
  void aHeadOfClassesMovesNoEmbeddings() throws IOException {
    assertThat(adapt("linear", manifest("")).code()).isZero();

    Cli.Outcome outcome =
        Cli.run(
            "embed",
            "--model",
            Cli.MODEL,
            "--adapter",
            out.resolve("adapter.safetensors"),
            "--images",
            folder.resolve("images"),
            "--no-cache",
            "--out",
            folder.resolve("e.safetensors"));

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("a linear probe, which scores classes");
  }

  @Test
  void theSameCommandAgainAnswersFromItsFolder() throws IOException {
    Path manifest = manifest("");
    Cli.Outcome first = adapt("tip", manifest, "--json");
    byte[] adapter = Files.readAllBytes(out.resolve("adapter.safetensors"));

    Cli.Outcome second = adapt("tip", manifest, "--json");

    assertThat(second.out()).isEqualTo(first.out());
    assertThat(second.err()).contains("this adaptation is finished");
    assertThat(Files.readAllBytes(out.resolve("adapter.safetensors"))).isEqualTo(adapter);
    assertThat(adapt("linear", manifest).err()).contains("a run of another configuration");
  }

  @ParameterizedTest
  @ValueSource(strings = {"scale", "coop", "lora"})
  void givesTheSameBitsForAnyThreadCount(String method) throws IOException {
    Path manifest = manifest("");
    Object[] settings = SHORT.getOrDefault(method, new Object[0]);
    adapt(method, manifest, joined(settings, "--threads", 1));
    byte[] one = Files.readAllBytes(out.resolve("adapter.safetensors"));
    Cli.run(arguments(method, manifest, folder.resolve("other"), joined(settings, "--threads", 2)));

    assertThat(Files.readAllBytes(folder.resolve("other").resolve("adapter.safetensors")))
        .isEqualTo(one);
  }

  @Test
  void anInterruptedRunLeavesNothingThatLooksFinishedAndStartsAgain() throws IOException {
    Path manifest = manifest("");

    Cli.Outcome stopped = Cli.runUntil(Cli.stopAtStep(12), arguments("scale", manifest, out));

    assertThat(stopped.code()).isEqualTo(130);
    assertThat(out.resolve("adapter.safetensors")).doesNotExist();
    assertThat(out.resolve("result.json")).doesNotExist();
    assertThat(adapt("scale", manifest).code()).isZero();
  }

  @Test
  void refusesAPatientOnTwoSides() throws IOException {
    Cli.Outcome outcome = adapt("linear", manifest("p0"));

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("1 patient on several sides of the split, listed in")
        .contains("each patient on one side only")
        .doesNotContain("p0");
    assertThat(Files.readAllLines(out.resolve("shared-patients.csv")))
        .contains("patient,id,split", "p0,image-000.png,train", "p0,image-021.png,test");
  }

  @Test
  void refusesUnknownSettingsMethodsAndLabels() throws IOException {
    Path manifest = manifest("");

    assertThat(adapt("scale", manifest, "--set", "epoch=5").err())
        .contains("--set epoch: found no setting of scale; expected one of depth, reduction");
    assertThat(adapt("scale", manifest, "--set", "epochs=many").err())
        .contains("--set epochs: found \"many\"");
    assertThat(adapt("scale", manifest, "--set", "depth=0").err()).contains("depth 0");
    assertThat(adapt("magic", manifest).err()).contains("--method: found \"magic\"");
    Path unlabelled =
        Files.writeString(folder.resolve("u.csv"), "id,image,text\na,images/image-000.png,\n");
    assertThat(adapt("scale", unlabelled).err()).contains("no sample with a label");
    assertThat(adapt("scale", manifest, "--prior", "derm7pt").err())
        .contains("7 tasks")
        .contains("--task");
    assertThat(adapt("scale", manifest, "--task", "pigmentation").err())
        .contains("--task pigmentation: found no --prior");
  }

  @ParameterizedTest
  @CsvSource({
    "coop, --set=context=16, --set context: found 16 vectors before \"ill.\"",
    "coop, --dtype=bf16, --dtype bf16: found training by CoOp; expected fp32",
    "lora, --dtype=bf16, --dtype bf16: found training by CLIP-LoRA; expected fp32",
    "lora, --set=dropout=1, dropout 1.0"
  })
  void refusesWhatCannotBeTrainedThroughTheEncoder(String method, String option, String message)
      throws IOException {
    assertThat(adapt(method, manifest(""), option).err()).contains(message);
  }

  private float[] embedded(String name, Object... more) {
    Path file = folder.resolve(name + ".safetensors");
    Object[] arguments = {"embed", "--model", Cli.MODEL, "--no-cache", "--out", file};
    assertThat(Cli.run(joined(arguments, more)).code()).isZero();
    return SafetensorsFile.open(file).get("embeddings").toFloats();
  }

  private static double probability(JsonNode classified, String id, String label) {
    for (JsonNode prediction : classified.at("/result/predictions")) {
      if (prediction.at("/id").asString().equals(id)) {
        return prediction.at("/probabilities/" + label).doubleValue();
      }
    }
    throw new AssertionError("no prediction of " + id);
  }

  private Cli.Outcome adapt(String method, Path data, Object... more) {
    return Cli.run(arguments(method, data, out, more));
  }

  private static Object[] arguments(String method, Path data, Path out, Object... more) {
    Object[] arguments = {
      "adapt", "--method", method, "--model", Cli.MODEL, "--data", data, "--no-cache", "--out", out
    };
    return joined(arguments, more);
  }

  private static Object[] joined(Object[] first, Object... more) {
    Object[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  /**
   * Half of the images are ill; 12 train, 6 validate, 6 test. Image files are named as the ids.
   *
   * @param shared the patient of every third sample, or empty for a patient each
   */
  private Path manifest(String shared) throws IOException {
    Pictures.folder(folder.resolve("images"), IMAGES);
    StringBuilder csv = new StringBuilder("id,image,text,patient,split,label\n");
    for (int i = 0; i < IMAGES; i++) {
      String split = i < 12 ? "train" : i < 18 ? "validation" : "test";
      csv.append(
          String.format(
              Locale.ROOT,
              "image-%03d.png,images/image-%03d.png,a caption,%s,%s,%s%n",
              i,
              i,
              shared.isEmpty() || i % 3 > 0 ? "patient" + i : shared,
              split,
              i % 2 == 0 ? "ill" : "well"));
    }
    return Files.writeString(folder.resolve("manifest.csv"), csv.toString());
  }
}
