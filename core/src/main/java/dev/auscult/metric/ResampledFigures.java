package dev.auscult.metric;

import dev.auscult.base.Progress;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Many figures of the same observations, each computed from the same resamples of their clusters:
 * any function of them (a gap between groups, a difference between models) then has its interval
 * too, with all dependence between them kept. Immutable.
 *
 * <p>Acceleration comes from leaving out one cluster at a time, or, where there are more than
 * {@value #BLOCKS}, one of so many interleaved blocks of clusters: the skewness of block sums over
 * the root of their number estimates the same constant (Efron and Tibshirani 1993, section 11.5 on
 * grouped jackknives), here with a standard error of about .002.
 */
public final class ResampledFigures {
  private static final int BLOCKS = 250;

  /** How many resamples are drawn between two looks at the clock. */
  private static final int STRIDE = 20;

  /** Below this share of defined resamples an interval would speak of luckier data. */
  private static final double DEFINED = 0.5;

  private final Bootstrap bootstrap;
  private final double[] observed;
  private final double[][] resampled;
  private final double[][] leftOut;

  private ResampledFigures(
      Bootstrap bootstrap, double[] observed, double[][] resampled, double[][] leftOut) {
    this.bootstrap = bootstrap;
    this.observed = observed;
    this.resampled = resampled;
    this.leftOut = leftOut;
  }

  /** Computes figures from clusters that count more or less often; safe for several threads. */
  @FunctionalInterface
  public interface Figures {
    /** All figures, always as many and in the same order; undefined ones are {@code NaN}. */
    double[] of(Multiplicities weights);
  }

  /**
   * Computes the figures of the data and of every resample.
   *
   * @param clusters how many there are
   * @param threads how many to use; the result does not depend on it
   * @throws dev.auscult.base.InterruptedRunException if the user asks to stop
   */
  public static ResampledFigures of(
      Bootstrap bootstrap, int clusters, int threads, Progress progress, Figures figures) {
    double[] observed = figures.of(Multiplicities.once(clusters));
    double[][] resampled = new double[clusters < 2 ? 0 : bootstrap.resamples()][];
    boolean corrects = bootstrap.kind() == Bootstrap.Kind.BCA;
    double[][] leftOut = new double[clusters < 2 || !corrects ? 0 : Math.min(BLOCKS, clusters)][];
    ForkJoinPool pool = new ForkJoinPool(threads);
    try (Progress.Task task =
        progress.begin("resampling", (long) resampled.length + leftOut.length)) {
      fill(
          pool,
          task,
          resampled,
          r ->
              figures.of(
                  Multiplicities.drawn(clusters, bootstrap.seed().derive((long) r).random())));
      fill(
          pool,
          task,
          leftOut,
          block -> figures.of(Multiplicities.without(block, leftOut.length, clusters)));
    } finally {
      pool.shutdown();
    }
    return new ResampledFigures(bootstrap, observed, resampled, leftOut);
  }

  /** Computes one row. */
  @FunctionalInterface
  private interface Row {
    double[] of(int index);
  }

  private static void fill(ForkJoinPool pool, Progress.Task task, double[][] rows, Row row) {
    for (int from = 0; from < rows.length; from += STRIDE) {
      int first = from;
      int last = Math.min(from + STRIDE, rows.length);
      pool.submit(
              () ->
                  IntStream.range(first, last)
                      .parallel()
                      .forEach(index -> rows[index] = row.of(index)))
          .join();
      task.advance(last - first);
    }
  }

  /**
   * What a figure can be.
   *
   * @param least its least value
   * @param most its largest
   */
  public record Range(double least, double most) {
    /** From 0 to 1. */
    public static final Range SHARE = new Range(0, 1);

    /** Of the difference of two shares. */
    public static final Range DIFFERENCE = new Range(-1, 1);
  }

  /** The figures of the data as they are. */
  public double[] observed() {
    return observed.clone();
  }

  /**
   * A figure, or a function of several, with its interval. The ends are {@code NaN} where less than
   * half of the resamples have a figure, and where all have the same: resampling knows no
   * uncertainty there, which does not mean that there is none. They are {@code NaN} too where the
   * interval would miss its own figure; one that has a kink, as a calibration error or a gap, needs
   * {@link #estimate(double, Deviation, Range, int)}.
   *
   * @param derived computes it from the figures in their order; must not keep or change them
   * @param n how many observations stand behind it
   */
  public Estimate estimate(ToDoubleFunction<double[]> derived, int n) {
    double value = derived.applyAsDouble(observed);
    double[] ascending = ascending(derived, resampled);
    if (Double.isNaN(value)
        || ascending.length == 0
        || ascending.length < DEFINED * resampled.length
        || ascending[0] == ascending[ascending.length - 1]) {
      return new Estimate(value, Double.NaN, Double.NaN, Double.NaN, n);
    }
    Estimate found = bootstrap.interval(value, ascending, () -> ascending(derived, leftOut), n);
    return found.lo() <= value && value <= found.hi()
        ? found
        : new Estimate(value, found.sd(), Double.NaN, Double.NaN, n);
  }

  /**
   * A figure that has a kink, with its interval ({@link Deviation}). The ends are {@code NaN} where
   * less than half of the resamples have a deviation, and where all have the same.
   *
   * @param value the figure
   * @param range what it can be
   * @param n how many observations stand behind it
   */
  public Estimate estimate(double value, Deviation deviation, Range range, int n) {
    double[] above = ascending(deviation.above(), resampled);
    double[] below = ascending(deviation.below(), resampled);
    if (Double.isNaN(value)
        || Math.min(above.length, below.length) == 0
        || Math.min(above.length, below.length) < DEFINED * resampled.length
        || (above[0] == above[above.length - 1] && below[0] == below[below.length - 1])) {
      return new Estimate(value, Double.NaN, Double.NaN, Double.NaN, n);
    }
    double tail = (1 - bootstrap.level()) / 2;
    double lo = value - Math.max(0, BcaQuantiles.quantile(above, 1 - tail));
    double hi = value - Math.min(0, BcaQuantiles.quantile(below, tail));
    return new Estimate(
        value, Double.NaN, Math.max(range.least(), lo), Math.min(range.most(), hi), n);
  }

  /** The standard deviation of a function of figures over the resamples that have it. */
  public double standardError(ToDoubleFunction<double[]> derived) {
    return Moments.sd(ascending(derived, resampled));
  }

  private static double[] ascending(ToDoubleFunction<double[]> derived, double[][] rows) {
    return Arrays.stream(rows)
        .mapToDouble(derived)
        .filter(value -> !Double.isNaN(value))
        .sorted()
        .toArray();
  }
}
