package dev.auscult.features;

import dev.auscult.metric.StratifiedFolds;
import java.util.Arrays;
import java.util.List;

/** The images of classes that are large enough to measure, and the folds they are in. Immutable. */
final class MeasuredClasses {
  private final int[] rows;
  private final int[] labels;
  private final int[] folds;
  private final int[] sizes;

  private MeasuredClasses(int[] rows, int[] labels, int[] folds, int[] sizes) {
    this.rows = rows;
    this.labels = labels;
    this.folds = folds;
    this.sizes = sizes;
  }

  /** Those of a cohort with at least two. */
  static MeasuredClasses of(Cohort cohort) {
    int[] rows = cohort.measured();
    int[] present = Arrays.stream(rows).map(cohort::classOf).distinct().sorted().toArray();
    int[] labels =
        Arrays.stream(rows).map(row -> Arrays.binarySearch(present, cohort.classOf(row))).toArray();
    List<String> patients = Arrays.stream(rows).mapToObj(cohort.patients()::get).toList();
    int[] sizes = new int[present.length];
    for (int label : labels) {
      sizes[label]++;
    }
    int[] folds = StratifiedFolds.of(labels, patients, FeatureSettings.FOLDS);
    return new MeasuredClasses(rows, labels, folds, sizes);
  }

  /** The number of classes. */
  int count() {
    return sizes.length;
  }

  /** The class of each image, from 0. */
  int[] labels() {
    return labels.clone();
  }

  /** The fold of each image, from 0; a patient is in one. */
  int[] folds() {
    return folds.clone();
  }

  /** The vectors of these images out of those of the whole cohort. */
  double[][] rowsOf(double[][] cohort) {
    return Arrays.stream(rows).mapToObj(row -> cohort[row]).toArray(double[][]::new);
  }

  /** The numbers of these images out of those of the whole cohort. */
  double[] numbersOf(double[] cohort) {
    return Arrays.stream(rows).mapToDouble(row -> cohort[row]).toArray();
  }

  /** The patients of these images. */
  List<String> patients(Cohort cohort) {
    return Arrays.stream(rows).mapToObj(cohort.patients()::get).toList();
  }

  /** What is right of each image, weighted so that the mean is the mean recall of the classes. */
  double[] balanced(double[] right) {
    double[] balanced = new double[right.length];
    for (int i = 0; i < right.length; i++) {
      balanced[i] = right[i] * right.length / ((double) sizes.length * sizes[labels[i]]);
    }
    return balanced;
  }

  /** The mean over classes with any weight of the share that is right: balanced accuracy. */
  double meanRecall(double[] right, double[] weights) {
    double[] hits = new double[sizes.length];
    double[] all = new double[sizes.length];
    for (int i = 0; i < right.length; i++) {
      hits[labels[i]] += weights[i] * right[i];
      all[labels[i]] += weights[i];
    }
    double sum = 0;
    int present = 0;
    for (int c = 0; c < sizes.length; c++) {
      if (all[c] > 0) {
        sum += hits[c] / all[c];
        present++;
      }
    }
    return sum / present;
  }
}
