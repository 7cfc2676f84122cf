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
    settings.forEach(setting -> repeats.add(Pending.of(setting, explained, explained)));
    AuditSetting first = settings.get(0);
    this.otherText = partner.map(other -> Pending.of(first, explained, other));
    this.otherImage = partner.map(other -> Pending.of(first, other, explained));
  }

  private int cells() {
    return explained.image().input().players();
  }

  private int tokens() {
    return explained.text().input().players();
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
            otherText.map(this::ofImages).orElse(Double.NaN),
            otherImage.map(this::ofTexts).orElse(Double.NaN)),
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
    List<List<Double>> estimates = new ArrayList<>();
    estimates.add(explained.contributions());
    repeats.forEach(repeat -> estimates.add(repeat.contributions()));
    double[] deltas = estimates.stream().mapToDouble(this::delta).toArray();
    return new Seeds(
        agreement(estimates, 0, cells() + tokens()),
        agreement(estimates, 0, cells()),
        agreement(estimates, cells(), cells() + tokens()),
        Moments.sd(deltas),
        explained.balance().share().map(ModalityShare::deltaSe).orElse(Double.NaN));
  }

  private double delta(List<Double> contributions) {
    double[] phi = contributions.stream().mapToDouble(Double::doubleValue).toArray();
    return 2 * ModalityShare.tscore(phi, cells()) - 1;
  }

  /** The mean rank correlation over all pairs of estimates, of some players. */
  private static double agreement(List<List<Double>> estimates, int from, int to) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < estimates.size(); i++) {
      for (int j = 0; j < i; j++) {
        sum += Agreement.of(estimates.get(i).subList(from, to), estimates.get(j).subList(from, to));
        pairs++;
      }
    }
    return sum / pairs;
  }

  /** Of the own image beside another text. */
  private double ofImages(Pending swapped) {
    return Agreement.of(
        explained.balance().image().phi(), swapped.contributions().subList(0, cells()));
  }

  /** Of the own text beside another image, whose cells may be more or fewer. */
  private double ofTexts(Pending swapped) {
    List<Double> contributions = swapped.contributions();
    return Agreement.of(
        explained.balance().text().phi(),
        contributions.subList(contributions.size() - tokens(), contributions.size()));
  }
}
