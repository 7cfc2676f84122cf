package dev.auscult.adapt;

import java.util.Arrays;

/**
 * Cross-entropy over groups of class-concept combinations: a group's score is the largest of its
 * combinations' (SCALE, section 2.2, classes and concepts); the first of equals takes the gradient.
 * Groups of one are the combinations themselves.
 */
final class GroupedCrossEntropy {
  private final int[] groupOf;
  private final int groups;
  private final double scale;
  private final LossReduction reduction;

  /**
   * @param groupOf for each combination its group
   * @param groups how many there are
   * @param scale on the similarities, e.g. the model's logit scale
   */
  GroupedCrossEntropy(int[] groupOf, int groups, double scale, LossReduction reduction) {
    this.groupOf = groupOf.clone();
    this.groups = groups;
    this.scale = scale;
    this.reduction = reduction;
  }

  /**
   * Adds {@code weight} times the loss's gradient. A sample counts once per label.
   *
   * @param similarities {@code [n, columns]}
   * @param columns for each combination its column, or -1 if it is not there
   * @param labels for each sample the combinations it has; every one has a column
   * @param weight of this loss in a sum
   * @param gradient {@code [n, columns]}, added to
   * @return the loss, not multiplied by the weight, natural logarithm
   */
  double add(
      double[][] similarities, int[] columns, int[][] labels, double weight, double[][] gradient) {
    int count = Arrays.stream(labels).mapToInt(of -> of.length).sum();
    if (count == 0) {
      return 0;
    }
    double share = reduction == LossReduction.MEAN ? 1.0 / count : 1;
    int[] winner = new int[groups];
    double[] probability = new double[groups];
    double loss = 0;
    for (int i = 0; i < similarities.length; i++) {
      if (labels[i].length == 0) {
        continue;
      }
      double logSum = softmax(similarities[i], columns, winner, probability);
      for (int label : labels[i]) {
        int own = groupOf[label];
        loss += logSum - scale * similarities[i][winner[own]];
        for (int group = 0; group < groups; group++) {
          if (winner[group] >= 0) {
            double slope = probability[group] - (group == own ? 1 : 0);
            gradient[i][winner[group]] += weight * share * scale * slope;
          }
        }
      }
    }
    return loss * share;
  }

  /** Each group's best column and probability; the logarithm of the sum of exponentials. */
  private double softmax(double[] similarities, int[] columns, int[] winner, double[] probability) {
    Arrays.fill(winner, -1);
    double largest = Double.NEGATIVE_INFINITY;
    for (int combination = 0; combination < columns.length; combination++) {
      int column = columns[combination];
      if (column < 0) {
        continue;
      }
      int best = winner[groupOf[combination]];
      if (best < 0 || similarities[column] > similarities[best]) {
        winner[groupOf[combination]] = column;
      }
      largest = Math.max(largest, scale * similarities[column]);
    }
    double sum = 0;
    for (int group = 0; group < groups; group++) {
      probability[group] =
          winner[group] < 0 ? 0 : Math.exp(scale * similarities[winner[group]] - largest);
      sum += probability[group];
    }
    for (int group = 0; group < groups; group++) {
      probability[group] /= sum;
    }
    return largest + Math.log(sum);
  }
}
