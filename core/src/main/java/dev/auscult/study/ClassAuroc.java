package dev.auscult.study;

import dev.auscult.adapt.ClassPredictions;
import dev.auscult.metric.DeLong;
import dev.auscult.metric.Holm;
import java.util.ArrayList;
import java.util.List;

/**
 * The AUROC of one class by one method beside that of the reference, by DeLong's test on the test
 * samples, the areas averaged over the splits with all fits as they are.
 *
 * @param task of the prior
 * @param level of judgement
 * @param fraction share of the training data
 * @param name of the class or combination
 * @param positives test samples that show it
 * @param method first of the comparison
 * @param reference second of the comparison
 * @param found both areas and their difference, samples of a patient together
 * @param holm p-value with Holm's correction over all classes and methods of the task at the level
 */
public record ClassAuroc(
    String task,
    StudyLevel level,
    double fraction,
    String name,
    int positives,
    StudyMethod method,
    StudyMethod reference,
    DeLong found,
    double holm) {
  private static final double LEVEL = 0.95;

  /** Every class of every task by every method but the reference, with all training data. */
  public static List<ClassAuroc> all(StudyResults results, StudyMethod reference) {
    double most = results.fractions().get(results.fractions().size() - 1);
    List<ClassAuroc> all = new ArrayList<>();
    for (StudyTask task : results.data().tasks()) {
      for (StudyLevel level : StudyLevel.values()) {
        all.addAll(family(results, task, level, most, reference));
      }
    }
    return all;
  }

  private static List<ClassAuroc> family(
      StudyResults results,
      StudyTask task,
      StudyLevel level,
      double fraction,
      StudyMethod reference) {
    List<ClassPredictions> second = results.predictions(task, level, reference, fraction);
    List<ClassAuroc> family = new ArrayList<>();
    for (StudyMethod method : results.methods()) {
      if (method != reference) {
        List<ClassPredictions> first = results.predictions(task, level, method, fraction);
        for (int c = 0; c < first.get(0).names().size(); c++) {
          boolean[] positive = positive(first.get(0), c);
          int positives = count(positive);
          if (positives > 0 && positives < positive.length) {
            DeLong found = compare(first, second, positive, c);
            family.add(
                new ClassAuroc(
                    task.name(),
                    level,
                    fraction,
                    first.get(0).names().get(c),
                    positives,
                    method,
                    reference,
                    found,
                    Double.NaN));
          }
        }
      }
    }
    return corrected(family);
  }

  private static List<ClassAuroc> corrected(List<ClassAuroc> family) {
    List<Double> adjusted = Holm.adjusted(family.stream().map(one -> one.found.p()).toList());
    List<ClassAuroc> corrected = new ArrayList<>();
    for (int i = 0; i < family.size(); i++) {
      ClassAuroc one = family.get(i);
      corrected.add(
          new ClassAuroc(
              one.task,
              one.level,
              one.fraction,
              one.name,
              one.positives,
              one.method,
              one.reference,
              one.found,
              adjusted.get(i)));
    }
    return corrected;
  }

  private static DeLong compare(
      List<ClassPredictions> first, List<ClassPredictions> second, boolean[] positive, int c) {
    List<String> patients = first.get(0).samples().groups();
    List<String> different = patients.stream().distinct().toList();
    return DeLong.of(
        positive,
        scores(first, c),
        scores(second, c),
        patients.stream().mapToInt(different::indexOf).toArray(),
        different.size(),
        LEVEL);
  }

  private static boolean[] positive(ClassPredictions predictions, int c) {
    boolean[] positive = new boolean[predictions.samples().size()];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = predictions.labels().get(i).contains(c);
    }
    return positive;
  }

  private static int count(boolean[] positive) {
    int count = 0;
    for (boolean one : positive) {
      count += one ? 1 : 0;
    }
    return count;
  }

  private static List<double[]> scores(List<ClassPredictions> fits, int c) {
    List<double[]> scores = new ArrayList<>();
    for (ClassPredictions fit : fits) {
      double[] of = new double[fit.samples().size()];
      for (int i = 0; i < of.length; i++) {
        of[i] = fit.probabilities(i)[c];
      }
      scores.add(of);
    }
    return scores;
  }
}
