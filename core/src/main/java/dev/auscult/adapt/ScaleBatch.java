package dev.auscult.adapt;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The texts of a batch: unique prompts, and which of them stand for the combinations.
 *
 * <p>With canonical columns, those come first in the order of the combinations; then, or else, the
 * texts paired with the batch's samples in the order in which they first occur.
 */
final class ScaleBatch {
  private final int[] columnOfPrompt;
  private final int[] prompts;
  private final int[] labels;
  private final int[] columns;
  private int count;

  private final ClassTexts texts;
  private final List<List<Integer>> rowsOfCombinations;
  private final List<Integer> canonical;
  private final CombinationColumns choice;
  private final TextPairing pairing;

  ScaleBatch(ClassTexts texts, CombinationColumns choice, TextPairing pairing) {
    int prompts = texts.prompts().rows();
    this.texts = texts;
    this.rowsOfCombinations = texts.rowsOfCombinations();
    this.canonical = texts.canonical();
    this.choice = choice;
    this.pairing = pairing;
    this.columnOfPrompt = new int[prompts];
    this.prompts = new int[prompts];
    this.labels = new int[prompts];
    this.columns = new int[texts.combinations()];
  }

  /** Pairs samples with texts: one for each of a sample's labels. */
  void pair(int[][] sampleLabels, SplittableRandom random) {
    int[][] drawn = new int[sampleLabels.length][];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = new int[sampleLabels[i].length];
      for (int k = 0; k < drawn[i].length; k++) {
        drawn[i][k] = draw(sampleLabels[i][k], random);
      }
    }
    take(drawn);
  }

  /** Takes the prompts that are paired with each sample. */
  void take(int[][] promptsOfSamples) {
    Arrays.fill(columnOfPrompt, -1);
    Arrays.fill(columns, -1);
    count = 0;
    if (choice == CombinationColumns.CANONICAL) {
      canonical.forEach(this::add);
    }
    for (int[] of : promptsOfSamples) {
      for (int prompt : of) {
        add(prompt);
      }
    }
  }

  private int draw(int combination, SplittableRandom random) {
    List<Integer> rows = rowsOfCombinations.get(combination);
    return switch (pairing) {
      case CANONICAL -> canonical.get(combination);
      case MIXED -> rows.get(random.nextInt(rows.size()));
    };
  }

  private void add(int prompt) {
    if (columnOfPrompt[prompt] >= 0) {
      return;
    }
    int combination = texts.combinationOf().get(prompt);
    columnOfPrompt[prompt] = count;
    prompts[count] = prompt;
    labels[count] = combination;
    if (columns[combination] < 0) {
      columns[combination] = count;
    }
    count++;
  }

  /** The number of texts. */
  int size() {
    return count;
  }

  /** The prompt in a column. */
  int prompt(int column) {
    return prompts[column];
  }

  /** The combination of each column. */
  int[] labels() {
    return Arrays.copyOf(labels, count);
  }

  /** The column of each combination, -1 where it is masked; as it is, not a copy. */
  int[] columns() {
    return columns;
  }
}
