package dev.auscult.balance;

import dev.auscult.balance.EncoderPasses.Encoded;
import dev.auscult.balance.EncoderPasses.Wanted;
import dev.auscult.data.Sample;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.DualEncoder;
import dev.auscult.shapley.Coalition;
import dev.auscult.shapley.MemoisedSide;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Samples of consecutive images whose explanations are examined together: what they need is encoded
 * in common batches, each masked input once. What a portion encodes depends on its samples alone.
 */
final class ExplainedPortion {
  private final AuditSetting setting;
  private final EncoderPasses<MaskableImage> images;
  private final EncoderPasses<MaskableText> texts;
  private final Map<String, Encoded<MaskableText>> textSides = new HashMap<>();
  private final Set<MemoisedSide> counted = new HashSet<>();
  private final List<ExplainedSample> samples = new ArrayList<>();

  /** An estimate under way. */
  record Pending(
      Encoded<MaskableImage> image, Encoded<MaskableText> text, SampleEstimate estimate) {

    /** The estimate of one sample's image beside one sample's text. */
    static Pending of(AuditSetting setting, ExplainedSample ofImage, ExplainedSample ofText) {
      return new Pending(
          ofImage.image(),
          ofText.text(),
          setting.estimate(
              ofText.sample(),
              ofImage.imageName(),
              ofText.textName(),
              ofImage.image(),
              ofText.text().side(),
              setting.score(ofText.sample(), Optional.empty())));
    }

    /** Contributions of the image's players, then of the text's, once nothing more is needed. */
    List<Double> contributions() {
      return estimate.attribution().values();
    }
  }

  /**
   * Opens the samples of some images.
   *
   * @param known the explanation of a sample by its id; those without one are left out
   * @param betweenBatches called before each batch; may stop a long encoding by throwing
   */
  ExplainedPortion(
      DualEncoder encoder,
      AuditSetting setting,
      List<AuditQueue.Group> groups,
      Function<String, Optional<SampleBalance>> known,
      Runnable betweenBatches) {
    this.setting = setting;
    this.images = EncoderPasses.images(encoder, betweenBatches);
    this.texts = EncoderPasses.texts(encoder, betweenBatches);
    groups.forEach(group -> open(encoder, group, known));
  }

  private void open(
      DualEncoder encoder,
      AuditQueue.Group group,
      Function<String, Optional<SampleBalance>> known) {
    List<SampleBalance> balances = new ArrayList<>();
    List<Sample> explained = new ArrayList<>();
    for (Sample sample : group.samples()) {
      known
          .apply(sample.id())
          .ifPresent(
              balance -> {
                balances.add(balance);
                explained.add(sample);
              });
    }
    if (explained.isEmpty()) {
      return;
    }
    PixelBatch pixels = encoder.imageTransform().apply(explained.get(0).image().read());
    GroupSides sides = new GroupSides(images, pixels, encoder.patchGrid());
    for (int s = 0; s < explained.size(); s++) {
      samples.add(open(explained.get(s), balances.get(s), group.image().hex(), sides));
    }
  }

  private ExplainedSample open(
      Sample sample, SampleBalance balance, String imageName, GroupSides sides) {
    MaskableText text = setting.maskable(setting.texts().of(sample, selected(sample, balance)));
    String textName = text.hash().hex();
    return new ExplainedSample(
        sample,
        balance,
        sides.side(setting.cells(text), setting.config().masking().imageMask(), false),
        imageName,
        textSides.computeIfAbsent(textName, name -> texts.open(text)),
        textName);
  }

  /** Which candidate the model selected when the sample was audited. */
  private @Nullable Integer selected(Sample sample, SampleBalance balance) {
    return setting
        .texts()
        .question(sample)
        .flatMap(
            question ->
                balance.choice().map(choice -> question.candidates().indexOf(choice.predicted())))
        .orElse(null);
  }

  /** The samples that have an explanation, in order. */
  List<ExplainedSample> samples() {
    return samples;
  }

  /**
   * The next sample of another image and another text, beginning again behind the last; empty if
   * all are of one.
   */
  Optional<ExplainedSample> partner(int sample) {
    for (int step = 1; step < samples.size(); step++) {
      ExplainedSample other = samples.get((sample + step) % samples.size());
      if (other.differsFrom(samples.get(sample))) {
        return Optional.of(other);
      }
    }
    return Optional.empty();
  }

  /** Encodes coalitions of images and texts together. */
  void encode(List<Wanted<MaskableImage>> ofImages, List<Wanted<MaskableText>> ofTexts) {
    images.encode(ofImages);
    texts.encode(ofTexts);
  }

  /** Encodes what estimates need until they need nothing more. */
  void finish(List<Pending> estimates) {
    List<Pending> open = estimates;
    while (!open.isEmpty()) {
      encode(
          open.stream().map(p -> new Wanted<>(p.image(), p.estimate().imageNeeds())).toList(),
          open.stream().map(p -> new Wanted<>(p.text(), p.estimate().textNeeds())).toList());
      open = open.stream().filter(pending -> pending.estimate().goesOn()).toList();
    }
  }

  /** The passes of a sample's sides, unless they were counted with an earlier sample. */
  long count(ExplainedSample sample) {
    long passes = 0;
    for (MemoisedSide side : List.of(sample.image().side(), sample.text().side())) {
      passes += counted.add(side) ? side.encoded() : 0;
    }
    return passes;
  }

  /** The coalitions of one side that joint coalitions are made of. */
  static List<Coalition> slices(List<Coalition> joint, int from, int players) {
    return joint.stream().map(coalition -> coalition.slice(from, players)).distinct().toList();
  }
}
