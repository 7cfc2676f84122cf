package dev.auscult.adapt;

import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The embedded prompts of each class-concept combination.
 *
 * @param prompts unit rows {@code [p, d]}, different from each other; the first of a combination is
 *     its canonical one
 * @param combinationOf for each prompt its combination; every combination has at least one
 * @param none the unit row {@code [1, d]} of the prompt that says that nothing is found, against
 *     which each combination is weighed where a sample may have several labels or none
 */
public record ClassTexts(FloatMatrix prompts, List<Integer> combinationOf, FloatMatrix none) {

  /** Copies and checks the lists. */
  public ClassTexts {
    combinationOf = List.copyOf(combinationOf);
    if (prompts.rows() != combinationOf.size()
        || none.rows() != 1
        || none.columns() != prompts.columns()) {
      throw new IllegalArgumentException(
          "%d prompts of %d numbers, %d combinations, nothing [%d, %d]"
              .formatted(
                  prompts.rows(),
                  prompts.columns(),
                  combinationOf.size(),
                  none.rows(),
                  none.columns()));
    }
    long different = combinationOf.stream().distinct().count();
    if (combinationOf.stream().anyMatch(index -> index < 0 || index >= different)) {
      throw new IllegalArgumentException("a combination without a prompt: " + combinationOf);
    }
  }

  /** The number of combinations. */
  public int combinations() {
    return (int) combinationOf.stream().distinct().count();
  }

  /** The row of each combination's canonical prompt. */
  List<Integer> canonical() {
    TreeMap<Integer, Integer> first = new TreeMap<>();
    for (int row = 0; row < combinationOf.size(); row++) {
      first.putIfAbsent(combinationOf.get(row), row);
    }
    return List.copyOf(first.values());
  }

  /** The rows of each combination's prompts. */
  List<List<Integer>> rowsOfCombinations() {
    List<List<Integer>> rows = new ArrayList<>();
    IntStream.range(0, combinations()).forEach(combination -> rows.add(new ArrayList<>()));
    for (int row = 0; row < combinationOf.size(); row++) {
      rows.get(combinationOf.get(row)).add(row);
    }
    return rows;
  }

  /**
   * One unit vector per combination.
   *
   * @param use which of its prompts speak for it
   * @return {@code [combinations, d]}
   */
  public FloatMatrix vectors(PromptUse use) {
    List<List<Integer>> rows =
        switch (use) {
          case CANONICAL -> canonical().stream().map(List::of).toList();
          case MEAN -> rowsOfCombinations();
        };
    float[][] vectors = new float[rows.size()][];
    for (int combination = 0; combination < vectors.length; combination++) {
      vectors[combination] = mean(rows.get(combination));
    }
    return Rows.matrix(vectors, prompts.columns());
  }

  private float[] mean(List<Integer> rows) {
    if (rows.size() == 1) {
      return prompts.row(rows.get(0));
    }
    double[] sum = new double[prompts.columns()];
    double square = 0;
    for (int k = 0; k < sum.length; k++) {
      for (int row : rows) {
        sum[k] += prompts.get(row, k);
      }
      square += sum[k] * sum[k];
    }
    float[] unit = new float[sum.length];
    for (int k = 0; k < unit.length; k++) {
      unit[k] = (float) (sum[k] / Math.sqrt(square));
    }
    return unit;
  }

  /** The same prompts with other vectors. */
  ClassTexts with(FloatMatrix otherPrompts, FloatMatrix otherNone) {
    return new ClassTexts(otherPrompts, combinationOf, otherNone);
  }
}
