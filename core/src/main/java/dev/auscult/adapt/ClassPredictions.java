package dev.auscult.adapt;

import dev.auscult.data.LabelMode;
import dev.auscult.metric.Ranking;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an adapter makes of samples whose labels are known.
 *
 * @param samples with their labels
 * @param names of the classes, in the order of the scores
 * @param mode how many labels a sample has
 * @param scores {@code [n, classes]}: of exclusive labels their softmax are the probabilities;
 *     otherwise they are log-odds
 * @param labels for each sample the classes it has, ascending
 */
public record ClassPredictions(
    LabelledFeatures samples,
    List<String> names,
    LabelMode mode,
    FloatMatrix scores,
    List<List<Integer>> labels) {

  /** Copies and checks the lists. */
  public ClassPredictions {
    names = List.copyOf(names);
    labels = labels.stream().map(List::copyOf).toList();
    if (scores.rows() != samples.size()
        || scores.columns() != names.size()
        || labels.size() != samples.size()) {
      throw new IllegalArgumentException(
          "scores [%d, %d] of %d samples, %d classes"
              .formatted(scores.rows(), scores.columns(), samples.size(), names.size()));
    }
  }

  /**
   * The class-concept combinations that an adapter sees in samples. If it changes what images are
   * embedded to, they are embedded again by the task's own encoder.
   */
  public static ClassPredictions of(
      Adapter adapter, AdaptationTask task, LabelledFeatures samples) {
    FloatMatrix scores =
        adapter instanceof LowRankAdapter lowRank
            ? TaskEncoder.of(task, AdaptationMethod.LORA).scores(lowRank, task, samples)
            : adapter.scores(samples.images(), task.texts(), task.mode(), task.logitScale());
    return new ClassPredictions(
        samples, task.labels().names(), task.mode(), scores, samples.labels());
  }

  /**
   * The same by class: the score of a class is the largest of its combinations' (SCALE, section
   * 2.2).
   */
  public ClassPredictions byClass(LabelHierarchy hierarchy) {
    int classes = hierarchy.classes().size();
    int[] classOf = hierarchy.classOf();
    float[] largest = new float[scores.rows() * classes];
    java.util.Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < scores.rows(); i++) {
      for (int combination = 0; combination < classOf.length; combination++) {
        int at = i * classes + classOf[combination];
        largest[at] = Math.max(largest[at], scores.get(i, combination));
      }
    }
    return new ClassPredictions(
        samples,
        hierarchy.classes(),
        mode,
        new FloatMatrix(scores.rows(), classes, largest),
        labels.stream()
            .map(
                of ->
                    of.stream()
                        .map(combination -> classOf[combination])
                        .distinct()
                        .sorted()
                        .toList())
            .toList());
  }

  /** The probability of each class of a sample. */
  public double[] probabilities(int sample) {
    return probabilities(scores, sample, mode);
  }

  /**
   * The probabilities of a row of scores: their softmax where labels exclude each other, else their
   * logistic function.
   */
  public static double[] probabilities(FloatMatrix scores, int row, LabelMode mode) {
    return switch (mode) {
      case EXCLUSIVE -> softmax(scores, row);
      case MULTIPLE ->
          IntStream.range(0, scores.columns())
              .mapToDouble(c -> 1 / (1 + Math.exp(-scores.get(row, c))))
              .toArray();
    };
  }

  private static double[] softmax(FloatMatrix scores, int row) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < scores.columns(); c++) {
      largest = Math.max(largest, scores.get(row, c));
    }
    double[] shares = new double[scores.columns()];
    double sum = 0;
    for (int c = 0; c < shares.length; c++) {
      shares[c] = Math.exp(scores.get(row, c) - largest);
      sum += shares[c];
    }
    for (int c = 0; c < shares.length; c++) {
      shares[c] /= sum;
    }
    return shares;
  }

  /**
   * The classes that a sample is called: of exclusive ones the first with the best score, else
   * those with at least even odds.
   */
  public List<Integer> called(int sample) {
    return switch (mode) {
      case EXCLUSIVE -> List.of(best(sample));
      case MULTIPLE ->
          IntStream.range(0, names.size()).filter(c -> scores.get(sample, c) >= 0).boxed().toList();
    };
  }

  private int best(int sample) {
    int best = 0;
    for (int c = 1; c < names.size(); c++) {
      best = scores.get(sample, c) > scores.get(sample, best) ? c : best;
    }
    return best;
  }

  /**
   * The mean over classes of the area under the ROC of a class's probability against all others, of
   * classes that some samples have and some have not; {@code NaN} if there is none.
   */
  public double meanAuroc() {
    return IntStream.range(0, names.size())
        .mapToDouble(this::auroc)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  /** That of one class; {@code NaN} if all samples have it or none. */
  public double auroc(int index) {
    double[] of = new double[samples.size()];
    boolean[] positive = new boolean[samples.size()];
    for (int i = 0; i < of.length; i++) {
      of[i] = probabilities(i)[index];
      positive[i] = labels.get(i).contains(index);
    }
    return Ranking.of(of, positive).auroc();
  }
}
