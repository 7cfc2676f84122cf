package dev.auscult.evaluation;

import dev.auscult.base.Progress;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Deviation;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.ResampledFigures;
import dev.auscult.metric.ResampledFigures.Range;
import dev.auscult.metric.TestedDifference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Blocks of figures over the same resamples of the patients. */
final class FigureTable {
  private final Map<FigureBlock, Integer> offsets;
  private final ResampledFigures figures;
  private final double[] observed;

  private FigureTable(Map<FigureBlock, Integer> offsets, ResampledFigures figures) {
    this.offsets = offsets;
    this.figures = figures;
    this.observed = figures.observed();
  }

  static FigureTable of(
      List<FigureBlock> blocks, int patients, Bootstrap bootstrap, int threads, Progress progress) {
    Map<FigureBlock, Integer> offsets = new LinkedHashMap<>();
    int size = 0;
    for (FigureBlock block : blocks) {
      offsets.put(block, size);
      size += block.names().size();
    }
    int all = size;
    return new FigureTable(
        offsets,
        ResampledFigures.of(
            bootstrap, patients, threads, progress, weights -> joined(blocks, weights, all)));
  }

  private static double[] joined(List<FigureBlock> blocks, Multiplicities weights, int size) {
    double[] joined = new double[size];
    int at = 0;
    for (FigureBlock block : blocks) {
      double[] values = block.of(weights);
      System.arraycopy(values, 0, joined, at, values.length);
      at += values.length;
    }
    return joined;
  }

  /** Where a figure stands among all. */
  int index(FigureBlock block, String name) {
    Integer offset = offsets.get(block);
    int index = block.names().indexOf(name);
    if (offset == null || index < 0) {
      throw new IllegalArgumentException("no figure " + name);
    }
    return offset + index;
  }

  Estimate estimate(FigureBlock block, String name) {
    int index = index(block, name);
    return hasKink(block, name)
        ? figures.estimate(observed[index], deviation(block, name), Range.SHARE, block.n())
        : figures.estimate(values -> values[index], block.n());
  }

  private static boolean hasKink(FigureBlock block, String name) {
    return block.names().contains(name + FigureNames.ABOVE);
  }

  /** How far a figure of a resample is from that of the data. */
  Deviation deviation(FigureBlock block, String name) {
    int index = index(block, name);
    if (!hasKink(block, name)) {
      return Deviation.of(index, observed[index]);
    }
    int above = index(block, name + FigureNames.ABOVE);
    int below = index(block, name + FigureNames.BELOW);
    return new Deviation(values -> values[above], values -> values[below]);
  }

  /**
   * A figure of one block less that of another, with its interval.
   *
   * @param n how many observations stand behind it
   */
  Estimate difference(FigureBlock first, FigureBlock second, String name, int n) {
    int a = index(first, name);
    int b = index(second, name);
    return hasKink(first, name)
        ? figures.estimate(
            observed[a] - observed[b],
            deviation(first, name).minus(deviation(second, name)),
            Range.DIFFERENCE,
            n)
        : figures.estimate(values -> values[a] - values[b], n);
  }

  /** Every figure of a block under these names that it has. */
  Map<String, Estimate> estimates(FigureBlock block, List<String> names) {
    Map<String, Estimate> estimates = new LinkedHashMap<>();
    names.stream()
        .filter(name -> block.names().contains(name) && !FigureNames.isDeviation(name))
        .forEach(name -> estimates.put(name, estimate(block, name)));
    return estimates;
  }

  /** A figure of the data as they are, by {@link #index}. */
  double observed(int index) {
    return observed[index];
  }

  /** A figure that has a kink, with its interval. */
  Estimate derived(double value, Deviation deviation, Range range, int n) {
    return figures.estimate(value, deviation, range, n);
  }

  Estimate derived(ToDoubleFunction<double[]> figure, int n) {
    return figures.estimate(figure, n);
  }

  /**
   * A difference with its test.
   *
   * @param n how many observations stand behind it
   * @param patients of whom they are
   */
  TestedDifference tested(ToDoubleFunction<double[]> difference, int n, int patients) {
    return TestedDifference.of(figures, difference, n, patients);
  }

  double standardError(ToDoubleFunction<double[]> figure) {
    return figures.standardError(figure);
  }
}
