package dev.auscult.features;

import dev.auscult.base.Progress;
import dev.auscult.metric.DebiasedCka;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.ResampledFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What needs no classes: how the vectors of each model lie, and how alike those of each two models
 * are, all from the same resamples of patients.
 */
final class CohortGeometry {
  private static final List<FeatureFigure> ORDER = FeatureFigure.ofGeometry();

  private final Cohort cohort;
  private final List<Geometry> geometries;
  private final DebiasedCka cka;
  private final ResampledFigures resampled;

  /**
   * Resamples.
   *
   * @param images the vectors of each model, {@code [n][d]}
   * @param geometries one per model
   */
  CohortGeometry(
      Cohort cohort,
      List<double[][]> images,
      List<Geometry> geometries,
      FeatureSettings settings,
      Progress progress) {
    this.cohort = cohort;
    this.geometries = List.copyOf(geometries);
    this.cka = DebiasedCka.of(images);
    this.resampled = cohort.resampled(settings, progress, this::figures);
  }

  private double[] figures(double[] weights) {
    double[] figures = new double[pair(geometries.size(), 0)];
    for (int m = 0; m < geometries.size(); m++) {
      for (FeatureFigure figure : ORDER) {
        figures[index(m, figure)] = geometries.get(m).figure(figure, weights);
      }
    }
    double[][] alike = geometries.size() < 2 ? new double[0][0] : cka.of(weights);
    for (int a = 0; a < alike.length; a++) {
      System.arraycopy(alike[a], 0, figures, pair(a, 0), alike.length);
    }
    return figures;
  }

  private static int index(int model, FeatureFigure figure) {
    return model * ORDER.size() + ORDER.indexOf(figure);
  }

  /** Where the alignment of two models is. */
  private int pair(int first, int second) {
    return geometries.size() * ORDER.size() + first * geometries.size() + second;
  }

  /** The figures of a model with their intervals. */
  Map<FeatureFigure, Estimate> estimates(int model) {
    Map<FeatureFigure, Estimate> estimates = new LinkedHashMap<>();
    for (FeatureFigure figure : ORDER) {
      int n = figure == FeatureFigure.UNIFORMITY ? cohort.size() : geometries.get(model).pairs();
      estimates.put(figure, resampled.estimate(of -> of[index(model, figure)], n));
    }
    return estimates;
  }

  /** The alignment of each model with each, {@code [m][m]}. */
  List<List<Estimate>> cka() {
    List<List<Estimate>> rows = new ArrayList<>();
    for (int first = 0; first < geometries.size(); first++) {
      List<Estimate> row = new ArrayList<>();
      for (int second = 0; second < geometries.size(); second++) {
        row.add(first == second ? itself() : alike(first, second));
      }
      rows.add(row);
    }
    return rows;
  }

  private Estimate alike(int first, int second) {
    int at = pair(Math.min(first, second), Math.max(first, second));
    return resampled.estimate(of -> of[at], cohort.size());
  }

  private Estimate itself() {
    return new Estimate(1, Double.NaN, Double.NaN, Double.NaN, cohort.size());
  }
}
