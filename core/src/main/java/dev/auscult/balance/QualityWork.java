package dev.auscult.balance;

import dev.auscult.balance.EncoderPasses.Wanted;
import dev.auscult.balance.ExplainedPortion.Pending;
import dev.auscult.balance.SampleQuality.Seeds;
import dev.auscult.balance.SampleQuality.Surrogate;
import dev.auscult.balance.SampleQuality.Swaps;
import dev.auscult.base.Seed;
import dev.auscult.metric.Determination;
import dev.auscult.metric.Moments;
import dev.auscult.metric.RankCorrelation;
import dev.auscult.shapley.AdditiveSurrogate;
import dev.auscult.shapley.BilinearGame;
import dev.auscult.shapley.Coalition;
import dev.auscult.shapley.Deletion;
import dev.auscult.shapley.RandomCoalitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What one sample's explanation is put to, from the passes it needs to its quality. */
final class QualityWork {
  private final ExplainedSample explained;
  private final double logitScale;
  private final Deletion deletion;
  private final List<Coalition> freshImages;
  private final List<Coalition> freshTexts;
  private final List<Pending> repeats = new ArrayList<>();
  private final Optional<Pending> otherText;
  private final Optional<Pending> otherImage;

  /**
   * @param settings the audit's with other seeds, one for each further estimate
   * @param partner whose image and text are swapped in, if there is one
   * @param seed of the fresh coalitions
   */
  QualityWork(
      ExplainedSample explained,
      Optional<ExplainedSample> partner,
      List<AuditSetting> settings,
      double logitScale,
      Seed seed) {
    this.explained = explained;
    this.logitScale = logitScale;
    this.deletion = Deletion.of(explained.contributions(), explained.gain(), QualityConfig.STEPS);
    this.freshImages =
        RandomCoalitions.draw(
            cells(), QualityConfig.FRESH, seed.derive("images").derive(explained.imageName()));
    this.freshTexts =
        RandomCoalitions.draw(
            tokens(), QualityConfig.FRESH, seed.derive("texts").derive(explained.textName()));
    settings.forEach(setting -> repeats.add(pending(setting, explained, explained)));
    AuditSetting first = settings.get(0);
    this.otherText = partner.map(other -> pending(first, explained, other));
    this.otherImage = partner.map(other -> pending(first, other, explained));
  }

  private int cells() {
    return explained.image().input().players();
  }

  private int tokens() {
    return explained.text().input().players();
  }

  /** The estimate of one sample's image beside one sample's text. */
  private static Pending pending(
      AuditSetting setting, ExplainedSample ofImage, ExplainedSample ofText) {
    return new Pending(
        ofImage.image(),
        ofText.text(),
        setting.estimate(
            ofText.sample(),
            ofImage.imageName(),
            ofText.textName(),
            ofImage.image(),
            ofText.text().side()));
  }

  Wanted<MaskableImage> wantedImages() {
    return new Wanted<>(
        explained.image(),
        with(ExplainedPortion.slices(deletion.coalitions(), 0, cells()), freshImages));
  }

  Wanted<MaskableText> wantedTexts() {
    return new Wanted<>(
        explained.text(),
        with(ExplainedPortion.slices(deletion.coalitions(), cells(), tokens()), freshTexts));
  }

  private static List<Coalition> with(List<Coalition> first, List<Coalition> second) {
    return Stream.concat(first.stream(), second.stream()).distinct().toList();
  }

  /** The estimates it compares with. */
  Stream<Pending> estimates() {
    return Stream.concat(repeats.stream(), Stream.concat(otherText.stream(), otherImage.stream()));
  }

  /** The quality, once everything is encoded; its passes are not counted yet. */
  SampleQuality quality() {
    BilinearGame game =
        new BilinearGame(explained.image().side(), explained.text().side(), logitScale);
    return new SampleQuality(
        explained.sample().id(),
        deletion.measure(game),
        surrogate(game),
        seeds(),
        new Swaps(
            otherText.map(swapped -> correlation(swapped, 0, cells())).orElse(Double.NaN),
            otherImage.map(swapped -> correlation(swapped, cells(), tokens())).orElse(Double.NaN)),
        0);
  }

  private Surrogate surrogate(BilinearGame game) {
    List<Coalition> fresh = new ArrayList<>();
    freshImages.forEach(image -> freshTexts.forEach(text -> fresh.add(image.followedBy(text))));
    AdditiveSurrogate surrogate =
        new AdditiveSurrogate(explained.balance().scores().empty(), explained.contributions());
    double[] scores = game.values(fresh);
    double[] predicted = surrogate.values(fresh);
    return new Surrogate(
        Determination.rSquared(scores, predicted), RankCorrelation.spearman(scores, predicted));
  }

  private Seeds seeds() {
    List<double[]> estimates = new ArrayList<>();
    estimates.add(values(explained.contributions()));
    repeats.forEach(repeat -> estimates.add(values(repeat)));
    double[] deltas =
        estimates.stream().mapToDouble(phi -> 2 * Contributions.tscore(phi, cells()) - 1).toArray();
    return new Seeds(
        agreement(estimates, 0, cells() + tokens()),
        agreement(estimates, 0, cells()),
        agreement(estimates, cells(), tokens()),
        Moments.sd(deltas),
        explained.balance().share().map(ModalityShare::deltaSe).orElse(Double.NaN));
  }

  /** The mean rank correlation over all pairs of estimates. */
  private static double agreement(List<double[]> estimates, int from, int count) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < estimates.size(); i++) {
      for (int j = 0; j < i; j++) {
        sum += correlation(estimates.get(i), from, estimates.get(j), from, count);
        pairs++;
      }
    }
    return sum / pairs;
  }

  /** With the same side of another estimate, whose own other side may have other players. */
  private double correlation(Pending other, int from, int count) {
    double[] values = values(other);
    int there = from == 0 ? 0 : other.image().input().players();
    return correlation(values(explained.contributions()), from, values, there, count);
  }

  private static double correlation(
      double[] first, int from, double[] second, int there, int count) {
    double[] a = new double[count];
    double[] b = new double[count];
    System.arraycopy(first, from, a, 0, count);
    System.arraycopy(second, there, b, 0, count);
    return RankCorrelation.spearman(a, b);
  }

  private static double[] values(Pending pending) {
    return values(pending.estimate().attribution().values());
  }

  private static double[] values(List<Double> contributions) {
    return contributions.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
