package dev.auscult.learning;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Limited-memory BFGS (Nocedal and Wright 2006, algorithms 7.4 and 7.5) with a bisecting search for
 * a step that meets the weak Wolfe conditions (Lewis and Overton 2013, algorithm 2.6).
 *
 * @param memory pairs of steps and gradient changes that are kept
 * @param iterations at most so many
 * @param tolerance ends when no component of the gradient is larger
 */
public record Lbfgs(int memory, int iterations, double tolerance) {
  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double CURVATURE = .9;
  private static final int SEARCH_STEPS = 60;

  /** A smooth function with its gradient. */
  @FunctionalInterface
  public interface Objective {
    /** The value at a point; {@code gradient} is overwritten. */
    double at(double[] point, double[] gradient);
  }

  /** A step taken and how the gradient changed along it. */
  private static final class Pair {
    final double[] step;
    final double[] change;
    final double curvature;

    Pair(double[] step, double[] change) {
      this.step = step;
      this.change = change;
      this.curvature = dot(step, change);
    }
  }

  /**
   * Walks from {@code point} to a minimum; the point is overwritten.
   *
   * @return the objective's value there
   */
  public double minimise(Objective objective, double[] point) {
    double[] gradient = new double[point.length];
    double value = objective.at(point, gradient);
    Deque<Pair> pairs = new ArrayDeque<>();
    double[] nextPoint = new double[point.length];
    double[] nextGradient = new double[point.length];
    for (int i = 0; i < iterations && largest(gradient) > tolerance; i++) {
      double[] direction = direction(gradient, pairs);
      double first = pairs.isEmpty() ? Math.min(1, 1 / norm(gradient)) : 1;
      double next =
          search(objective, point, value, gradient, direction, first, nextPoint, nextGradient);
      if (!(next < value)) {
        return value;
      }
      remember(pairs, difference(nextPoint, point), difference(nextGradient, gradient));
      System.arraycopy(nextPoint, 0, point, 0, point.length);
      System.arraycopy(nextGradient, 0, gradient, 0, point.length);
      value = next;
    }
    return value;
  }

  private void remember(Deque<Pair> pairs, double[] step, double[] change) {
    Pair pair = new Pair(step, change);
    if (pair.curvature > 1e-14 * dot(change, change)) {
      pairs.addFirst(pair);
      if (pairs.size() > memory) {
        pairs.removeLast();
      }
    }
  }

  /** Minus the inverse Hessian's estimate times the gradient: the two-loop recursion. */
  private static double[] direction(double[] gradient, Deque<Pair> newestFirst) {
    double[] direction = Arrays.stream(gradient).map(value -> -value).toArray();
    if (newestFirst.isEmpty()) {
      return direction;
    }
    double[] weights = new double[newestFirst.size()];
    int k = 0;
    for (Pair pair : newestFirst) {
      weights[k] = dot(pair.step, direction) / pair.curvature;
      add(direction, -weights[k++], pair.change);
    }
    Pair newest = newestFirst.getFirst();
    double scale = newest.curvature / dot(newest.change, newest.change);
    Arrays.setAll(direction, j -> direction[j] * scale);
    for (Iterator<Pair> oldest = newestFirst.descendingIterator(); oldest.hasNext(); ) {
      Pair pair = oldest.next();
      add(direction, weights[--k] - dot(pair.change, direction) / pair.curvature, pair.step);
    }
    return direction;
  }

  /** The value at the accepted point, which is left in {@code next}. */
  private static double search(
      Objective objective,
      double[] point,
      double value,
      double[] gradient,
      double[] direction,
      double first,
      double[] next,
      double[] nextGradient) {
    double slope = dot(gradient, direction);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double step = first;
    double found = value;
    for (int i = 0; i < SEARCH_STEPS; i++) {
      System.arraycopy(point, 0, next, 0, point.length);
      add(next, step, direction);
      found = objective.at(next, nextGradient);
      if (!(found <= value + SUFFICIENT_DECREASE * step * slope)) {
        high = step;
      } else if (dot(nextGradient, direction) < CURVATURE * slope) {
        low = step;
      } else {
        return found;
      }
      step = Double.isInfinite(high) ? 2 * low : (low + high) / 2;
    }
    return found;
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, k -> a[k] - b[k]);
    return difference;
  }

  private static void add(double[] target, double factor, double[] values) {
    for (int k = 0; k < target.length; k++) {
      target[k] += factor * values[k];
    }
  }

  private static double dot(double[] a, double[] b) {
    double even = 0;
    double odd = 0;
    int k = 0;
    for (; k + 2 <= a.length; k += 2) {
      even += a[k] * b[k];
      odd += a[k + 1] * b[k + 1];
    }
    return k < a.length ? even + odd + a[k] * b[k] : even + odd;
  }

  private static double norm(double[] values) {
    return Math.sqrt(dot(values, values));
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
