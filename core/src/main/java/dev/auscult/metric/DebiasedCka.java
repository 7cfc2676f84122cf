package dev.auscult.metric;

import java.util.Arrays;
import java.util.List;

/**
 * Linear CKA without the bias of few observations (Song and others 2012), of observations that
 * count more or less often: what a bootstrap computes. Immutable.
 *
 * <p>The criterion is a U-statistic: it averages over different observations only. A resample holds
 * copies, and a copy is no other observation; taken for one, it would make every resample more
 * alike than the data. So the average is over tuples of different observations, each weighted by
 * the product of how often its members count; its mean over resamples is the criterion of the data.
 */
public final class DebiasedCka {
  private final List<double[][]> products;

  private DebiasedCka(List<double[][]> products) {
    this.products = products;
  }

  /**
   * Prepares.
   *
   * @param representations {@code [n][d]} each, of the same observations in the same order
   */
  public static DebiasedCka of(List<double[][]> representations) {
    return new DebiasedCka(representations.stream().map(Gram::of).toList());
  }

  /**
   * The alignment of each representation with each, {@code [m][m]}: symmetric, at most 1; {@code
   * NaN} where a representation does not vary, or fewer than 4 observations count.
   *
   * @param weights how often each observation counts, {@code [n]}
   */
  public double[][] of(double[] weights) {
    CountedTuples counted = CountedTuples.of(weights);
    List<CountedTuples.Sums> sums = products.stream().map(counted::sums).toList();
    double[][] criteria = new double[products.size()][products.size()];
    for (int a = 0; a < criteria.length; a++) {
      for (int b = 0; b <= a; b++) {
        criteria[a][b] =
            counted.criterion(products.get(a), products.get(b), sums.get(a), sums.get(b));
        criteria[b][a] = criteria[a][b];
      }
    }
    return Arrays.stream(LinearCka.normalised(criteria))
        .map(row -> Arrays.stream(row).map(value -> Math.min(1, value)).toArray())
        .toArray(double[][]::new);
  }
}
