package dev.auscult.balance;

import dev.auscult.balance.EncoderPasses.Encoded;
import dev.auscult.balance.EncoderPasses.Wanted;
import dev.auscult.balance.ScoredTexts.Scored;
import dev.auscult.data.Sample;
import dev.auscult.shapley.JointScore;
import java.util.List;

/** One sample under one setting, from its masked inputs to its balance. */
final class SampleWork {
  private final Sample sample;
  private final AuditSetting setting;
  private final Scored scored;
  private final GroupSides group;
  private final Encoded<MaskableImage> image;
  private final Encoded<MaskableText> text;
  private final String textName;
  private final SampleEstimate estimate;

  /**
   * @param text what is scored, with its vectors
   * @param score of the vectors of image and text
   */
  SampleWork(
      Sample sample,
      String imageName,
      AuditSetting setting,
      Scored scored,
      GroupSides group,
      TextSides.Named text,
      JointScore score) {
    this.sample = sample;
    this.setting = setting;
    this.scored = scored;
    this.group = group;
    this.textName = text.name();
    this.text = text.side();
    this.image =
        group.side(
            setting.cells(this.text.input()),
            setting.config().masking().imageMask(),
            !setting.shares());
    this.estimate = setting.estimate(sample, imageName, textName, image, this.text.side(), score);
  }

  Sample sample() {
    return sample;
  }

  Wanted<MaskableImage> wantedImages() {
    return new Wanted<>(image, estimate.imageNeeds());
  }

  Wanted<MaskableText> wantedTexts() {
    return new Wanted<>(text, estimate.textNeeds());
  }

  /** Takes what was wanted; says whether more is. */
  boolean goesOn() {
    return estimate.goesOn();
  }

  Contributions contributions() {
    return estimate.contributions();
  }

  /**
   * The balance of the sample.
   *
   * @param found what {@link #contributions} gave
   * @param shared counts what samples of different images have in common
   */
  SampleBalance balance(Contributions found, SharedPasses shared) {
    int patches = found.imagePlayers();
    int players = found.attribution().players();
    List<Double> phi = found.attribution().values();
    List<Double> se = found.attribution().standardErrors();
    Effort effort =
        new Effort(
            found.imageOrders(),
            found.textOrders(),
            textName.substring(0, 16),
            found.textUsed().size(),
            setting.recordedSeed(sample));
    long more = shared.count(effort, setting, setting.texts().question(sample));
    return new SampleBalance(
        sample.id(),
        found.share(),
        new TextContributions(
            text.input().pieces(), phi.subList(patches, players), se.subList(patches, players)),
        new ImageContributions(
            image.input().side(),
            image.input().side(),
            phi.subList(0, patches),
            se.subList(0, patches)),
        found.scores(),
        scored.choice(),
        found.interactions(),
        group.count(image.side(), found.imageUsed()) + more,
        effort);
  }
}
