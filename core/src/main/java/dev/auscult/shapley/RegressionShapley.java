package dev.auscult.shapley;

import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Regression-adjusted Shapley values of a bilinear game, from the passes of {@link
 * FactorisedShapley}: an additive surrogate of each side is fitted, its Shapley values are taken in
 * closed form, and what it misses is estimated and added (control variates; for probabilistic
 * values in general Witter et al. 2025).
 *
 * <p>Blocks of orders are cross-fitted: each is corrected against a surrogate of the other folds,
 * which is independent of it, so the estimate is unbiased whatever the fit. What the values miss of
 * {@code f(full) - f(empty)} is given to all players in equal parts; its expectation is 0.
 *
 * <p>Standard errors are by block with the surrogates held fixed. A player without effect gets 0 in
 * expectation only.
 *
 * @param image how the image side's orders are drawn, at least 2 blocks
 * @param text how the text side's orders are drawn, at least 2 blocks
 * @param correction how the residuals are estimated
 * @param seed of the orders
 */
public record RegressionShapley(OrderPlan image, OrderPlan text, Correction correction, Seed seed)
    implements ShapleyEstimator<BilinearGame> {
  private static final int FOLDS = 4;

  /** How the Shapley values of the residuals are estimated. */
  public enum Correction {
    /**
     * Each pass serves every player, weighted by the inverse probability that the player is in a
     * coalition of its size, or outside.
     */
    ALL_PLAYERS,
    /** Each player is served by its own marginal contributions along the orders. */
    MARGINALS
  }

  /** Checks the numbers. */
  public RegressionShapley {
    if (image.blocks() < 2 || text.blocks() < 2) {
      throw new IllegalArgumentException(
          "%d and %d blocks; fitting across them needs 2".formatted(image.blocks(), text.blocks()));
    }
  }

  @Override
  public Attribution attribute(BilinearGame game) {
    return attribute(new FactorisedShapley(image, text, seed).encode(game), correction);
  }

  /** The values from sides that are encoded already, each in at least 2 blocks. */
  public static Attribution attribute(EncodedGame game, Correction correction) {
    return new Estimate(game, correction).attribution();
  }

  private static final class Estimate {
    private final EncodedGame game;
    private final Side image;
    private final Side text;

    Estimate(EncodedGame game, Correction correction) {
      this.game = game;
      this.image = Side.fit(game.image(), correction);
      this.text = Side.fit(game.text(), correction);
    }

    Attribution attribution() {
      int allImage = image.blocks();
      int allText = text.blocks();
      double[][] g = image.met(text, 0, allText, game.scale());
      double[][] h = text.met(image, 0, allImage, game.scale());
      double[] ofImage = image.estimate(g, 0, allImage);
      double[] ofText = text.estimate(h, 0, allText);
      double[][] byImage = new double[allImage][];
      for (int b = 0; b < allImage; b++) {
        double[][] met = text.met(image, b, b + 1, game.scale());
        byImage[b] = efficient(image.estimate(g, b, b + 1), text.estimate(met, 0, allText));
      }
      double[][] byText = new double[allText][];
      for (int b = 0; b < allText; b++) {
        double[][] met = image.met(text, b, b + 1, game.scale());
        byText[b] = efficient(image.estimate(met, 0, allImage), text.estimate(h, b, b + 1));
      }
      return new Attribution(
          efficient(ofImage, ofText),
          game.emptyValue(),
          game.fullValue(),
          new Passes(game.image().passes(), game.text().passes()),
          List.of(byImage, byText));
    }

    private double[] efficient(double[] ofImage, double[] ofText) {
      int n = ofImage.length + ofText.length;
      double[] phi = Arrays.copyOf(ofImage, n);
      System.arraycopy(ofText, 0, phi, ofImage.length, ofText.length);
      double missing = game.fullValue() - game.emptyValue() - Arrays.stream(phi).sum();
      for (int i = 0; i < n; i++) {
        phi[i] += missing / n;
      }
      return phi;
    }
  }

  /**
   * A side with a surrogate for each fold, fitted to the blocks of the others.
   *
   * @param orders the encoded side
   * @param surrogates block {@code b} is of fold {@code b % surrogates.size()}
   * @param correction of the residuals
   */
  private record Side(EncodedOrders orders, List<AdditiveSide> surrogates, Correction correction) {

    static Side fit(EncodedOrders orders, Correction correction) {
      int folds = Math.min(FOLDS, orders.plan().blocks());
      int perBlock = orders.plan().ordersPerBlock();
      List<AdditiveSide> surrogates = new ArrayList<>();
      for (int f = 0; f < folds; f++) {
        int fold = f;
        List<Integer> others =
            IntStream.range(0, orders.plan().orders())
                .filter(p -> p / perBlock % folds != fold)
                .boxed()
                .toList();
        surrogates.add(AdditiveSide.fit(orders, others));
      }
      return new Side(orders, surrogates, correction);
    }

    int blocks() {
      return orders.plan().blocks();
    }

    /** What a player at each position meets of some blocks of the other side. */
    double[][] met(Side other, int from, int to, double scale) {
      int perBlock = other.orders.plan().ordersPerBlock();
      return InterleavingWeights.met(
          InterleavingWeights.of(orders.players(), other.orders.players()),
          other.orders.meanBySize(from * perBlock, to * perBlock),
          scale);
    }

    /** The values by blocks {@code from .. to - 1}. */
    double[] estimate(double[][] met, int from, int to) {
      int perBlock = orders.plan().ordersPerBlock();
      double[] phi = new double[orders.players()];
      for (int b = from; b < to; b++) {
        AdditiveSide surrogate = surrogates.get(b % surrogates.size());
        add(surrogate.shapley(met), 1.0 / (to - from), phi);
        for (int p = b * perBlock; p < (b + 1) * perBlock; p++) {
          double[][] residuals = surrogate.residuals(orders, p);
          double[] missed =
              correction == Correction.MARGINALS
                  ? marginals(orders.order(p), residuals, met)
                  : allPlayers(orders.order(p), residuals, met);
          add(missed, 1.0 / ((to - from) * perBlock), phi);
        }
      }
      return phi;
    }

    private static double[] marginals(Order order, double[][] residuals, double[][] met) {
      double[] phi = new double[order.players()];
      for (int s = 0; s < phi.length; s++) {
        phi[order.playerAt(s)] =
            AdditiveSide.dot(residuals[s + 1], met[s]) - AdditiveSide.dot(residuals[s], met[s]);
      }
      return phi;
    }

    /**
     * {@code 1/n sum_k n/k [i in S_k] <r(S_k), G(k-1)> - n/(n-k) [i not in S_k] <r(S_k), G(k)>}:
     * the first {@code k} of a random order contain a player with probability {@code k/n}.
     */
    private static double[] allPlayers(Order order, double[][] residuals, double[][] met) {
      int n = order.players();
      double[] phi = new double[n];
      double sum = 0;
      double[] untilPosition = new double[n + 1];
      for (int size = 0; size < n; size++) {
        sum += AdditiveSide.dot(residuals[size], met[size]) / (n - size);
        untilPosition[size] = sum;
      }
      sum = 0;
      for (int size = n; size >= 1; size--) {
        sum += AdditiveSide.dot(residuals[size], met[size - 1]) / size;
        phi[order.playerAt(size - 1)] = sum - untilPosition[size - 1];
      }
      return phi;
    }

    private static void add(double[] values, double weight, double[] to) {
      for (int i = 0; i < values.length; i++) {
        to[i] += weight * values[i];
      }
    }
  }
}
