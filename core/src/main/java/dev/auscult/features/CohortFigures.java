package dev.auscult.features;

import dev.auscult.base.Progress;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.PairedDifference;
import dev.auscult.metric.ResampledFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How classes separate in the vectors of all models, from the same resamples of patients, so that
 * differences between models have intervals too.
 */
final class CohortFigures {
  private static final List<FeatureFigure> ORDER = FeatureFigure.ofClasses();

  private final Cohort cohort;
  private final MeasuredClasses classes;
  private final List<Separation> separations;
  private final FeatureSettings settings;
  private final ResampledFigures resampled;

  /**
   * Resamples.
   *
   * @param separations one per model
   */
  CohortFigures(
      Cohort cohort,
      MeasuredClasses classes,
      List<Separation> separations,
      FeatureSettings settings,
      Progress progress) {
    this.cohort = cohort;
    this.classes = classes;
    this.separations = List.copyOf(separations);
    this.settings = settings;
    this.resampled = cohort.resampled(settings, progress, this::figures);
  }

  private double[] figures(double[] weights) {
    double[] measured = classes.numbersOf(weights);
    double[] figures = new double[separations.size() * ORDER.size()];
    for (int m = 0; m < separations.size(); m++) {
      for (FeatureFigure figure : ORDER) {
        figures[index(m, figure)] = separations.get(m).figure(figure, measured);
      }
    }
    return figures;
  }

  private static int index(int model, FeatureFigure figure) {
    return model * ORDER.size() + ORDER.indexOf(figure);
  }

  /** The figures of a model with their intervals. */
  Map<FeatureFigure, Estimate> estimates(int model) {
    Map<FeatureFigure, Estimate> estimates = new LinkedHashMap<>();
    for (FeatureFigure figure : ORDER) {
      estimates.put(
          figure, resampled.estimate(of -> of[index(model, figure)], cohort.measured().length));
    }
    return estimates;
  }

  /** How two models differ in the compared figures. */
  List<FigureDifference> differences(int first, int second) {
    List<FigureDifference> differences = new ArrayList<>();
    for (FeatureFigure figure : FeatureFigure.compared()) {
      Estimate difference =
          resampled.estimate(
              of -> of[index(first, figure)] - of[index(second, figure)], cohort.measured().length);
      differences.add(new FigureDifference(figure, difference, pValue(figure, first, second)));
    }
    return differences;
  }

  private double pValue(FeatureFigure figure, int first, int second) {
    return PairedDifference.of(
            separations.get(first).values(figure),
            separations.get(second).values(figure),
            Clusters.of(classes.patients(cohort)),
            settings.resampling())
        .p();
  }

  /**
   * A difference.
   *
   * @param difference first minus second
   * @param p of no difference, exchanging the models within patients
   */
  record FigureDifference(FeatureFigure figure, Estimate difference, double p) {}
}
