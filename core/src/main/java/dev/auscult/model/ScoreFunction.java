package dev.auscult.model;

import java.util.Arrays;

/**
 * How the cosine of an image and a text becomes a score, {@code scale * cosine + bias}, and a score
 * a probability.
 *
 * @param scale the factor on the cosine, {@code exp} of the learnt logit scale
 * @param bias added to the scaled cosine; 0 in models trained with a softmax
 * @param probability what makes probabilities of scores
 */
public record ScoreFunction(double scale, double bias, Probability probability) {

  /** What makes probabilities of the scores of one image. */
  public enum Probability {
    /** Candidates compete (CLIP, Radford 2021). */
    SOFTMAX,
    /** Each candidate by itself (SigLIP, Zhai 2023). */
    SIGMOID
  }

  /** Checks the numbers. */
  public ScoreFunction {
    if (!Double.isFinite(scale) || !Double.isFinite(bias)) {
      throw new IllegalArgumentException("score %s * cosine + %s".formatted(scale, bias));
    }
  }

  /** CLIP's: {@code scale * cosine}, softmax over candidates. */
  public static ScoreFunction softmax(double scale) {
    return new ScoreFunction(scale, 0, Probability.SOFTMAX);
  }

  /** SigLIP's: {@code sigmoid(scale * cosine + bias)}. */
  public static ScoreFunction sigmoid(double scale, double bias) {
    return new ScoreFunction(scale, bias, Probability.SIGMOID);
  }

  /** The score of a cosine. */
  public double of(double cosine) {
    return scale * cosine + bias;
  }

  /** The probability of each candidate, of the cosines of one image with all of them. */
  public double[] probabilities(double[] cosines) {
    double[] scores = Arrays.stream(cosines).map(this::of).toArray();
    return switch (probability) {
      case SOFTMAX -> softmax(scores);
      case SIGMOID -> Arrays.stream(scores).map(score -> 1 / (1 + Math.exp(-score))).toArray();
    };
  }

  private static double[] softmax(double[] scores) {
    double largest = Arrays.stream(scores).max().orElse(0);
    double[] shares = Arrays.stream(scores).map(score -> Math.exp(score - largest)).toArray();
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / sum).toArray();
  }
}
