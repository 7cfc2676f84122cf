package dev.auscult.shapley;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.stream.IntStream;

/** How the vectors of an image coalition and of a text coalition become one score. */
public sealed interface JointScore {

  /** The score of vector {@code u} of the image side and vector {@code v} of the text side. */
  double of(Vectors image, int u, Vectors text, int v);

  /** The scores of several pairs: of vectors {@code u[i]} and {@code v[i]}. */
  default double[] of(Vectors image, int[] u, Vectors text, int[] v) {
    double[] scores = new double[u.length];
    Arrays.setAll(scores, i -> of(image, u[i], text, v[i]));
    return scores;
  }

  /**
   * What a classifier on top of both encoders makes of pairs, which it is asked for many at a time:
   * one image vector with all text vectors, or pairs as they are wanted. Not thread-safe.
   */
  final class Classified implements JointScore {
    private final Pairs classifier;
    private final IdentityHashMap<Vectors, IdentityHashMap<Vectors, double[][]>> known =
        new IdentityHashMap<>();

    /** A classifier's score of pairs. */
    @FunctionalInterface
    public interface Pairs {
      /** The scores of vectors {@code u[i]} of images and {@code v[i]} of texts. */
      double[] of(Vectors images, int[] u, Vectors texts, int[] v);
    }

    /** The score of a classifier. */
    public Classified(Pairs classifier) {
      this.classifier = classifier;
    }

    @Override
    public double of(Vectors image, int u, Vectors text, int v) {
      double[][] rows =
          known
              .computeIfAbsent(image, key -> new IdentityHashMap<>())
              .computeIfAbsent(text, key -> new double[image.count()][]);
      if (rows[u] == null) {
        int[] same = new int[text.count()];
        Arrays.fill(same, u);
        rows[u] = of(image, same, text, IntStream.range(0, text.count()).toArray());
      }
      return rows[u][v];
    }

    @Override
    public double[] of(Vectors image, int[] u, Vectors text, int[] v) {
      return classifier.of(image, u, text, v);
    }
  }

  /**
   * {@code scale * <u, v>}: the score of a dual encoder.
   *
   * @param scale the logit scale
   */
  record Product(double scale) implements JointScore {
    @Override
    public double of(Vectors image, int u, Vectors text, int v) {
      return scale * image.dot(u, text, v);
    }
  }

  /**
   * {@code 1 / (1 + exp(-(scale * <u, v> + bias)))}: the probability of a sigmoid-trained encoder.
   *
   * @param scale the logit scale
   * @param bias the logit bias; 0 where a model has none
   */
  record Sigmoid(double scale, double bias) implements JointScore {
    @Override
    public double of(Vectors image, int u, Vectors text, int v) {
      return 1 / (1 + Math.exp(-(scale * image.dot(u, text, v) + bias)));
    }
  }

  /**
   * The probability of one candidate among several, {@code softmax_c(scale * <u, v_c>)}. A vector
   * of the text side is those of all candidates, one after another, under the same coalition.
   *
   * @param scale the logit scale
   * @param target which candidate, from 0
   * @param candidates how many there are
   */
  record Softmax(double scale, int target, int candidates) implements JointScore {
    /** Checks the numbers. */
    public Softmax {
      if (candidates < 1 || target < 0 || target >= candidates) {
        throw new IllegalArgumentException("candidate %d of %d".formatted(target, candidates));
      }
    }

    @Override
    public double of(Vectors image, int u, Vectors text, int v) {
      double wanted = scale * image.dot(u, text, v, target);
      double sum = 0;
      for (int candidate = 0; candidate < candidates; candidate++) {
        sum += Math.exp(scale * image.dot(u, text, v, candidate) - wanted);
      }
      return 1 / sum;
    }
  }

  /**
   * The probability of one text among others that are the same whoever is present, {@code exp(scale
   * <u, v>) / (exp(scale <u, v>) + sum_c exp(scale <u, v_c>))}. What the others add up to is
   * computed once for every image vector; not thread-safe.
   */
  final class Against implements JointScore {
    private final double scale;
    private final Vectors others;
    private final IdentityHashMap<Vectors, double[]> logSums = new IdentityHashMap<>();

    /**
     * @param scale the logit scale
     * @param others the texts it competes with
     */
    public Against(double scale, Vectors others) {
      this.scale = scale;
      this.others = others;
    }

    @Override
    public double of(Vectors image, int u, Vectors text, int v) {
      double[] known = logSums.computeIfAbsent(image, all -> unknown(all.count()));
      if (Double.isNaN(known[u])) {
        known[u] = logSum(image, u);
      }
      return 1 / (1 + Math.exp(known[u] - scale * image.dot(u, text, v)));
    }

    private static double[] unknown(int count) {
      double[] unknown = new double[count];
      Arrays.fill(unknown, Double.NaN);
      return unknown;
    }

    private double logSum(Vectors image, int u) {
      double[] scores = new double[others.count()];
      for (int c = 0; c < scores.length; c++) {
        scores[c] = scale * image.dot(u, others, c);
      }
      double largest = Arrays.stream(scores).max().orElse(Double.NEGATIVE_INFINITY);
      return scores.length == 0
          ? largest
          : largest + Math.log(Arrays.stream(scores).map(s -> Math.exp(s - largest)).sum());
    }
  }
}
