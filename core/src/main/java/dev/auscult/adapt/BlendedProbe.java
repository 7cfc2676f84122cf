package dev.auscult.adapt;

import dev.auscult.data.LabelMode;
import dev.auscult.learning.DoubleRows;
import java.util.Arrays;
import java.util.List;

/**
 * The state of LP++ (Huang 2024). Symbols: images {@code X [n, d]}, class texts {@code T [k, d]},
 * weights {@code W [k, d]}, intercepts {@code b}, shares {@code a}; logits {@code X W^T + b + a X
 * T^T}. The steps: {@code 4 n / lambda_max(X^T X)} for weights and intercepts, {@code n / (4 max_k
 * sum_i (x_i t_k)^2)} for the shares. Weights begin as the sums of each class's images, shares at
 * 250 times the mean over classes of the mean similarity of its images and text.
 *
 * <p>Where labels do not exclude each other, a text is its difference to that of nothing found, and
 * the loss of a label's logit is logistic.
 */
final class BlendedProbe {
  private static final double MOMENTUM = .9;
  private static final double FIRST_SHARE = 250;
  private static final int POWER_STEPS = 1000;

  private final AdaptationTask task;
  private final double[][] images;
  private final double[][] imagesTransposed;
  private final double[][] texts;
  private final double[][] byText;
  private final double weightStep;
  private final double shareStep;
  private final double[][] weights;
  private final double[] intercepts;
  private final double[] shares;
  private final double[][] weightMomentum;
  private final double[] interceptMomentum;

  BlendedProbe(AdaptationTask task) {
    LabelledFeatures train = task.train();
    int classes = task.labels().size();
    int dimension = train.dimension();
    this.task = task;
    this.images = DoubleRows.doubles(train.images());
    this.imagesTransposed = DoubleRows.transposed(images);
    this.texts = texts(task);
    this.byText = new double[classes][images.length];
    DoubleRows.addProduct(texts, imagesTransposed, byText);
    this.weightStep = 4 * images.length / largestEigenvalue();
    this.shareStep = images.length / (4 * largestSquares());
    this.weights = new double[classes][dimension];
    this.intercepts = new double[classes];
    this.shares = new double[classes];
    this.weightMomentum = new double[classes][dimension];
    this.interceptMomentum = new double[classes];
    DoubleRows.addProduct(membership(train.labels(), classes), images, weights);
    Arrays.fill(shares, firstShare(train));
  }

  private static double[][] texts(AdaptationTask task) {
    double[][] texts = DoubleRows.doubles(task.texts().vectors(PromptUse.MEAN));
    if (task.mode() == LabelMode.MULTIPLE) {
      for (double[] text : texts) {
        for (int k = 0; k < text.length; k++) {
          text[k] -= task.texts().none().get(0, k);
        }
      }
    }
    return texts;
  }

  /** 1 where a sample has a class, {@code [classes, n]}. */
  private static double[][] membership(List<List<Integer>> labels, int classes) {
    double[][] membership = new double[classes][labels.size()];
    for (int i = 0; i < labels.size(); i++) {
      for (int label : labels.get(i)) {
        membership[label][i] = 1;
      }
    }
    return membership;
  }

  private double largestEigenvalue() {
    double[] vector = new double[images[0].length];
    Arrays.fill(vector, 1 / Math.sqrt(vector.length));
    double eigenvalue = 0;
    for (int step = 0; step < POWER_STEPS; step++) {
      double[][] projected = new double[1][images.length];
      DoubleRows.addProduct(new double[][] {vector}, imagesTransposed, projected);
      double[][] next = new double[1][vector.length];
      DoubleRows.addProduct(projected, images, next);
      double norm = Math.sqrt(Arrays.stream(next[0]).map(value -> value * value).sum());
      vector = Arrays.stream(next[0]).map(value -> value / norm).toArray();
      if (Math.abs(norm - eigenvalue) <= 1e-12 * norm) {
        return norm;
      }
      eigenvalue = norm;
    }
    return eigenvalue;
  }

  private double largestSquares() {
    return Arrays.stream(byText)
        .mapToDouble(row -> Arrays.stream(row).map(value -> value * value).sum())
        .max()
        .orElseThrow();
  }

  private double firstShare(LabelledFeatures train) {
    int[] frequencies = train.frequencies(byText.length);
    double sum = 0;
    int present = 0;
    for (int c = 0; c < frequencies.length; c++) {
      if (frequencies[c] > 0) {
        double ofClass = 0;
        for (int i = 0; i < images.length; i++) {
          ofClass += train.labels().get(i).contains(c) ? byText[c][i] : 0;
        }
        sum += ofClass / frequencies[c];
        present++;
      }
    }
    return FIRST_SHARE * sum / present;
  }

  /** One iteration; the loss before it. */
  double iterate(boolean movesShares) {
    double[][] logits = new double[weights.length][images.length];
    DoubleRows.addProduct(weights, imagesTransposed, logits);
    for (int c = 0; c < logits.length; c++) {
      for (int i = 0; i < images.length; i++) {
        logits[c][i] += intercepts[c] + shares[c] * byText[c][i];
      }
    }
    double loss = loss(logits);
    double[][] byWeight = new double[weights.length][images[0].length];
    DoubleRows.addProduct(logits, images, byWeight);
    for (int c = 0; c < weights.length; c++) {
      descend(weights[c], byWeight[c], weightMomentum[c]);
      interceptMomentum[c] = MOMENTUM * interceptMomentum[c] + Arrays.stream(logits[c]).sum();
      intercepts[c] -= weightStep * interceptMomentum[c];
      if (movesShares) {
        double byShare = 0;
        for (int i = 0; i < images.length; i++) {
          byShare += logits[c][i] * byText[c][i];
        }
        shares[c] -= shareStep * byShare;
      }
    }
    return loss;
  }

  private void descend(double[] values, double[] gradient, double[] momentum) {
    for (int k = 0; k < values.length; k++) {
      momentum[k] = MOMENTUM * momentum[k] + gradient[k];
      values[k] -= weightStep * momentum[k];
    }
  }

  /** The loss of logits {@code [classes, n]}, which are overwritten with its derivative. */
  private double loss(double[][] logits) {
    int columns = ExtraColumn.columns(logits.length, task.mode());
    double[][] rows = new double[images.length][columns];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < logits.length; c++) {
        rows[i][c] = logits[c][i];
      }
    }
    double loss = ClassLoss.of(rows, task.train().labels(), task.mode());
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < logits.length; c++) {
        logits[c][i] = rows[i][c];
      }
    }
    return loss;
  }

  /** What was learnt so far: {@code W + a T} and the intercepts. */
  LinearHead toHead() {
    double[][] blended = new double[weights.length][];
    for (int c = 0; c < blended.length; c++) {
      blended[c] = weights[c].clone();
      for (int k = 0; k < blended[c].length; k++) {
        blended[c][k] += shares[c] * texts[c][k];
      }
    }
    return new LinearHead(
        DoubleRows.matrix(blended, blended[0].length),
        DoubleRows.matrix(new double[][] {intercepts}, intercepts.length));
  }
}
