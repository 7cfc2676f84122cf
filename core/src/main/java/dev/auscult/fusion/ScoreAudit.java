package dev.auscult.fusion;

import dev.auscult.base.Seed;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How a fused classifier's score divides between image and text: the modality audit with two
 * players, exact. The score of a sample is the log-odds (natural logarithm) of the outcome that is
 * called. A modality that takes no part is replaced by that of each of up to {@value #BACKGROUND}
 * training samples, and the scores are averaged.
 *
 * @param textShare per sample {@code |text| / (|text| + |image|)}, as MM-SHAP's TScore; samples
 *     where both are 0 are left out
 * @param image mean absolute Shapley value of the image
 * @param text that of the text
 * @param synergy mean of what both have together beyond the sum
 * @param samples each sample's values
 */
public record ScoreAudit(
    Estimate textShare,
    Estimate image,
    Estimate text,
    Estimate synergy,
    List<SampleScore> samples) {
  private static final int BACKGROUND = 50;

  /** How many pairs are scored at once. */
  private static final int PORTION = 4096;

  /** Copies the list. */
  public ScoreAudit {
    samples = List.copyOf(samples);
  }

  /**
   * One sample's score.
   *
   * @param id the sample
   * @param called number of the outcome that is called
   * @param score its log-odds
   * @param image the image's Shapley value
   * @param text the text's
   * @param synergy what both have together beyond the sum
   */
  public record SampleScore(
      String id, int called, double score, double image, double text, double synergy) {
    /** The text's share of both, {@code NaN} if neither moves the score. */
    public double textShare() {
      double all = Math.abs(image) + Math.abs(text);
      return all == 0 ? Double.NaN : Math.abs(text) / all;
    }
  }

  /** Audits every sample of {@code test} against samples of {@code train}. */
  static ScoreAudit of(
      FusionClassifier classifier,
      PairedFeatures test,
      PairedFeatures train,
      Bootstrap bootstrap,
      Seed seed) {
    PairedFeatures background = train.rows(drawn(train.size(), seed));
    List<SampleScore> samples = new ArrayList<>();
    int portion = Math.max(1, PORTION / background.size());
    for (int from = 0; from < test.size(); from += portion) {
      List<Integer> rows = new ArrayList<>();
      for (int row = from; row < Math.min(test.size(), from + portion); row++) {
        rows.add(row);
      }
      samples.addAll(portion(classifier, test.rows(rows), background));
    }
    Clusters patients = Clusters.of(test.patients());
    return new ScoreAudit(
        textShare(samples, test, bootstrap),
        bootstrap.mean(values(samples, sample -> Math.abs(sample.image())), patients),
        bootstrap.mean(values(samples, sample -> Math.abs(sample.text())), patients),
        bootstrap.mean(values(samples, SampleScore::synergy), patients),
        samples);
  }

  private static List<Integer> drawn(int n, Seed seed) {
    SplittableRandom random = seed.random();
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < n; row++) {
      int at = random.nextInt(row + 1);
      rows.add(at, row);
    }
    return List.copyOf(rows.subList(0, Math.min(BACKGROUND, n)));
  }

  private static List<SampleScore> portion(
      FusionClassifier classifier, PairedFeatures samples, PairedFeatures background) {
    int n = samples.size();
    int m = background.size();
    FloatMatrix own = classifier.logits(samples.images(), samples.texts());
    FloatMatrix imageOnly =
        classifier.logits(each(samples.images(), m), all(background.texts(), n));
    FloatMatrix textOnly = classifier.logits(all(background.images(), n), each(samples.texts(), m));
    FloatMatrix neither = classifier.logits(background.images(), background.texts());
    List<SampleScore> scores = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int called = OutcomeProbabilities.called(own, i);
      TwoPlayers game =
          new TwoPlayers(
              mean(neither, 0, m, called),
              mean(imageOnly, i * m, m, called),
              mean(textOnly, i * m, m, called),
              OutcomeProbabilities.logOdds(own, i, called));
      scores.add(
          new SampleScore(
              samples.samples().get(i).id(),
              called,
              game.both(),
              game.ofImage(),
              game.ofText(),
              game.synergy()));
    }
    return scores;
  }

  private static double mean(FloatMatrix logits, int from, int count, int outcome) {
    double sum = 0;
    for (int row = from; row < from + count; row++) {
      sum += OutcomeProbabilities.logOdds(logits, row, outcome);
    }
    return sum / count;
  }

  /** Every row {@code times} times in a row. */
  private static FloatMatrix each(FloatMatrix rows, int times) {
    float[] values = new float[rows.rows() * times * rows.columns()];
    for (int i = 0; i < rows.rows() * times; i++) {
      System.arraycopy(rows.row(i / times), 0, values, i * rows.columns(), rows.columns());
    }
    return new FloatMatrix(rows.rows() * times, rows.columns(), values);
  }

  /** All rows, {@code times} times over. */
  private static FloatMatrix all(FloatMatrix rows, int times) {
    float[] once = rows.toArray();
    float[] values = new float[once.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(once, 0, values, i * once.length, once.length);
    }
    return new FloatMatrix(rows.rows() * times, rows.columns(), values);
  }

  private static Estimate textShare(
      List<SampleScore> samples, PairedFeatures test, Bootstrap bootstrap) {
    List<String> patients = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      double share = samples.get(i).textShare();
      if (!Double.isNaN(share)) {
        shares.add(share);
        patients.add(test.patients().get(i));
      }
    }
    return bootstrap.mean(
        shares.stream().mapToDouble(Double::doubleValue).toArray(), Clusters.of(patients));
  }

  private static double[] values(
      List<SampleScore> samples, java.util.function.ToDoubleFunction<SampleScore> value) {
    return samples.stream().mapToDouble(value).toArray();
  }
}
