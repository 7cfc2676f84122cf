package dev.auscult.evaluation;

import dev.auscult.base.Progress;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.ResampledFigures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Blocks of figures over the same resamples of the patients. */
final class FigureTable {
  private final Map<FigureBlock, Integer> offsets;
  private final ResampledFigures figures;

  private FigureTable(Map<FigureBlock, Integer> offsets, ResampledFigures figures) {
    this.offsets = offsets;
    this.figures = figures;
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
    return figures.estimate(values -> values[index], block.n());
  }

  /** Every figure of a block under these names that it has. */
  Map<String, Estimate> estimates(FigureBlock block, List<String> names) {
    Map<String, Estimate> estimates = new LinkedHashMap<>();
    names.stream()
        .filter(block.names()::contains)
        .forEach(name -> estimates.put(name, estimate(block, name)));
    return estimates;
  }

  /** All figures of the data as they are. */
  double[] observed() {
    return figures.observed();
  }

  Estimate derived(ToDoubleFunction<double[]> figure, int n) {
    return figures.estimate(figure, n);
  }

  double standardError(ToDoubleFunction<double[]> figure) {
    return figures.standardError(figure);
  }
}
