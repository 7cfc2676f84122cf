package dev.auscult.balance;

import dev.auscult.balance.Estimator.Factorised;
import dev.auscult.balance.FactorisedEstimate.Side;
import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.base.UsageException;
import dev.auscult.data.Sample;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.PatchGrid;
import dev.auscult.shapley.BilinearGame;
import dev.auscult.shapley.JointGame;
import dev.auscult.shapley.JointScore;
import dev.auscult.shapley.MemoisedSide;
import dev.auscult.shapley.OrderPlan;
import dev.auscult.shapley.Vectors;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * One configuration of an audit, made ready for its data: which text, which players, how many
 * orders.
 */
final class AuditSetting {
  private final DualEncoder encoder;
  private final BalanceConfig config;
  private final ScoredTexts texts;
  private final Optional<Function<Sample, JointScore>> outcomes;
  private int longest;

  AuditSetting(DualEncoder encoder, BalanceConfig config, ScoredTexts texts) {
    this(encoder, config, texts, Optional.empty());
  }

  /**
   * @param outcomes the score of a sample under a classifier of outcomes; empty where the score is
   *     the model's own
   */
  AuditSetting(
      DualEncoder encoder,
      BalanceConfig config,
      ScoredTexts texts,
      Optional<Function<Sample, JointScore>> outcomes) {
    this.encoder = encoder;
    this.config = config;
    this.texts = texts;
    this.outcomes = outcomes;
    checkMasks();
    checkScore();
  }

  BalanceConfig config() {
    return config;
  }

  /** The same for another model with the same tokenizer and patches. */
  AuditSetting under(DualEncoder other) {
    AuditSetting setting = new AuditSetting(other, config, texts, outcomes);
    setting.longest = longest;
    return setting;
  }

  ScoredTexts texts() {
    return texts;
  }

  private void checkScore() {
    AuditedScore score = config.score();
    if ((score == AuditedScore.OUTCOME) != outcomes.isPresent()) {
      throw new UsageException(
          "--score " + score.label(),
          outcomes.isPresent() ? "a classifier of outcomes" : "no classifier of outcomes",
          "--score outcome with a classifier, which auscult sketches trains",
          "use --score logit, or auscult sketches");
    }
    if (score == AuditedScore.SOFTMAX && !config.task().selects()) {
      throw new UsageException(
          "--score softmax",
          "--task " + config.task().label() + ", which has no candidates",
          "--task vqa, class or retrieval",
          "use --score logit");
    }
    if (!score.bilinear()
        && config.estimation().estimator() instanceof Factorised factorised
        && factorised.value() == Estimator.Value.OWEN) {
      throw new UsageException(
          "--estimator owen",
          "--score " + score.label(),
          "a multiple of the cosine",
          "use --score logit, or another estimator");
    }
  }

  private void checkMasks() {
    Masking masking = config.masking();
    PatchGrid patches = encoder.patchGrid();
    if (masking.textMask() == Masking.TextMask.DROP && !encoder.hidesTokens()) {
      throw new InputException(
          "--text-mask drop",
          encoder.identity().name() + ", whose text encoder cannot hide tokens",
          "a model with a BERT text encoder",
          "use --text-mask tokenizer-mask");
    }
    if (masking.imageMask() != Masking.ImageMask.DROP) {
      return;
    }
    if (!encoder.dropsPatches()) {
      throw new InputException(
          "--image-mask drop",
          encoder.identity().name() + ", whose image encoder cannot leave patches out",
          "a vision transformer",
          "use --image-mask zeros");
    }
    if (masking.imagePlayers().dependsOnText()
        || !masking.imagePlayers().cells(patches, 1).consistsOf(patches.patchSize())) {
      throw new InputException(
          "--image-mask drop",
          "image players " + masking.imagePlayers().label(),
          "players of whole patches, %d x %d or a divisor"
              .formatted(patches.side(), patches.side()),
          "use --image-players native-grid");
    }
  }

  /**
   * Learns the longest text of the run, which must remain affordable.
   *
   * @throws InputException stating the minimum if the budget is too small
   */
  void fit(List<Sample> samples) {
    longest = samples.stream().mapToInt(this::textPlayers).max().orElse(0);
    int imagePlayers = cells(longest).count();
    if (config.estimation().estimator() instanceof Factorised) {
      orders().imageOrders(imagePlayers, longest);
    } else {
      games().check(imagePlayers, longest, config.score());
    }
  }

  /** An upper bound of a sample's text players. */
  private int textPlayers(Sample sample) {
    int players = texts.mostPlayers(sample);
    return config.masking().textPlayers() == Masking.TextPlayers.REAL_TOKENS
        ? players
        : players
            + (int)
                texts.reference(sample).tokens().tokens().stream()
                    .filter(token -> token.special())
                    .count();
  }

  private CellGrid cells(int textPlayers) {
    return config.masking().imagePlayers().cells(encoder.patchGrid(), textPlayers);
  }

  private OrderBudget orders() {
    return new OrderBudget(
        config.estimation().budget(), ((Factorised) config.estimation().estimator()).orders());
  }

  private GameBudget games() {
    return new GameBudget(config.estimation().estimator(), config.estimation().budget());
  }

  /** Whether samples of one image and of one text share passes. */
  boolean shares() {
    return config.estimation().estimator() instanceof Factorised;
  }

  /** Whether a sample's orders are added to until its error is small enough. */
  boolean grows() {
    return shares() && config.estimation().budget().targetSe().isPresent();
  }

  /** The players of a sample's image. */
  CellGrid cells(MaskableText text) {
    return cells(text.players());
  }

  /** A sample's text with its players. */
  MaskableText maskable(ScoredTexts.Scored scored) {
    int[] ids = scored.tokens().ids();
    return new MaskableText(
        scored.tokens(),
        scored.plays(),
        config.masking(),
        encoder.tokenizer(),
        encoder.pooledPosition(ids));
  }

  /** What a sample costs, roughly and before anything is drawn. */
  long planned(Sample sample) {
    int text = textPlayers(sample);
    int image = cells(text).count();
    if (!shares()) {
      return games().passes(image, text);
    }
    OrderPlan imagePlan = imagePlan(image, text);
    return imagePlan.passes(image) + orders().textOrders(imagePlan, image, text).passes(text);
  }

  private OrderPlan imagePlan(int imagePlayers, int textPlayers) {
    boolean own = config.masking().imagePlayers().dependsOnText();
    return orders().imageOrders(imagePlayers, own ? textPlayers : longest);
  }

  /**
   * Begins the estimate of a sample.
   *
   * @param imageName identifies the image
   * @param textName identifies the text with its players
   * @param image with {@code side x side} cells
   * @param score of their vectors
   */
  SampleEstimate estimate(
      Sample sample,
      String imageName,
      String textName,
      EncoderPasses.Encoded<MaskableImage> image,
      MemoisedSide text,
      JointScore score) {
    Estimation estimation = config.estimation();
    if (!(estimation.estimator() instanceof Factorised factorised)) {
      return ofGame(sample, image, text, score);
    }
    OrderPlan imagePlan = imagePlan(image.input().players(), text.players());
    OrderPlan textPlan = orders().textOrders(imagePlan, image.input().players(), text.players());
    Seed seed = config.seed();
    return new FactorisedEstimate(
        new Side(image.side(), imagePlan, seed.derive("image orders").derive(imageName)),
        new Side(text, textPlan, seed.derive("text orders").derive(textName)),
        score,
        factorised.value(),
        estimation.budget());
  }

  private SampleEstimate ofGame(
      Sample sample,
      EncoderPasses.Encoded<MaskableImage> image,
      MemoisedSide text,
      JointScore score) {
    int side = image.input().side();
    return score instanceof JointScore.Product product
        ? new GameEstimate<>(
            image.side(),
            text,
            new BilinearGame(image.side(), text, product.scale()),
            games().of(side, text.players(), shapSeed(sample)))
        : new GameEstimate<>(
            image.side(),
            text,
            new JointGame(image.side(), text, score),
            games().ofAnyGame(side, text.players(), shapSeed(sample)));
  }

  /**
   * The score of a sample that is divided.
   *
   * @param others embeddings of the candidates that the text competes with, where it does
   */
  JointScore score(Sample sample, Optional<Vectors> others) {
    return outcomes
        .map(of -> of.apply(sample))
        .orElseGet(() -> config.score().under(encoder, others));
  }

  private int shapSeed(Sample sample) {
    return (int) config.seed().derive("shap").derive(sample.id()).value();
  }

  /**
   * What {@code np.random.seed} takes; empty where the estimator is none that draws as shap does.
   */
  OptionalLong recordedSeed(Sample sample) {
    Estimator estimator = config.estimation().estimator();
    return estimator instanceof Estimator.Permutation || estimator instanceof Estimator.Kernel
        ? OptionalLong.of(Integer.toUnsignedLong(shapSeed(sample)))
        : OptionalLong.empty();
  }
}
