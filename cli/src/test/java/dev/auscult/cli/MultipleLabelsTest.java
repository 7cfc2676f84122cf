package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** An adapter for several labels per image, from training to every command that takes it. */
class MultipleLabelsTest {
  private static final int IMAGES = 24;
  private static final List<String> LABELS = List.of("dense", "large", "round");

  private final Path folder;
  private final Path adapter;

  MultipleLabelsTest(@TempDir Path folder) {
    this.folder = folder;
    this.adapter = folder.resolve("adapted").resolve("adapter.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zero-shot", "scale", "linear", "clip-adapter", "tip-f", "lp++"})
  void classifyDecidesEachLabelByItselfAndAsThePredictionsSay(String method) throws IOException {
    JsonNode adapted = adapt(method);
    assertThat(adapted.at("/labels_per_sample").asString()).isEqualTo("multiple");

    Path out = folder.resolve("classified");
    Outcome outcome = run("classify", "--images", folder.resolve("images"), "--json", "--out", out);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    List<String> header = row(Files.readAllLines(out.resolve("predictions.csv")).get(0));
    assertThat(header)
        .containsExactly("id", "predicted", "score.dense", "score.large", "score.round");
    Map<String, List<String>> classified = byId(out.resolve("predictions.csv"));
    Map<String, List<String>> predicted = byId(adapter.resolveSibling("predictions.csv"));
    List<String> columns =
        row(Files.readAllLines(adapter.resolveSibling("predictions.csv")).get(0));
    assertThat(predicted).hasSize(6);
    predicted.forEach(
        (id, cells) -> {
          for (int label = 0; label < LABELS.size(); label++) {
            double expected =
                Double.parseDouble(cells.get(columns.indexOf("score." + LABELS.get(label))));
            assertThat(
                    Double.parseDouble(Objects.requireNonNull(classified.get(id)).get(2 + label)))
                .as("%s %s", id, LABELS.get(label))
                .isCloseTo(expected, within(1e-6)); // float32 batches
          }
        });
    JsonNode result = outcome.json().path("result");
    for (int label = 0; label < LABELS.size(); label++) {
      int column = 2 + label;
      long present =
          classified.values().stream()
              .filter(cells -> Double.parseDouble(cells.get(column)) >= .5)
              .count();
      assertThat(result.path("present").path(LABELS.get(label)).asLong()).isEqualTo(present);
    }
    assertThat(classified.values())
        .as("probabilities that sum to one would be those of a choice")
        .anySatisfy(
            cells ->
                assertThat(cells.subList(2, 5).stream().mapToDouble(Double::parseDouble).sum())
                    .isNotCloseTo(1, within(.01)));
    assertThat(Files.readString(out.resolve("index.html"))).contains("p of at least 0.5");
  }

  @Test
  void embedAndAuditMoveByTheAdapterToo() throws IOException {
    adapt("scale");
    Path own = folder.resolve("own.safetensors");
    Path moved = folder.resolve("moved.safetensors");

    Outcome plain =
        Cli.run(
            "embed",
            "--model",
            Cli.MODEL,
            "--images",
            folder.resolve("images"),
            "--no-cache",
            "--out",
            own);
    Outcome adapted = run("embed", "--images", folder.resolve("images"), "--out", moved);
    Outcome audit =
        Cli.run(
            "audit",
            "--model",
            Cli.MODEL,
            "--adapter",
            adapter,
            "--data",
            folder.resolve("manifest.csv"),
            "--task",
            "isa",
            "--samples",
            2,
            "--passes",
            100,
            "--out",
            folder.resolve("audit"),
            "--json");

    assertThat(plain.code()).as(plain.err()).isZero();
    assertThat(adapted.code()).as(adapted.err()).isZero();
    assertThat(SafetensorsFile.open(moved).get("embeddings").toFloats())
        .isNotEqualTo(SafetensorsFile.open(own).get("embeddings").toFloats());
    assertThat(audit.code()).as(audit.err()).isZero();
    assertThat(audit.json().at("/result/models").size()).isEqualTo(2);
    assertThat(audit.json().at("/provenance/model/1/name").asString()).endsWith(" + adapter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"scale", "linear"})
  void evaluateJudgesThePredictionsOfTheTestSplit(String method) throws IOException {
    JsonNode adapted = adapt(method);
    Path out = folder.resolve("evaluated");

    Outcome outcome =
        run(
            "evaluate",
            "--data",
            folder.resolve("manifest.csv"),
            "--min-group",
            2,
            "--out",
            out,
            "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode result = outcome.json().path("result");
    assertThat(result.path("task").asString()).isEqualTo("multi_label");
    assertThat(result.path("n").asInt()).isEqualTo(6);
    assertThat(result.at("/auroc/value").asDouble())
        .isCloseTo(adapted.at("/class_concept/adapted/auroc/value").asDouble(), within(1e-12));
  }

  @Test
  void embedRefusesAHeadOfSeveralLabels() throws IOException {
    adapt("linear");

    Outcome outcome =
        run(
            "embed",
            "--images",
            folder.resolve("images"),
            "--out",
            folder.resolve("e.safetensors"));

    Hostile.assertRefused(outcome, "a linear probe, which scores classes");
  }

  /** The result of training on images with none to three of the labels. */
  private JsonNode adapt(String method) throws IOException {
    Pictures.folder(folder.resolve("images"), IMAGES);
    StringBuilder csv = new StringBuilder("id,image,text,patient,split,findings\n");
    for (int i = 0; i < IMAGES; i++) {
      int bits = i % 7 + 1;
      String findings =
          LABELS.stream()
              .filter(label -> (bits >> LABELS.indexOf(label) & 1) == 1)
              .collect(Collectors.joining("; "));
      String split = i < 12 ? "train" : i < 18 ? "validation" : "test";
      csv.append(
          "image-%03d.png,images/image-%03d.png,a picture,p%d,%s,%s%n"
              .formatted(i, i, i, split, findings));
    }
    Path data = Files.writeString(folder.resolve("manifest.csv"), csv.toString());
    List<Object> words = new ArrayList<>();
    words.addAll(List.of("adapt", "--method", method, "--model", Cli.MODEL, "--data", data));
    words.addAll(List.of("--no-cache", "--json", "--out", folder.resolve("adapted")));
    if (method.equals("scale") || method.equals("clip-adapter")) {
      words.addAll(List.of("--set", "epochs=5"));
    }
    Outcome outcome = Cli.run(words.toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.json().path("result");
  }

  private Outcome run(String command, Object... more) {
    Object[] words = {command, "--model", Cli.MODEL, "--adapter", adapter, "--no-cache"};
    return Cli.run(Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray());
  }

  private static Map<String, List<String>> byId(Path csv) throws IOException {
    return Files.readAllLines(csv).stream()
        .skip(1)
        .map(MultipleLabelsTest::row)
        .collect(Collectors.toMap(cells -> cells.get(0), Function.identity()));
  }

  private static List<String> row(String line) {
    return List.of(line.split(",", -1));
  }
}
