package dev.auscult.features;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.PairedDifference;
import dev.auscult.metric.ResampledFigures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All figures of all models on one cohort, from the same resamples of its patients, so that
 * differences between models have intervals too.
 */
final class CohortFigures {
  private static final List<FeatureFigure> ORDER = List.of(FeatureFigure.values());

  private final Cohort cohort;
  private final Optional<MeasuredClasses> classes;
  private final List<Optional<Separation>> separations;
  private final List<Geometry> geometries;
  private final Bootstrap bootstrap;
  private final ResampledFigures resampled;

  /**
   * Resamples.
   *
   * @param separations one per model; none where there are no classes to measure
   * @param geometries one per model
   */
  CohortFigures(
      Cohort cohort,
      Optional<MeasuredClasses> classes,
      List<Optional<Separation>> separations,
      List<Geometry> geometries,
      FeatureSettings settings,
      Progress progress) {
    this.cohort = cohort;
    this.classes = classes;
    this.separations = List.copyOf(separations);
    this.geometries = List.copyOf(geometries);
    Bootstrap asked = settings.bootstrap();
    Seed seed = asked.seed().derive("features");
    this.bootstrap = new Bootstrap(asked.kind(), asked.resamples(), asked.level(), seed);
    int[] patientOf = numbered(cohort.patients());
    int patients = patients(patientOf);
    this.resampled =
        ResampledFigures.of(
            bootstrap,
            patients,
            settings.threads(),
            progress,
            weights -> figures(weights, patientOf));
  }

  private static int[] numbered(List<String> names) {
    Map<String, Integer> numbers = new HashMap<>();
    return names.stream()
        .mapToInt(name -> numbers.computeIfAbsent(name, n -> numbers.size()))
        .toArray();
  }

  private static int patients(int[] patientOf) {
    int most = -1;
    for (int patient : patientOf) {
      most = Math.max(most, patient);
    }
    return most + 1;
  }

  private double[] figures(Multiplicities multiplicities, int[] patientOf) {
    double[] weights = new double[patientOf.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = multiplicities.of(patientOf[i]);
    }
    double[] measured = classes.map(of -> of.numbersOf(weights)).orElse(new double[0]);
    double[] figures = new double[geometries.size() * ORDER.size()];
    for (int m = 0; m < geometries.size(); m++) {
      for (FeatureFigure figure : ORDER) {
        figures[index(m, figure)] = figure(m, figure, weights, measured);
      }
    }
    return figures;
  }

  private double figure(int model, FeatureFigure figure, double[] weights, double[] measured) {
    return FeatureFigure.ofClasses().contains(figure)
        ? separations.get(model).map(of -> of.figure(figure, measured)).orElse(Double.NaN)
        : geometries.get(model).figure(figure, weights);
  }

  private static int index(int model, FeatureFigure figure) {
    return model * ORDER.size() + ORDER.indexOf(figure);
  }

  /** The figures of a model with their intervals. */
  Map<FeatureFigure, Estimate> estimates(int model) {
    Map<FeatureFigure, Estimate> estimates = new LinkedHashMap<>();
    for (FeatureFigure figure : ORDER) {
      estimates.put(
          figure, resampled.estimate(of -> of[index(model, figure)], observations(model, figure)));
    }
    return estimates;
  }

  private int observations(int model, FeatureFigure figure) {
    if (FeatureFigure.ofClasses().contains(figure)) {
      return cohort.measured().length;
    }
    return figure == FeatureFigure.UNIFORMITY ? cohort.size() : geometries.get(model).pairs();
  }

  /** How two models differ in the compared figures; nothing where there are no classes. */
  List<FigureDifference> differences(int first, int second) {
    List<FigureDifference> differences = new ArrayList<>();
    if (classes.isPresent()) {
      for (FeatureFigure figure : FeatureFigure.compared()) {
        Estimate difference =
            resampled.estimate(
                of -> of[index(first, figure)] - of[index(second, figure)],
                cohort.measured().length);
        differences.add(new FigureDifference(figure, difference, pValue(figure, first, second)));
      }
    }
    return differences;
  }

  private double pValue(FeatureFigure figure, int first, int second) {
    return PairedDifference.of(
            separations.get(first).orElseThrow().values(figure),
            separations.get(second).orElseThrow().values(figure),
            Clusters.of(classes.orElseThrow().patients(cohort)),
            bootstrap)
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
