package dev.auscult.shapley;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Shapley values of a game with their uncertainty and cost. Immutable.
 *
 * <p>The uncertainty comes from replicates: each independent source of randomness (image orders,
 * text orders) was drawn in blocks, and leaving out one block at a time (the jackknife, Efron 1982)
 * shows how any figure computed from the values varies. Sources add up.
 */
public final class Attribution {
  private final double[] values;
  private final double emptyValue;
  private final double fullValue;
  private final Passes passes;
  private final List<double[][]> sources;

  /**
   * @param values one per player
   * @param emptyValue {@code f} of nobody
   * @param fullValue {@code f} of everybody
   * @param passes what was spent
   * @param sources for each source of randomness, the values by each of its blocks alone (together
   *     with everything of the other sources); none if the values are exact
   */
  Attribution(
      double[] values,
      double emptyValue,
      double fullValue,
      Passes passes,
      List<double[][]> sources) {
    this.values = values;
    this.emptyValue = emptyValue;
    this.fullValue = fullValue;
    this.passes = passes;
    this.sources = sources;
  }

  /** The number of players. */
  public int players() {
    return values.length;
  }

  /** The Shapley value of a player. */
  public double value(int player) {
    return values[player];
  }

  /** All values; in a bilinear game those of the image, then those of the text. */
  public List<Double> values() {
    return Arrays.stream(values).boxed().toList();
  }

  /**
   * The standard error of a player's value; 0 where exact, {@code NaN} with fewer than 2 blocks.
   */
  public double standardError(int player) {
    double variance = 0;
    for (double[][] blocks : sources) {
      variance += varianceOfMean(blocks, player);
    }
    return Math.sqrt(variance);
  }

  /** All standard errors. */
  public List<Double> standardErrors() {
    return java.util.stream.IntStream.range(0, values.length)
        .mapToObj(this::standardError)
        .toList();
  }

  /** {@code f} of nobody. */
  public double emptyValue() {
    return emptyValue;
  }

  /** {@code f} of everybody. */
  public double fullValue() {
    return fullValue;
  }

  /** What was spent. */
  public Passes passes() {
    return passes;
  }

  /** The same values and errors with what was really spent. */
  Attribution withPasses(Passes spent) {
    return new Attribution(values, emptyValue, fullValue, spent, sources);
  }

  /**
   * The same with the players numbered otherwise.
   *
   * @param numbering who has which number now: player {@code i} becomes {@code
   *     numbering.playerAt(i)}
   */
  Attribution renumbered(Order numbering) {
    List<double[][]> renumbered =
        sources.stream()
            .map(
                blocks ->
                    Arrays.stream(blocks)
                        .map(block -> renumbered(block, numbering))
                        .toArray(double[][]::new))
            .toList();
    return new Attribution(
        renumbered(values, numbering), emptyValue, fullValue, passes, renumbered);
  }

  private static double[] renumbered(double[] values, Order numbering) {
    double[] moved = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      moved[numbering.playerAt(i)] = values[i];
    }
    return moved;
  }

  /** How far the values are from summing to {@code f(full) - f(empty)}: rounding only. */
  public double efficiencyGap() {
    return Arrays.stream(values).sum() - (fullValue - emptyValue);
  }

  /**
   * A figure computed from the values, with its jackknife standard error.
   *
   * @param figure a smooth function of the values; it must not change the array
   */
  public Uncertain jackknife(ToDoubleFunction<double[]> figure) {
    double value = figure.applyAsDouble(values.clone());
    double variance = 0;
    double squares = 0;
    for (Source source : variances(figure)) {
      variance += source.variance();
      squares += source.variance() * source.variance() / (source.blocks() - 1);
    }
    if (variance == 0) {
      return Uncertain.exact(value);
    }
    return new Uncertain(value, Math.sqrt(variance), variance * variance / squares);
  }

  /**
   * How much one source of randomness adds to the variance of a figure.
   *
   * @param variance by the jackknife; {@code NaN} with fewer than 2 blocks
   * @param blocks independent blocks that were drawn
   */
  public record Source(double variance, int blocks) {}

  /**
   * The variance of a figure by source: in a bilinear game the image orders, then the text orders;
   * none where the values are exact.
   */
  public List<Source> variances(ToDoubleFunction<double[]> figure) {
    return sources.stream()
        .map(blocks -> new Source(jackknifeVariance(blocks, figure), blocks.length))
        .toList();
  }

  private double jackknifeVariance(double[][] blocks, ToDoubleFunction<double[]> figure) {
    int k = blocks.length;
    if (k < 2) {
      return Double.NaN;
    }
    double[] left = new double[k];
    for (int b = 0; b < k; b++) {
      double[] without = new double[values.length];
      for (int i = 0; i < without.length; i++) {
        without[i] = values[i] + (values[i] - blocks[b][i]) / (k - 1);
      }
      left[b] = figure.applyAsDouble(without);
    }
    return (k - 1.0) / k * sumOfSquares(left);
  }

  private static double varianceOfMean(double[][] blocks, int player) {
    int k = blocks.length;
    if (k < 2) {
      return Double.NaN;
    }
    double[] column = new double[k];
    for (int b = 0; b < k; b++) {
      column[b] = blocks[b][player];
    }
    return sumOfSquares(column) / (k * (k - 1.0));
  }

  private static double sumOfSquares(double[] x) {
    double mean = Arrays.stream(x).sum() / x.length;
    double sum = 0;
    for (double value : x) {
      sum += (value - mean) * (value - mean);
    }
    return sum;
  }
}
