package dev.auscult.shapley;

import dev.auscult.base.Seed;
import java.util.List;

/**
 * Factorised Shapley values of a game of two sides whose score is not bilinear: the score of every
 * pair of an image prefix and a text prefix is taken, {@code F[s][t]}, and the sum over all
 * interleavings of an image order and a text order is closed: {@code phi = sum_t h(t|s) [F(s+1,t) -
 * F(s,t)]}. The passes are those of {@link FactorisedShapley}; so are the blocks behind the
 * standard errors.
 *
 * @param image how the image side's orders are drawn
 * @param text how the text side's orders are drawn
 * @param seed of the orders
 */
public record GridShapley(OrderPlan image, OrderPlan text, Seed seed)
    implements ShapleyEstimator<JointGame> {

  @Override
  public Attribution attribute(JointGame game) {
    EncodedOrders images = EncodedOrders.encode(game.image(), image, seed.derive("image"));
    EncodedOrders texts = EncodedOrders.encode(game.text(), text, seed.derive("text"));
    return attribute(images, texts, game.score());
  }

  /** The values from sides that are encoded already. */
  public static Attribution attribute(EncodedOrders image, EncodedOrders text, JointScore score) {
    return new Grid(image, text, score).attribution();
  }

  /**
   * The score of nobody, of the image alone, of the text alone and of both, in this order: the game
   * of two players.
   */
  public static List<Double> ofModalities(
      EncodedOrders image, EncodedOrders text, JointScore score) {
    Grid grid = new Grid(image, text, score);
    int nI = image.players();
    int nT = text.players();
    return List.of(
        grid.value(0, 0, 0, 0),
        grid.value(0, nI, 0, 0),
        grid.value(0, 0, 0, nT),
        grid.value(0, nI, 0, nT));
  }

  private static final class Grid {
    private final EncodedOrders image;
    private final EncodedOrders text;
    private final JointScore score;
    private final double[][] hImage;
    private final double[][] hText;

    Grid(EncodedOrders image, EncodedOrders text, JointScore score) {
      this.image = image;
      this.text = text;
      this.score = score;
      this.hImage = InterleavingWeights.of(image.players(), text.players());
      this.hText = InterleavingWeights.of(text.players(), image.players());
    }

    Attribution attribution() {
      int n = image.players() + text.players();
      double[] phi = new double[n];
      double[][] byImage = new double[image.plan().blocks()][n];
      double[][] byText = new double[text.plan().blocks()][n];
      double pairs = (double) image.plan().orders() * text.plan().orders();
      for (int p = 0; p < image.plan().orders(); p++) {
        for (int q = 0; q < text.plan().orders(); q++) {
          double[] ofPair = ofPair(p, q);
          add(ofPair, 1 / pairs, phi);
          add(ofPair, byImage.length / pairs, byImage[p / image.plan().ordersPerBlock()]);
          add(ofPair, byText.length / pairs, byText[q / text.plan().ordersPerBlock()]);
        }
      }
      return new Attribution(
          phi,
          value(0, 0, 0, 0),
          value(0, image.players(), 0, text.players()),
          new Passes(image.passes(), text.passes()),
          List.of(byImage, byText));
    }

    private static void add(double[] values, double weight, double[] to) {
      for (int i = 0; i < values.length; i++) {
        to[i] += weight * values[i];
      }
    }

    /** The values by the interleavings of image order {@code p} and text order {@code q}. */
    private double[] ofPair(int p, int q) {
      int nI = image.players();
      int nT = text.players();
      double[][] f = new double[nI + 1][nT + 1];
      for (int s = 0; s <= nI; s++) {
        for (int t = 0; t <= nT; t++) {
          f[s][t] = value(p, s, q, t);
        }
      }
      double[] phi = new double[nI + nT];
      for (int s = 0; s < nI; s++) {
        int player = image.order(p).playerAt(s);
        for (int t = 0; t <= nT; t++) {
          phi[player] += hImage[s][t] * (f[s + 1][t] - f[s][t]);
        }
      }
      for (int t = 0; t < nT; t++) {
        int player = nI + text.order(q).playerAt(t);
        for (int s = 0; s <= nI; s++) {
          phi[player] += hText[t][s] * (f[s][t + 1] - f[s][t]);
        }
      }
      return phi;
    }

    private double value(int p, int s, int q, int t) {
      return score.of(image.vectors(), image.rowOf(p, s), text.vectors(), text.rowOf(q, t));
    }
  }
}
