package dev.auscult.adapt;

import dev.auscult.base.Seed;
import dev.auscult.data.LabelMode;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The problems of conformance/encoder_methods.py. */
final class EncoderFixture {
  static final JsonNode ROOT = Fixture.read("encoder_methods.json");
  static final LabelHierarchy LABELS = LabelHierarchy.flat(List.of("a", "b", "c", "d"));
  static final ClassPrompts PROMPTS =
      new ClassPrompts(List.of("a", "b", "c", "d"), List.of(0, 1, 2, 3), "nothing");

  private EncoderFixture() {}

  /** The tiny checkpoint that they train through. */
  static DualEncoder model() {
    return Models.load(
        Path.of("src/test/resources/dev/auscult/model/clip/complete").toString(),
        new Compute(1, DType.FLOAT32, 0));
  }

  /** The ids of the labels' texts and of nothing found. */
  static int[][] ids() {
    return Fixture.labels(ROOT.get("ids")).stream()
        .map(row -> row.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  static LabelMode mode(JsonNode problem) {
    return problem.get("multiple").booleanValue() ? LabelMode.MULTIPLE : LabelMode.EXCLUSIVE;
  }

  /** A problem on its images' embeddings. */
  static AdaptationTask task(JsonNode problem) {
    FloatMatrix none = new FloatMatrix(0, 16, new float[0]);
    return new AdaptationTask(
        LABELS,
        mode(problem),
        new ClassTexts(Toy.unit(4, 16, 1), List.of(0, 1, 2, 3), Toy.unit(1, 16, 2)),
        ROOT.get("logit_scale").doubleValue(),
        Fixture.features(ROOT.get("images"), problem.get("labels")),
        Fixture.features(none, List.of(), "none"),
        new Seed(0));
  }

  /** The samples of a batch. */
  static int[] rows(JsonNode batch) {
    return IntStream.range(0, batch.size()).map(i -> batch.get(i).intValue()).toArray();
  }
}
