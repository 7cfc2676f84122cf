package dev.auscult.shapley;

import java.util.ArrayList;
import java.util.List;

/**
 * Exact Shapley values of a bilinear game by enumerating the coalitions of each side by itself:
 * {@code 2^nI + 2^nT} passes instead of {@code 2^(nI+nT)}.
 */
public record FactorisedExact() implements ShapleyEstimator<BilinearGame> {
  /** The most players of a side that are enumerated. */
  public static final int MOST_PLAYERS = 16;

  /**
   * @throws IllegalArgumentException with more than {@link #MOST_PLAYERS} players on a side
   */
  @Override
  public Attribution attribute(BilinearGame game) {
    Side image = Side.encode(game.image());
    Side text = Side.encode(game.text());
    double[][] g = met(image, text, game.scale());
    double[][] h = met(text, image, game.scale());
    double[] phi = new double[image.players + text.players];
    image.addMarginals(g, phi, 0);
    text.addMarginals(h, phi, image.players);
    return new Attribution(
        phi,
        game.scale() * image.vectors.dot(0, text.vectors, 0),
        game.scale() * image.vectors.dot(image.full(), text.vectors, text.full()),
        new Passes(image.vectors.count(), text.vectors.count()),
        List.of());
  }

  private static double[][] met(Side own, Side other, double scale) {
    double[][] h = InterleavingWeights.of(own.players, other.players);
    return InterleavingWeights.met(h, other.meanBySize(), scale);
  }

  /** All coalitions of a side, row {@code mask} that of the players whose bits are set. */
  private record Side(int players, Vectors vectors) {

    static Side encode(GameSide side) {
      int n = side.players();
      if (n > MOST_PLAYERS) {
        throw new IllegalArgumentException(
            "%d players on a side; exact enumeration takes up to %d".formatted(n, MOST_PLAYERS));
      }
      List<Coalition> all = new ArrayList<>();
      for (int mask = 0; mask < 1 << n; mask++) {
        all.add(Coalition.ofMask(n, mask));
      }
      return new Side(n, side.encode(all));
    }

    int full() {
      return (1 << players) - 1;
    }

    double[][] meanBySize() {
      double[][] mean = new double[players + 1][vectors.dimension()];
      int[] count = new int[players + 1];
      for (int mask = 0; mask <= full(); mask++) {
        int size = Integer.bitCount(mask);
        count[size]++;
        for (int k = 0; k < vectors.dimension(); k++) {
          mean[size][k] += vectors.get(mask, k);
        }
      }
      for (int size = 0; size <= players; size++) {
        for (int k = 0; k < vectors.dimension(); k++) {
          mean[size][k] /= count[size];
        }
      }
      return mean;
    }

    /** Adds every player's mean marginal vector of each size, times what it meets there. */
    void addMarginals(double[][] met, double[] phi, int first) {
      double[] weight = ExactShapley.weightOfSize(players);
      for (int mask = 0; mask < full(); mask++) {
        int size = Integer.bitCount(mask);
        for (int player = 0; player < players; player++) {
          if ((mask >>> player & 1) == 0) {
            double gained = vectors.differenceDot(mask, mask | 1 << player, met[size]);
            phi[first + player] += weight[size] * gained;
          }
        }
      }
    }
  }
}
