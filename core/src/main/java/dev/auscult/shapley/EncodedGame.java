package dev.auscult.shapley;

import java.util.ArrayList;
import java.util.List;

/**
 * A bilinear game whose sides are encoded along their orders: everything below follows without any
 * further encoder pass.
 *
 * <p>Symbols: {@code s, t} sizes of the image's and the text's coalition; {@code h(t|s)} see {@link
 * InterleavingWeights}; {@code G(s) = sum_t h(t|s) vbar[t]} the text that an image player at
 * position {@code s} meets on average, {@code H(t)} likewise for text players.
 *
 * @param image the image side
 * @param text the text side
 * @param scale the factor on the inner product
 */
public record EncodedGame(EncodedOrders image, EncodedOrders text, double scale) {

  /** Checks that the sides meet in one space. */
  public EncodedGame {
    if (image.dimension() != text.dimension()) {
      throw new IllegalArgumentException(
          "vectors of %d and %d values".formatted(image.dimension(), text.dimension()));
    }
  }

  /** Nobody present. */
  public double emptyValue() {
    return scale * dot(image.empty(), text.empty());
  }

  /** The whole image, no text: with the other three the game of two players. */
  public double imageOnlyValue() {
    return scale * dot(image.full(), text.empty());
  }

  /** The whole text, no image. */
  public double textOnlyValue() {
    return scale * dot(image.empty(), text.full());
  }

  /** Everybody present. */
  public double fullValue() {
    return scale * dot(image.full(), text.full());
  }

  /**
   * The Shapley values, image players first, with their uncertainty.
   *
   * <p>{@code phi[i] = 1/P sum_p <U[p][s+1] - U[p][s], G(s)>} where {@code s} is the position of
   * image player {@code i} in order {@code p}; text players likewise with {@code H}.
   */
  public Attribution attribution() {
    return attribution(
        InterleavingWeights.of(image.players(), text.players()),
        InterleavingWeights.of(text.players(), image.players()));
  }

  /**
   * The Owen values with the image and the text as the two unions (Owen 1977), image players first:
   * a player meets the other side as a whole or not at all, each with probability 1/2. The values
   * of a side sum to its Shapley value in the game of two players.
   */
  public Attribution owen() {
    return attribution(
        InterleavingWeights.ofUnions(image.players(), text.players()),
        InterleavingWeights.ofUnions(text.players(), image.players()));
  }

  private Attribution attribution(double[][] hImage, double[][] hText) {
    int allImage = image.plan().orders();
    int allText = text.plan().orders();
    double[][] g = weighted(hImage, text, 0, allText);
    double[][] h = weighted(hText, image, 0, allImage);
    double[] phi = join(image.marginalsWith(g, 0, allImage), text.marginalsWith(h, 0, allText));

    List<double[]> byImageBlock = new ArrayList<>();
    for (int from = 0; from < allImage; from += image.plan().ordersPerBlock()) {
      int to = from + image.plan().ordersPerBlock();
      double[][] hOfBlock = weighted(hText, image, from, to);
      byImageBlock.add(
          join(image.marginalsWith(g, from, to), text.marginalsWith(hOfBlock, 0, allText)));
    }
    List<double[]> byTextBlock = new ArrayList<>();
    for (int from = 0; from < allText; from += text.plan().ordersPerBlock()) {
      int to = from + text.plan().ordersPerBlock();
      double[][] gOfBlock = weighted(hImage, text, from, to);
      byTextBlock.add(
          join(image.marginalsWith(gOfBlock, 0, allImage), text.marginalsWith(h, from, to)));
    }
    return new Attribution(
        phi,
        emptyValue(),
        fullValue(),
        new Passes(image.passes(), text.passes()),
        List.of(byImageBlock.toArray(double[][]::new), byTextBlock.toArray(double[][]::new)));
  }

  /**
   * Shapley interaction indices between image players and text players (Grabisch and Roubens 1999),
   * estimated without bias from the same passes.
   *
   * <p>{@code I(i, j) = 1/(n-1) sum_{s,t} C(nI-1, s) C(nT-1, t) / C(n-2, s+t) <u_i(s), v_j(t)>}
   * with {@code u_i(s)} the mean marginal vector of player {@code i} at size {@code s}. An order
   * shows one position of each player, drawn with probability {@code 1/nI}, hence the factor {@code
   * nI nT / (P Q)}.
   *
   * @return {@code [nI][nT]}
   */
  public double[][] interactions() {
    int nI = image.players();
    int nT = text.players();
    double[][] weight = interactionWeights(nI, nT);
    double factor = scale * nI * nT / ((double) image.plan().orders() * text.plan().orders());
    double[][] result = new double[nI][nT];
    for (int player = 0; player < nI; player++) {
      double[][] met = metBy(player, weight);
      for (int q = 0; q < text.plan().orders(); q++) {
        for (int t = 0; t < nT; t++) {
          result[player][text.order(q).playerAt(t)] += factor * text.marginalDot(q, t, met[t]);
        }
      }
    }
    return result;
  }

  /** What a text player entering at each position meets of one image player's marginal vectors. */
  private double[][] metBy(int player, double[][] weight) {
    double[][] met = new double[text.players()][image.dimension()];
    for (int p = 0; p < image.plan().orders(); p++) {
      int s = image.order(p).positionOf(player);
      double[] marginal = marginal(image, p, s);
      for (int t = 0; t < met.length; t++) {
        for (int k = 0; k < marginal.length; k++) {
          met[t][k] += weight[s][t] * marginal[k];
        }
      }
    }
    return met;
  }

  private static double[][] interactionWeights(int nI, int nT) {
    double[][] weight = new double[nI][nT];
    int n = nI + nT;
    for (int s = 0; s < nI; s++) {
      for (int t = 0; t < nT; t++) {
        double log = logBinomial(nI - 1, s) + logBinomial(nT - 1, t) - logBinomial(n - 2, s + t);
        weight[s][t] = Math.exp(log) / (n - 1);
      }
    }
    return weight;
  }

  private static double logBinomial(int n, int k) {
    double log = 0;
    for (int i = 1; i <= k; i++) {
      log += Math.log((double) (n - k + i) / i);
    }
    return log;
  }

  private static double[] marginal(EncodedOrders side, int p, int s) {
    double[] marginal = new double[side.dimension()];
    for (int k = 0; k < marginal.length; k++) {
      marginal[k] = side.prefix(p, s + 1, k) - side.prefix(p, s, k);
    }
    return marginal;
  }

  private double[][] weighted(double[][] h, EncodedOrders other, int from, int to) {
    return InterleavingWeights.met(h, other.meanBySize(from, to), scale);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static double[] join(double[] first, double[] second) {
    double[] joined = new double[first.length + second.length];
    System.arraycopy(first, 0, joined, 0, first.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
