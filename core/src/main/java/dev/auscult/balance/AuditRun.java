package dev.auscult.balance;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Sample;
import dev.auscult.model.DualEncoder;
import dev.auscult.shapley.EncodedGame;
import dev.auscult.shapley.EncodedOrders;
import dev.auscult.shapley.OrderPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One pass over an audit's samples. An image is encoded once for all its samples; its passes count
 * with the first of them that has a result, a question's candidates with the first that asks it.
 */
final class AuditRun {
  private final DualEncoder encoder;
  private final BalanceConfig config;
  private final ScoredTexts texts;
  private final OrderPlan imagePlan;
  private final BalanceSink sink;
  private final Set<ScoredTexts.Question> asked = new HashSet<>();
  private final List<AuditedSample> rows = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();

  AuditRun(
      DualEncoder encoder,
      BalanceConfig config,
      ScoredTexts texts,
      OrderPlan imagePlan,
      BalanceSink sink) {
    this.encoder = encoder;
    this.config = config;
    this.texts = texts;
    this.imagePlan = imagePlan;
    this.sink = sink;
  }

  /** The figures of all samples so far, in the order audited. */
  List<AuditedSample> rows() {
    return rows;
  }

  /** The samples that turned out impossible to audit. */
  List<Skipped> skipped() {
    return skipped;
  }

  /** Audits the samples of one image. */
  void audit(AuditQueue.Group group, Progress.Task progress) {
    Optional<EncodedOrders> image = Optional.empty();
    try {
      if (group.samples().stream().anyMatch(sample -> sink.finished(sample.id()).isEmpty())) {
        image = Optional.of(encode(group, progress));
      }
    } catch (InputException e) {
      skipOpen(group, String.valueOf(e.getMessage()));
    }
    long imagePasses = image.map(EncodedOrders::passes).orElse(0L);
    for (Sample sample : group.samples()) {
      Optional<SampleFigures> figures = sink.finished(sample.id());
      if (figures.isEmpty() && image.isPresent()) {
        figures = audit(sample, image.get(), imagePasses);
      }
      if (figures.isPresent()) {
        String cluster = sample.patient().orElse("image " + group.image().hex());
        rows.add(new AuditedSample(figures.get(), cluster));
        texts.question(sample).ifPresent(asked::add);
        imagePasses = 0;
      }
      progress.advance(1);
    }
  }

  private void skipOpen(AuditQueue.Group group, String reason) {
    for (Sample sample : group.samples()) {
      if (sink.finished(sample.id()).isEmpty()) {
        skipped.add(new Skipped(sample.id(), reason));
      }
    }
  }

  private EncodedOrders encode(AuditQueue.Group group, Progress.Task progress) {
    Sample first = group.samples().get(0);
    MaskableImage image =
        new MaskableImage(
            encoder,
            encoder.imageTransform().apply(first.image().read()),
            () -> progress.advance(0));
    Seed seed = config.seed().derive("image orders").derive(group.image().hex());
    return EncodedOrders.encode(image, imagePlan, seed);
  }

  private Optional<SampleFigures> audit(Sample sample, EncodedOrders image, long imagePasses) {
    ScoredTexts.Scored scored = texts.of(sample, image);
    MaskableText text = new MaskableText(encoder, scored.tokens(), scored.player(), maskId());
    OrderPlan textPlan = config.budget().textOrders(imagePlan, image.players(), text.players());
    Seed seed = config.seed().derive("text orders").derive(sample.id());
    EncodedOrders encodedText = EncodedOrders.encode(text, textPlan, seed);
    EncodedGame game = new EncodedGame(image, encodedText, encoder.logitScale());
    if (!Double.isFinite(game.fullValue()) || !Double.isFinite(game.emptyValue())) {
      skipped.add(new Skipped(sample.id(), "its score under the model is not a finite number"));
      return Optional.empty();
    }
    long candidates =
        texts.question(sample).filter(question -> !asked.contains(question)).stream()
            .mapToLong(ScoredTexts.Question::passes)
            .sum();
    SampleBalance balance =
        new SampleGame(game, encoder.patchGrid(), text.pieces())
            .balance(sample.id(), scored.choice(), imagePasses + encodedText.passes() + candidates);
    sink.accept(balance);
    return Optional.of(SampleFigures.of(balance));
  }

  private int maskId() {
    return switch (config.masking().textMask()) {
      case TOKENIZER -> encoder.tokenizer().maskId();
      case PADDING -> encoder.tokenizer().padId();
      case ID_ZERO -> 0;
      case DROP -> throw new IllegalStateException("refused before the run");
    };
  }
}
