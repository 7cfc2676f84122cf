package dev.auscult.report;

import dev.auscult.evaluation.ClassResult;
import dev.auscult.evaluation.EvaluationResult;
import dev.auscult.metric.Calibration;
import dev.auscult.metric.ClassCounts;
import dev.auscult.metric.Ranking;
import dev.auscult.report.Charts.Axes;
import dev.auscult.report.Charts.Curve;
import dev.auscult.report.Charts.Point;
import dev.auscult.report.Charts.Reach;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The curves of an evaluation, as pictures. */
final class EvaluationCurves {
  private static final int CURVES = 5;
  private static final int POINTS = 300;
  private static final int NET_BENEFITS = 99;

  /** Below this a decision curve is not drawn: losses without end would hide every gain. */
  static final double LOSS = -0.05;

  private final List<ClassResult> shown;
  private final EvaluationResult result;

  /** The classes with the most positives are drawn. */
  EvaluationCurves(EvaluationResult result) {
    this.result = result;
    this.shown =
        result.classes().stream()
            .filter(entry -> entry.ranking().hasBothClasses())
            .sorted(Comparator.comparingInt(ClassResult::positives).reversed())
            .limit(CURVES)
            .toList();
  }

  boolean drawable() {
    return !shown.isEmpty();
  }

  Picture roc() {
    return picture(
        "roc",
        "Receiver operating characteristic",
        "1 − specificity",
        "sensitivity",
        entry -> {
          List<Point> points = new ArrayList<>(List.of(new Point(0, 0, 0)));
          for (Ranking.Cut cut : thinned(entry.ranking().cuts(), POINTS)) {
            points.add(point(cut.counts().falsePositiveRate(), cut.counts().sensitivity()));
          }
          return points;
        },
        Optional.of(diagonal("chance")));
  }

  Picture precisionRecall() {
    return picture(
        "precision-recall",
        "Precision over recall",
        "recall",
        "precision",
        entry -> {
          List<Point> points = new ArrayList<>();
          for (Ranking.Cut cut : thinned(entry.ranking().cuts(), POINTS)) {
            points.add(point(cut.counts().sensitivity(), cut.counts().precision()));
          }
          return points;
        },
        Optional.empty());
  }

  /** Net benefit of acting on the score, of acting on everybody, of acting on nobody. */
  Picture decision() {
    List<Curve> curves = new ArrayList<>();
    for (ClassResult entry : shown) {
      curves.add(new Curve(entry.name(), decisionPoints(entry)));
    }
    if (shown.size() == 1) {
      curves.add(new Curve("everybody", everybody(shown.get(0))));
    }
    curves.add(new Curve("nobody", List.of(point(0, 0), point(1, 0))));
    return Charts.curves(
        "decision-curve",
        new Axes(
            "Net benefit over the threshold probability at which acting is worth while.",
            "threshold probability",
            "net benefit",
            false,
            Reach.SHARE_ACROSS),
        curves);
  }

  private static List<Point> decisionPoints(ClassResult entry) {
    return netBenefits(entry.ranking()).stream()
        .map(benefit -> point(benefit.threshold(), Math.max(LOSS, benefit.model())))
        .toList();
  }

  private static List<Point> everybody(ClassResult entry) {
    return netBenefits(entry.ranking()).stream()
        .filter(benefit -> benefit.everybody() >= LOSS)
        .map(benefit -> point(benefit.threshold(), benefit.everybody()))
        .toList();
  }

  /** Net benefit at a threshold probability. */
  record NetBenefit(double threshold, double model, double everybody) {}

  /** Net benefits at 1 % to 99 % of calling scores from the threshold on. */
  static List<NetBenefit> netBenefits(Ranking ranking) {
    List<Ranking.Cut> cuts = ranking.cuts();
    long positives = ranking.positives();
    long negatives = ranking.size() - positives;
    ClassCounts everybody = new ClassCounts(positives, negatives, 0, 0);
    ClassCounts called = new ClassCounts(0, 0, positives, negatives);
    List<NetBenefit> benefits = new ArrayList<>();
    int next = 0;
    for (int percent = NET_BENEFITS; percent >= 1; percent--) {
      double threshold = percent / 100.0;
      while (next < cuts.size() && cuts.get(next).threshold() >= threshold) {
        called = cuts.get(next++).counts();
      }
      benefits.add(
          0,
          new NetBenefit(threshold, called.netBenefit(threshold), everybody.netBenefit(threshold)));
    }
    return benefits;
  }

  /** Reliability diagrams: of the first class, or of each label. */
  Optional<Picture> reliability() {
    List<Curve> curves = new ArrayList<>();
    result.firstCalibration().ifPresent(first -> curves.add(curve("first class", first)));
    for (ClassResult entry : shown) {
      entry.calibration().ifPresent(bins -> curves.add(curve(entry.name(), bins)));
    }
    if (curves.isEmpty()) {
      return Optional.empty();
    }
    curves.add(diagonal("perfect"));
    return Optional.of(
        Charts.curves(
            "reliability",
            new Axes(
                "Reliability diagram: the share that came true over the mean confidence, by bin.",
                "mean confidence",
                "share that came true",
                false,
                Reach.SHARES),
            curves));
  }

  private static Curve curve(String name, Calibration calibration) {
    return new Curve(
        name,
        calibration.bins().stream()
            .filter(bin -> bin.n() > 0)
            .map(bin -> point(bin.confidence(), bin.outcome()))
            .toList());
  }

  private Picture picture(
      String name,
      String alt,
      String x,
      String y,
      Function<ClassResult, List<Point>> points,
      Optional<Curve> reference) {
    List<Curve> curves = new ArrayList<>();
    shown.forEach(entry -> curves.add(new Curve(entry.name(), points.apply(entry))));
    reference.ifPresent(curves::add);
    return Charts.curves(name, new Axes(alt, x, y, false, Reach.SHARES), curves);
  }

  private static Curve diagonal(String name) {
    return new Curve(name, List.of(point(0, 0), point(1, 1)));
  }

  private static Point point(double x, double y) {
    return new Point(x, y, 0);
  }

  /** At most so many, the first and the last among them. */
  static <T> List<T> thinned(List<T> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    List<T> some = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      some.add(all.get((int) ((long) i * (all.size() - 1) / (most - 1))));
    }
    return some;
  }
}
