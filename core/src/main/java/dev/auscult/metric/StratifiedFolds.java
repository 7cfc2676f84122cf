package dev.auscult.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds for cross-validation that never part a group (a patient) and have about the same share of
 * every class: groups are dealt out one by one, those of the most uneven classes first, each to the
 * fold where it keeps the shares most even. No chance is involved. The rule is that of
 * scikit-learn's {@code StratifiedGroupKFold} without shuffling, which takes rounding for a
 * difference between equally good folds and so may deal otherwise.
 */
public final class StratifiedFolds {
  /** Two unevennesses this close are one. */
  private static final double CLOSE = 1e-9;

  private StratifiedFolds() {}

  /**
   * The fold of each observation, from 0.
   *
   * @param labels the class of each, from 0
   * @param groups whom each shows
   * @param folds how many, from 2
   * @throws IllegalArgumentException if the lengths differ, or there are fewer groups than folds
   */
  public static int[] of(int[] labels, List<String> groups, int folds) {
    if (labels.length != groups.size()) {
      throw new IllegalArgumentException(
          "%d labels, %d groups".formatted(labels.length, groups.size()));
    }
    int[] sizes = ClassSizes.of(new double[labels.length][0], labels);
    Map<String, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < labels.length; i++) {
      members.computeIfAbsent(groups.get(i), group -> new ArrayList<>()).add(i);
    }
    if (folds < 2 || members.size() < folds) {
      throw new IllegalArgumentException("%d folds of %d groups".formatted(folds, members.size()));
    }
    List<Group> dealt =
        members.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> Group.of(entry.getValue(), labels, sizes.length))
            .sorted(Comparator.comparingDouble((Group group) -> -deviation(group.counts)))
            .toList();
    double[][] counts = new double[folds][sizes.length];
    int[] foldOf = new int[labels.length];
    for (Group group : dealt) {
      int fold = best(group, counts, sizes);
      add(counts[fold], group.counts, 1);
      group.members.forEach(i -> foldOf[i] = fold);
    }
    return foldOf;
  }

  /** Observations that stay together. */
  private static final class Group {
    final List<Integer> members;
    final double[] counts;

    private Group(List<Integer> members, double[] counts) {
      this.members = members;
      this.counts = counts;
    }

    static Group of(List<Integer> members, int[] labels, int classes) {
      double[] counts = new double[classes];
      members.forEach(i -> counts[labels[i]]++);
      return new Group(members, counts);
    }
  }

  /** The fold that keeps shares most even; of equally good ones that with the fewest members. */
  private static int best(Group group, double[][] counts, int[] sizes) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    double fewest = Double.POSITIVE_INFINITY;
    for (int fold = 0; fold < counts.length; fold++) {
      add(counts[fold], group.counts, 1);
      double unevenness = unevenness(counts, sizes);
      add(counts[fold], group.counts, -1);
      double members = sum(counts[fold]);
      boolean as = Math.abs(unevenness - least) <= CLOSE;
      if ((!as && unevenness < least) || (as && members < fewest)) {
        best = fold;
        least = unevenness;
        fewest = members;
      }
    }
    return best;
  }

  /** The mean over classes of how much the folds' shares of it differ. */
  static double unevenness(double[][] counts, int[] sizes) {
    double sum = 0;
    int present = 0;
    double[] shares = new double[counts.length];
    for (int c = 0; c < sizes.length; c++) {
      if (sizes[c] > 0) {
        for (int fold = 0; fold < counts.length; fold++) {
          shares[fold] = counts[fold][c] / sizes[c];
        }
        sum += deviation(shares);
        present++;
      }
    }
    return sum / present;
  }

  /** The standard deviation, n in the denominator. */
  private static double deviation(double[] values) {
    double mean = sum(values) / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length);
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static void add(double[] target, double[] values, int sign) {
    for (int c = 0; c < target.length; c++) {
      target[c] += sign * values[c];
    }
  }
}
