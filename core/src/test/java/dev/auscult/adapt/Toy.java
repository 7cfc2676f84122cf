package dev.auscult.adapt;

import dev.auscult.base.Seed;
import dev.auscult.data.LabelMode;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Small tasks with everything that a trainer needs. */
final class Toy {
  private Toy() {}

  /** The even rows train, the odd ones validate; one random prompt per class. */
  static AdaptationTask task(LabelledFeatures all, int classes) {
    LabelHierarchy labels =
        LabelHierarchy.flat(IntStream.range(0, classes).mapToObj(c -> "class " + c).toList());
    return new AdaptationTask(
        labels,
        LabelMode.EXCLUSIVE,
        texts(classes, 1, all.dimension()),
        20,
        all.rows(IntStream.range(0, all.size()).filter(i -> i % 2 == 0).boxed().toList()),
        all.rows(IntStream.range(0, all.size()).filter(i -> i % 2 == 1).boxed().toList()),
        new Seed(1));
  }

  /** Random prompts, {@code each} per combination. */
  static ClassTexts texts(int combinations, int each, int dimension) {
    List<Integer> combinationOf =
        IntStream.range(0, combinations * each).mapToObj(p -> p / each).toList();
    return new ClassTexts(
        unit(combinations * each, dimension, 7), combinationOf, unit(1, dimension, 8));
  }

  /** Random unit rows. */
  static FloatMatrix unit(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      double[] row = random.doubles(columns, -1, 1).toArray();
      double norm = Math.sqrt(java.util.Arrays.stream(row).map(v -> v * v).sum());
      for (int k = 0; k < columns; k++) {
        values[i * columns + k] = (float) (row[k] / norm);
      }
    }
    return new FloatMatrix(rows, columns, values);
  }
}
