package dev.auscult.projection;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import java.util.SplittableRandom;

/**
 * Places points by pulling neighbours together and pushing each away from points drawn at random
 * (McInnes, Healy and Melville 2018, algorithm 5): stochastic descent of the cross entropy between
 * the graph and a map. One thread, in a fixed order.
 */
final class UmapLayout {
  /**
   * The curve {@code 1 / (1 + a d^2b)} that fits best a membership of 1 up to the least distance .1
   * and an exponential fall of scale 1 beyond it: where umap-learn's fit for its defaults ends.
   */
  private static final double A = 1.57694346;

  private static final double B = .895060878;

  /** Points drawn for each pull. */
  private static final int PUSHES = 5;

  /** No coordinate moves further for one pull or push at a rate of 1. */
  private static final double LONGEST = 4;

  /** Keeps the push between close points finite. */
  private static final double SOFTENING = 1e-3;

  /** The map begins in a square of this side. */
  private static final double SIDE = 10;

  /** Parts points that begin at one place. */
  private static final double NOISE = 1e-4;

  private final int epochs;
  private final SplittableRandom random;
  private final double[][] places;
  private final int[] heads;
  private final int[] tails;

  /** An edge is pulled once in so many epochs. */
  private final double[] intervals;

  private final double[] nextPull;
  private final double[] nextPush;

  UmapLayout(FuzzyGraph graph, double[][] first, int epochs, Seed seed) {
    this.epochs = epochs;
    this.random = seed.random();
    this.places = spread(first);
    double largest = graph.largest();
    int edges = 0;
    for (int i = 0; i < graph.size(); i++) {
      for (int j = 0; j < graph.size(); j++) {
        edges += graph.membership(i, j) >= largest / epochs ? 1 : 0;
      }
    }
    heads = new int[edges];
    tails = new int[edges];
    intervals = new double[edges];
    int edge = 0;
    for (int i = 0; i < graph.size(); i++) {
      for (int j = 0; j < graph.size(); j++) {
        if (graph.membership(i, j) >= largest / epochs) {
          heads[edge] = i;
          tails[edge] = j;
          intervals[edge++] = largest / graph.membership(i, j);
        }
      }
    }
    nextPull = intervals.clone();
    nextPush = new double[edges];
    for (int e = 0; e < edges; e++) {
      nextPush[e] = intervals[e] / PUSHES;
    }
  }

  /** Scales both coordinates to the square and parts what falls together. */
  private double[][] spread(double[][] first) {
    double[][] spread = new double[first.length][2];
    for (int k = 0; k < 2; k++) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (double[] place : first) {
        least = Math.min(least, place[k]);
        most = Math.max(most, place[k]);
      }
      for (int i = 0; i < first.length; i++) {
        double share = most > least ? (first[i][k] - least) / (most - least) : random.nextDouble();
        spread[i][k] = SIDE * share + random.nextDouble(-NOISE, NOISE);
      }
    }
    return spread;
  }

  /** The places after all epochs, {@code [n][2]}. */
  double[][] optimise(Progress.Task task) {
    for (int epoch = 0; epoch < epochs; epoch++) {
      double rate = 1 - (double) epoch / epochs;
      for (int edge = 0; edge < heads.length; edge++) {
        if (nextPull[edge] <= epoch) {
          pull(places[heads[edge]], places[tails[edge]], rate);
          nextPull[edge] += intervals[edge];
          push(edge, epoch, rate);
        }
      }
      task.advance(1);
    }
    return places;
  }

  private static void pull(double[] point, double[] neighbour, double rate) {
    double square = square(point, neighbour);
    if (square == 0) {
      return;
    }
    double power = Math.pow(square, B);
    double factor = -2 * A * B * power / square / (1 + A * power);
    for (int k = 0; k < 2; k++) {
      double step = rate * limited(factor * (point[k] - neighbour[k]));
      point[k] += step;
      neighbour[k] -= step;
    }
  }

  /** Pushes a point away from as many others as were due since it was last pulled. */
  private void push(int edge, int epoch, double rate) {
    double interval = intervals[edge] / PUSHES;
    int due = (int) ((epoch - nextPush[edge]) / interval);
    double[] point = places[heads[edge]];
    for (int p = 0; p < due; p++) {
      double[] other = places[random.nextInt(places.length)];
      double square = square(point, other);
      if (square > 0) {
        double factor = 2 * B / ((SOFTENING + square) * (1 + A * Math.pow(square, B)));
        for (int k = 0; k < 2; k++) {
          point[k] += rate * limited(factor * (point[k] - other[k]));
        }
      }
    }
    nextPush[edge] += due * interval;
  }

  private static double square(double[] a, double[] b) {
    return (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]);
  }

  private static double limited(double step) {
    return Math.max(-LONGEST, Math.min(LONGEST, step));
  }
}
