package dev.auscult.balance;

import dev.auscult.balance.Estimator.Value;
import dev.auscult.base.Seed;
import dev.auscult.shapley.Attribution;
import dev.auscult.shapley.Attribution.Source;
import dev.auscult.shapley.Coalition;
import dev.auscult.shapley.EncodedGame;
import dev.auscult.shapley.EncodedOrders;
import dev.auscult.shapley.GridShapley;
import dev.auscult.shapley.JointScore;
import dev.auscult.shapley.JointScore.Product;
import dev.auscult.shapley.MemoisedSide;
import dev.auscult.shapley.OrderPlan;
import dev.auscult.shapley.Uncertain;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Factorised values of one sample. Where a standard error is aimed at, blocks of orders are added
 * to the side that gains more per pass until delta's 95 % interval is no wider than that error
 * implies, or the budget is used up.
 */
final class FactorisedEstimate implements SampleEstimate {
  private static final double NORMAL_95 = 1.959963984540054;

  private final Side image;
  private final Side text;
  private final JointScore score;
  private final Value value;
  private final PassBudget budget;

  /** A side with the orders drawn of it so far. */
  static final class Side {
    private final MemoisedSide vectors;
    private final Seed seed;
    private OrderPlan plan;

    /**
     * @param vectors of the side's coalitions
     * @param plan the first orders
     * @param seed of the orders
     */
    Side(MemoisedSide vectors, OrderPlan plan, Seed seed) {
      this.vectors = vectors;
      this.plan = plan;
      this.seed = seed;
    }

    List<Coalition> needs() {
      return EncodedOrders.coalitions(vectors.players(), plan, seed);
    }

    private EncodedOrders encode() {
      return EncodedOrders.encode(vectors, plan, seed);
    }

    private long passes() {
      return plan.passes(vectors.players());
    }

    private void grow(int blocks) {
      plan = plan.withBlocks(plan.blocks() + blocks);
    }

    /** What another block takes off the variance, per pass. */
    private double gain(Source source) {
      double k = source.blocks();
      return source.variance() / (k * (k + 1)) / passesPerBlock();
    }

    private long passesPerBlock() {
      return Math.max(
          1,
          plan.withBlocks(2).passes(vectors.players())
              - plan.withBlocks(1).passes(vectors.players()));
    }
  }

  FactorisedEstimate(Side image, Side text, JointScore score, Value value, PassBudget budget) {
    this.image = image;
    this.text = text;
    this.score = score;
    this.value = value;
    this.budget = budget;
  }

  @Override
  public List<Coalition> imageNeeds() {
    return image.needs();
  }

  @Override
  public List<Coalition> textNeeds() {
    return text.needs();
  }

  /** The orders encoded so far. */
  private record Encoded(EncodedOrders image, EncodedOrders text) {
    private EncodedGame game(double scale) {
      return new EncodedGame(image, text, scale);
    }
  }

  private Encoded encode() {
    return new Encoded(image.encode(), text.encode());
  }

  private Attribution attribution(Encoded encoded) {
    if (!(score instanceof Product product)) {
      return GridShapley.attribute(encoded.image(), encoded.text(), score);
    }
    EncodedGame game = encoded.game(product.scale());
    return value == Value.OWEN ? game.owen() : game.attribution();
  }

  @Override
  public boolean goesOn() {
    if (budget.targetSe().isEmpty()) {
      return false;
    }
    Attribution attribution = attribution(encode());
    int patches = image.vectors.players();
    ToDoubleFunction<double[]> delta = phi -> 2 * ModalityShare.tscore(phi, patches) - 1;
    if (reached(attribution, delta)) {
      return false;
    }
    List<Source> sources = attribution.variances(delta);
    Side weaker = image.gain(sources.get(0)) > text.gain(sources.get(1)) ? image : text;
    return grow(weaker) || grow(weaker == image ? text : image);
  }

  /** Also where no error can be computed because nothing contributes. */
  private boolean reached(Attribution attribution, ToDoubleFunction<double[]> delta) {
    Uncertain estimate = attribution.jackknife(delta);
    double wanted = NORMAL_95 * budget.targetSe().orElseThrow();
    return Double.isNaN(estimate.value()) || estimate.margin(0.95) <= wanted;
  }

  /** Half as many orders again, as far as the budget allows; whether there was room for any. */
  private boolean grow(Side side) {
    long room = budget.mostForTarget() - image.passes() - text.passes();
    long blocks = Math.min((side.plan.blocks() + 1) / 2, room / side.passesPerBlock());
    if (blocks < 1 || side.vectors.players() < 3) {
      return false;
    }
    side.grow((int) blocks);
    return true;
  }

  @Override
  public Attribution attribution() {
    return attribution(encode());
  }

  @Override
  public Contributions contributions() {
    Encoded encoded = encode();
    return new Contributions(
        attribution(encoded),
        image.vectors.players(),
        scores(encoded),
        score instanceof Product product
            ? Interaction.strongest(encoded.game(product.scale()).interactions())
            : List.of(),
        image.needs(),
        text.needs(),
        image.plan.orders(),
        text.plan.orders());
  }

  private ModalityScores scores(Encoded encoded) {
    if (score instanceof Product product) {
      EncodedGame game = encoded.game(product.scale());
      return new ModalityScores(
          game.emptyValue(), game.imageOnlyValue(), game.textOnlyValue(), game.fullValue());
    }
    List<Double> f = GridShapley.ofModalities(encoded.image(), encoded.text(), score);
    double cosine = encoded.game(1).fullValue();
    return new ModalityScores(f.get(0), f.get(1), f.get(2), f.get(3), Optional.of(cosine));
  }
}
