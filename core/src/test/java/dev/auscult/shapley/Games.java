package dev.auscult.shapley;

import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Synthetic games and truths by definition. */
final class Games {
  private Games() {}

  /** A game given by a formula. */
  static CooperativeGame of(int players, ToDoubleFunction<Coalition> value) {
    return new CooperativeGame() {
      @Override
      public int players() {
        return players;
      }

      @Override
      public double[] values(List<Coalition> coalitions) {
        return coalitions.stream().mapToDouble(value).toArray();
      }
    };
  }

  /** A side given by a formula. */
  static GameSide side(int players, int dimension, VectorOf vector) {
    return new GameSide() {
      @Override
      public int players() {
        return players;
      }

      @Override
      public Vectors encode(List<Coalition> coalitions) {
        float[] rows = new float[coalitions.size() * dimension];
        for (int c = 0; c < coalitions.size(); c++) {
          System.arraycopy(vector.of(coalitions.get(c)), 0, rows, c * dimension, dimension);
        }
        return new Vectors(coalitions.size(), dimension, rows);
      }
    };
  }

  /** The vector of a coalition. */
  interface VectorOf {
    float[] of(Coalition coalition);
  }

  /** Every coalition a vector of its own, without any structure: the hardest game there is. */
  static GameSide unstructured(int players, int dimension, long seed) {
    return side(
        players,
        dimension,
        coalition -> {
          SplittableRandom random = new Seed(seed).derive(coalition.hashCode()).random();
          float[] vector = new float[dimension];
          for (int k = 0; k < dimension; k++) {
            vector[k] = (float) random.nextGaussian();
          }
          return vector;
        });
  }

  /**
   * A side like an encoder's: features of the present players are summed, mixed by attention to the
   * strongest, squashed, and the vector has length 1.
   */
  static GameSide encoderLike(int players, int dimension, long seed) {
    SplittableRandom random = new Seed(seed).random();
    double[][] feature = gaussian(players + 1, dimension, random);
    double[] attention = gaussian(1, players + 1, random)[0];
    return side(
        players,
        dimension,
        coalition -> {
          double[] sum = feature[players].clone();
          double total = 1;
          for (int i = 0; i < players; i++) {
            double weight = Math.exp(coalition.contains(i) ? 1.2 * attention[i] : -1);
            total += weight;
            for (int k = 0; k < dimension; k++) {
              sum[k] += coalition.contains(i) ? weight * feature[i][k] : 0;
            }
          }
          return unit(sum, total);
        });
  }

  private static float[] unit(double[] sum, double total) {
    double norm = 0;
    double[] squashed = new double[sum.length];
    for (int k = 0; k < sum.length; k++) {
      squashed[k] = Math.tanh(3 * sum[k] / total);
      norm += squashed[k] * squashed[k];
    }
    float[] vector = new float[sum.length];
    for (int k = 0; k < sum.length; k++) {
      vector[k] = (float) (squashed[k] / Math.sqrt(norm));
    }
    return vector;
  }

  private static double[][] gaussian(int rows, int columns, SplittableRandom random) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int k = 0; k < columns; k++) {
        row[k] = random.nextGaussian();
      }
    }
    return values;
  }

  /** All {@code n!} orders. */
  static List<Order> allOrders(int players) {
    List<int[]> orders = List.of(new int[0]);
    for (int player = 0; player < players; player++) {
      List<int[]> longer = new ArrayList<>();
      for (int[] order : orders) {
        for (int at = 0; at <= order.length; at++) {
          int[] with = new int[order.length + 1];
          System.arraycopy(order, 0, with, 0, at);
          with[at] = player;
          System.arraycopy(order, at, with, at + 1, order.length - at);
          longer.add(with);
        }
      }
      orders = longer;
    }
    return orders.stream().map(Order::of).toList();
  }

  /** All orders of consecutive unions in which every union enters as a block. */
  static List<Order> ordersOfUnions(List<Integer> sizes) {
    List<Order> orders = new ArrayList<>();
    for (Order order : allOrders(sizes.stream().mapToInt(size -> size).sum())) {
      int[] unionAt = new int[order.players()];
      for (int s = 0; s < unionAt.length; s++) {
        int player = order.playerAt(s);
        int union = 0;
        for (int first = sizes.get(0); player >= first; first += sizes.get(union)) {
          union++;
        }
        unionAt[s] = union;
      }
      long changes = 1;
      for (int s = 1; s < unionAt.length; s++) {
        changes += unionAt[s] == unionAt[s - 1] ? 0 : 1;
      }
      if (changes == sizes.size()) {
        orders.add(order);
      }
    }
    return orders;
  }

  /**
   * Every joint order that keeps both given orders; text players are numbered after the image's.
   */
  static List<Order> interleavings(Order image, Order text) {
    int n = image.players() + text.players();
    List<Order> joint = new ArrayList<>();
    for (int mask = 0; mask < 1 << n; mask++) {
      if (Integer.bitCount(mask) != text.players()) {
        continue;
      }
      int[] order = new int[n];
      int s = 0;
      int t = 0;
      for (int at = 0; at < n; at++) {
        order[at] =
            (mask >>> at & 1) == 0 ? image.playerAt(s++) : image.players() + text.playerAt(t++);
      }
      joint.add(Order.of(order));
    }
    return joint;
  }

  /** The Shapley value by its definition: the mean marginal contribution over the given orders. */
  static double[] meanMarginals(CooperativeGame game, List<Order> orders) {
    double[] phi = new double[game.players()];
    for (Order order : orders) {
      List<Coalition> way = new ArrayList<>();
      for (int size = 0; size <= game.players(); size++) {
        way.add(Coalition.prefix(order, size));
      }
      double[] value = game.values(way);
      for (int s = 0; s < game.players(); s++) {
        phi[order.playerAt(s)] += value[s + 1] - value[s];
      }
    }
    return Arrays.stream(phi).map(sum -> sum / orders.size()).toArray();
  }
}
