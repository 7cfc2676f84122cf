package dev.auscult.evaluation;

import dev.auscult.evaluation.PairedTest.Kind;
import dev.auscult.metric.DeLong;
import dev.auscult.metric.Holm;
import dev.auscult.metric.McNemar;
import dev.auscult.metric.StudentT;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Compares every figure of two models over the same resamples of the patients. */
final class PairedFigures {
  /** Standard errors up to this are rounding. */
  private static final double NO_ERROR = 1e-12;

  /** Tested by the bootstrap; recall says what balanced accuracy says, ECE is not tested. */
  private static final List<String> TESTED =
      List.of(
          FigureNames.BALANCED_ACCURACY,
          FigureNames.MACRO_F1,
          FigureNames.AUROC,
          FigureNames.AUPRC,
          FigureNames.SENSITIVITY_95,
          FigureNames.BRIER);

  private final Side first;
  private final Side second;

  PairedFigures(Side first, Side second) {
    this.first = first;
    this.second = second;
  }

  /**
   * One of the two models.
   *
   * @param name as a report calls it
   * @param slice its predictions
   * @param choices its thresholds
   * @param block its figures
   */
  record Side(String name, Slice slice, FigureChoices choices, FigureBlock block) {
    static Side of(String name, Predictions predictions, FigureChoices choices) {
      Slice slice = new Slice(predictions, predictions.rows());
      return new Side(name, slice, choices, choices.block(slice));
    }

    boolean[] right(int index) {
      return slice.right(index, choices.thresholds().get(index));
    }

    boolean[] allRight() {
      return slice.predictions().task() == Task.MULTI_CLASS
          ? slice.firstsRight()
          : slice.allRight(choices.thresholds());
    }
  }

  /** The figures of the second model, to be resampled with those of the first. */
  FigureBlock secondBlock() {
    return second.block();
  }

  /** Both models on each of these groups of the first. */
  PairedGroups on(List<GroupBlock> groups) {
    return new PairedGroups(groups, second);
  }

  Comparison comparison(FigureTable table, List<ComparedGroup> groups) {
    Predictions predictions = first.slice().predictions();
    List<ComparedFigure> figures = new ArrayList<>();
    for (String name : first.block().names()) {
      if (!FigureNames.isOfClass(name) && !FigureNames.isDeviation(name)) {
        figures.add(compared(table, Optional.empty(), name, name, ofAll(table, name)));
      }
    }
    for (int index = 0; index < predictions.classes().size(); index++) {
      String className = predictions.classes().get(index);
      for (String metric : FigureNames.ofClass(first.block().names(), className)) {
        String name = FigureNames.of(className, metric);
        if (!isThatOfAll(predictions.task(), metric)) {
          figures.add(
              compared(
                  table,
                  predictions.task() == Task.BINARY ? Optional.empty() : Optional.of(className),
                  metric,
                  name,
                  ofClass(table, index, metric)));
        }
      }
    }
    return new Comparison(first.name(), second.name(), adjusted(figures), groups);
  }

  /** Of a binary task the positive class's AUROC is the task's. */
  private static boolean isThatOfAll(Task task, String metric) {
    return task == Task.BINARY
        && (FigureNames.MAIN.contains(metric) || metric.equals(FigureNames.ACCURACY));
  }

  private ComparedFigure compared(
      FigureTable table,
      Optional<String> className,
      String metric,
      String name,
      Optional<PairedTest> test) {
    return new ComparedFigure(
        className,
        metric,
        table.estimate(first.block(), name),
        table.estimate(second.block(), name),
        table.difference(first.block(), second.block(), name, first.block().n()),
        test);
  }

  private Optional<PairedTest> ofAll(FigureTable table, String metric) {
    Task task = first.slice().predictions().task();
    if (metric.equals(
        task == Task.MULTI_LABEL ? FigureNames.SUBSET_ACCURACY : FigureNames.ACCURACY)) {
      return Optional.of(calls(first.allRight(), second.allRight()));
    }
    if (metric.equals(FigureNames.AUROC) && task == Task.BINARY) {
      return areas(0);
    }
    boolean mean = metric.equals(FigureNames.ACCURACY); // of several labels
    return mean || TESTED.contains(metric) ? bootstrap(table, metric) : Optional.empty();
  }

  private Optional<PairedTest> ofClass(FigureTable table, int index, String metric) {
    Task task = first.slice().predictions().task();
    String className = first.slice().predictions().classes().get(index);
    return switch (metric) {
      case FigureNames.AUROC -> areas(index);
      case FigureNames.ACCURACY ->
          task == Task.MULTI_LABEL
              ? Optional.of(calls(first.right(index), second.right(index)))
              : Optional.empty();
      case FigureNames.SENSITIVITY, FigureNames.SPECIFICITY ->
          task == Task.BINARY
              ? bootstrap(table, FigureNames.of(className, metric))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private PairedTest calls(boolean[] firstRight, boolean[] secondRight) {
    McNemar calls =
        McNemar.of(
            firstRight,
            secondRight,
            first.slice().cluster(),
            first.slice().predictions().patients());
    return new PairedTest(Kind.MCNEMAR, calls.p(), calls.p(), calls.p(), Optional.of(calls));
  }

  private Optional<PairedTest> areas(int index) {
    DeLong areas =
        DeLong.of(
            first.slice().positive(index),
            first.slice().scores(index),
            second.slice().scores(index),
            first.slice().cluster(),
            first.slice().predictions().patients(),
            0.95);
    return test(Kind.DELONG, areas.p(), areas.cautious());
  }

  private Optional<PairedTest> bootstrap(FigureTable table, String name) {
    int a = table.index(first.block(), name);
    int b = table.index(second.block(), name);
    double difference = table.observed(a) - table.observed(b);
    double error = table.standardError(values -> values[a] - values[b]);
    if (difference != 0 && !(error > NO_ERROR)) {
      return Optional.empty(); // resampling knows no uncertainty, which does not mean there is none
    }
    int patients = first.slice().patients();
    double p = difference == 0 ? 1 : StudentT.twoSided(difference / error, patients - 1);
    return test(Kind.BOOTSTRAP, p, p);
  }

  private static Optional<PairedTest> test(Kind kind, double p, double cautious) {
    return Double.isNaN(p)
        ? Optional.empty()
        : Optional.of(new PairedTest(kind, p, cautious, cautious, Optional.empty()));
  }

  private static List<ComparedFigure> adjusted(List<ComparedFigure> figures) {
    List<Double> p =
        Holm.adjusted(
            figures.stream()
                .map(figure -> figure.test().map(PairedTest::cautious).orElse(Double.NaN))
                .toList());
    return IntStream.range(0, figures.size())
        .mapToObj(
            i -> {
              ComparedFigure figure = figures.get(i);
              return new ComparedFigure(
                  figure.className(),
                  figure.metric(),
                  figure.first(),
                  figure.second(),
                  figure.difference(),
                  figure.test().map(test -> test.with(p.get(i))));
            })
        .toList();
  }
}
