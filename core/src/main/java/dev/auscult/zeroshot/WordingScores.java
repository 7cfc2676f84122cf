package dev.auscult.zeroshot;

import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.Ranking;
import dev.auscult.zeroshot.Prediction.ClassScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one wording makes of labelled images, ready to be weighted by resamples. */
final class WordingScores {
  /** From this probability on, a class that is decided by itself is called. */
  private static final double CALLED = 0.5;

  private final Wording wording;
  private final List<String> predicted;
  private final double[] correct;
  private final int[] cluster;
  private final List<Ranking> rankings;

  private WordingScores(
      Wording wording,
      List<String> predicted,
      double[] correct,
      int[] cluster,
      List<Ranking> rankings) {
    this.wording = wording;
    this.predicted = predicted;
    this.correct = correct;
    this.cluster = cluster;
    this.rankings = rankings;
  }

  /**
   * @param predictions of the images in their order
   * @param cluster the number of each image's patient, from 0
   * @param clusters how many there are
   */
  static WordingScores of(
      Wording wording,
      LabelledImages images,
      List<Prediction> predictions,
      int[] cluster,
      int clusters) {
    List<String> classes = wording.set().classNames();
    double[][] probabilities = probabilities(classes, predictions);
    List<Ranking> rankings = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      boolean[] shown = new boolean[predictions.size()];
      for (int i = 0; i < shown.length; i++) {
        shown[i] = images.shows(i, c);
      }
      Ranking ranking = Ranking.of(probabilities[c], shown, cluster, clusters);
      if (ranking.hasBothClasses()) {
        rankings.add(ranking);
      }
    }
    return new WordingScores(
        wording,
        predictions.stream().map(one -> one.first().label()).toList(),
        correct(wording, images, predictions, probabilities),
        cluster,
        rankings);
  }

  private static double[][] probabilities(List<String> classes, List<Prediction> predictions) {
    Map<String, Integer> numbers = new HashMap<>();
    classes.forEach(name -> numbers.put(name, numbers.size()));
    double[][] probabilities = new double[classes.size()][predictions.size()];
    for (int i = 0; i < predictions.size(); i++) {
      for (ClassScore score : predictions.get(i).ranked()) {
        probabilities[numbers.getOrDefault(score.label(), 0)][i] = score.probability();
      }
    }
    return probabilities;
  }

  private static double[] correct(
      Wording wording,
      LabelledImages images,
      List<Prediction> predictions,
      double[][] probabilities) {
    PromptSet set = wording.set();
    boolean exclusive = images.exclusive(set.classes().size());
    double[] correct = new double[predictions.size()];
    for (int i = 0; i < correct.length; i++) {
      if (exclusive) {
        int truth = images.onlyClass(i).orElse(-1);
        boolean right = set.classNames().get(truth).equals(predictions.get(i).first().label());
        correct[i] = right ? 1 : 0;
      } else if (set.definition().decidesEachAlone()) {
        for (int c = 0; c < probabilities.length; c++) {
          boolean called = probabilities[c][i] >= CALLED;
          correct[i] += called == images.shows(i, c) ? 1.0 / probabilities.length : 0;
        }
      } else {
        correct[i] = Double.NaN;
      }
    }
    return correct;
  }

  Wording wording() {
    return wording;
  }

  List<String> predicted() {
    return predicted;
  }

  /** The share of every image that was called rightly. */
  double[] correct() {
    return correct.clone();
  }

  boolean hasAccuracy() {
    return Arrays.stream(correct).noneMatch(Double::isNaN);
  }

  double accuracy(Multiplicities weights) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < correct.length; i++) {
      int weight = weights.of(cluster[i]);
      sum += weight * correct[i];
      total += weight;
    }
    return sum / total;
  }

  /** Mean over the classes that a resample both shows and does not show. */
  double auroc(Multiplicities weights) {
    double sum = 0;
    int defined = 0;
    for (Ranking ranking : rankings) {
      double auroc = ranking.figures(weights, 1).auroc();
      if (!Double.isNaN(auroc)) {
        sum += auroc;
        defined++;
      }
    }
    return sum / defined;
  }
}
