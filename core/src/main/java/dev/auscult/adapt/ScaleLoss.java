package dev.auscult.adapt;

import dev.auscult.learning.DoubleRows;
import java.util.stream.IntStream;

/**
 * SCALE's loss (equation 3) of the cosines of a batch's images and texts, and its gradient.
 *
 * <p>Symbols: {@code Q [n, t]} cosines; {@code Z} its columns of one text per combination; the
 * cross-entropies compare {@code Z} by combination, concept and class; the contrastive terms
 * compare the rows of {@code Q} (images) and of its transpose (texts).
 */
final class ScaleLoss {
  private final GroupedCrossEntropy combinations;
  private final GroupedCrossEntropy concepts;
  private final GroupedCrossEntropy classes;
  private final SupervisedContrast contrast;
  private final ScaleWeights weights;

  /**
   * The terms of a batch and their weighted sum, natural logarithm.
   *
   * @param total combinations plus the others by their weights
   */
  record Terms(
      double total,
      double combinations,
      double concepts,
      double classes,
      double images,
      double texts) {}

  /**
   * @param scale of the cross-entropies
   */
  ScaleLoss(
      LabelHierarchy labels, double scale, SupervisedContrast contrast, ScaleWeights weights) {
    int[] itself = IntStream.range(0, labels.size()).toArray();
    this.combinations = new GroupedCrossEntropy(itself, labels.size(), scale, contrast.reduction());
    this.concepts =
        new GroupedCrossEntropy(
            labels.conceptOf(), labels.concepts().size(), scale, contrast.reduction());
    this.classes =
        new GroupedCrossEntropy(
            labels.classOf(), labels.classes().size(), scale, contrast.reduction());
    this.contrast = contrast;
    this.weights = weights;
  }

  /**
   * The loss of a batch.
   *
   * @param cosines {@code Q [n, t]}
   * @param columns for each combination the column of its text in {@code Z}, or -1 if masked
   * @param imageLabels the combinations of each row
   * @param textLabels the combination of each column
   * @param gradient {@code [n, t]}, overwritten with the derivative by the cosines
   */
  Terms of(
      double[][] cosines,
      int[] columns,
      int[][] imageLabels,
      int[] textLabels,
      double[][] gradient) {
    DoubleRows.clear(gradient);
    double ofCombinations = combinations.add(cosines, columns, imageLabels, 1, gradient);
    double ofConcepts = concepts.add(cosines, columns, imageLabels, weights.concepts(), gradient);
    double ofClasses = classes.add(cosines, columns, imageLabels, weights.classes(), gradient);
    double ofImages =
        weights.images() == 0 ? 0 : contrast.add(cosines, imageLabels, weights.images(), gradient);
    double ofTexts = weights.texts() == 0 ? 0 : texts(cosines, textLabels, gradient);
    double total =
        ofCombinations
            + weights.concepts() * ofConcepts
            + weights.classes() * ofClasses
            + weights.images() * ofImages
            + weights.texts() * ofTexts;
    return new Terms(total, ofCombinations, ofConcepts, ofClasses, ofImages, ofTexts);
  }

  private double texts(double[][] cosines, int[] labels, double[][] gradient) {
    double[][] rows = DoubleRows.transposed(cosines);
    double[][] slope = new double[rows.length][cosines.length];
    int[][] single =
        IntStream.of(labels).mapToObj(label -> new int[] {label}).toArray(int[][]::new);
    double loss = contrast.add(rows, single, weights.texts(), slope);
    for (int i = 0; i < cosines.length; i++) {
      for (int t = 0; t < rows.length; t++) {
        gradient[i][t] += slope[t][i];
      }
    }
    return loss;
  }
}
