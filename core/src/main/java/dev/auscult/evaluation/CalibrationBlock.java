package dev.auscult.evaluation;

import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.Reliability;
import dev.auscult.metric.Reliability.ReliabilityFigures;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Calibration alone, of several labels averaged over them. */
final class CalibrationBlock implements FigureBlock {
  private static final List<String> NAMES =
      Stream.concat(FigureNames.OF_CONFIDENCE.stream(), FigureNames.DEVIATIONS.stream()).toList();

  private final List<Reliability> reliabilities;
  private final int n;

  CalibrationBlock(Slice slice, int bins) {
    this.reliabilities = reliabilities(slice, bins);
    this.n = slice.n();
  }

  /** Of several classes of the first one, else of every label. */
  static List<Reliability> reliabilities(Slice slice, int bins) {
    return slice.predictions().task() == Task.MULTI_CLASS
        ? List.of(slice.firstReliability(bins))
        : IntStream.range(0, slice.predictions().classes().size())
            .mapToObj(index -> slice.reliability(index, bins))
            .toList();
  }

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public double[] of(Multiplicities weights) {
    List<ReliabilityFigures> figures =
        reliabilities.stream().map(rows -> rows.figures(weights)).toList();
    return new Values(NAMES.size())
        .add(Macro.mean(figures, ReliabilityFigures::ece))
        .add(Macro.mean(figures, ReliabilityFigures::unweighted))
        .add(Macro.mean(figures, ReliabilityFigures::brier))
        .add(Macro.mean(figures, ReliabilityFigures::inTheLarge))
        .addDeviations(figures)
        .finished();
  }

  @Override
  public int n() {
    return n;
  }
}
