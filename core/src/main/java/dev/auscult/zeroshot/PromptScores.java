package dev.auscult.zeroshot;

import dev.auscult.model.ScoreFunction;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;
import java.util.function.IntFunction;

/** What an image's vector says of every class. */
sealed interface PromptScores permits PromptScores.Voting, PromptScores.Opposed {

  /** The scores of one image. */
  Scores of(FloatMatrix images, int row);

  /** Probabilities and cosines in the order of the classes; used at once and not kept. */
  final class Scores {
    final double[] probabilities;
    final double[] cosines;

    Scores(double[] probabilities, double[] cosines) {
      this.probabilities = probabilities;
      this.cosines = cosines;
    }
  }

  /** The classes of a prompt set. */
  static PromptScores of(PromptSet set, PromptVectors vectors, ScoreFunction score) {
    int classes = set.classes().size();
    return switch (set.definition()) {
      case NAMES ->
          new Voting(
              List.of(matrix(classes, vectors, c -> vectors.unitMean(set.positiveTexts(c)))),
              score);
      case PAIRS ->
          new Opposed(
              matrix(classes, vectors, c -> vectors.unitMean(set.positiveTexts(c))),
              matrix(classes, vectors, c -> vectors.unitMean(set.negativeTexts(c))),
              score);
      case ATTRIBUTES ->
          new Voting(List.of(matrix(classes, vectors, c -> attributes(set, c, vectors))), score);
    };
  }

  /**
   * The mean of the attributes' unit vectors, not normalised again: its inner product with an image
   * is then the mean of the similarities.
   */
  private static double[] attributes(PromptSet set, int index, PromptVectors vectors) {
    List<List<String>> attributes = set.attributeTexts(index);
    double[] mean = new double[vectors.dimension()];
    for (List<String> texts : attributes) {
      double[] one = vectors.unitMean(texts);
      for (int k = 0; k < mean.length; k++) {
        mean[k] += one[k] / attributes.size();
      }
    }
    return mean;
  }

  private static FloatMatrix matrix(
      int classes, PromptVectors vectors, IntFunction<double[]> ofClass) {
    float[] values = new float[classes * vectors.dimension()];
    for (int c = 0; c < classes; c++) {
      double[] row = ofClass.apply(c);
      for (int k = 0; k < row.length; k++) {
        values[c * row.length + k] = (float) row[k];
      }
    }
    return new FloatMatrix(classes, vectors.dimension(), values);
  }

  private static double[] cosines(FloatMatrix images, int row, FloatMatrix classes) {
    double[] cosines = new double[classes.rows()];
    for (int c = 0; c < cosines.length; c++) {
      cosines[c] = images.dot(row, classes, c);
    }
    return cosines;
  }

  /**
   * Classes compete; every voter's probabilities count the same.
   *
   * @param voters one matrix {@code [classes, d]} each
   */
  record Voting(List<FloatMatrix> voters, ScoreFunction score) implements PromptScores {
    @Override
    public Scores of(FloatMatrix images, int row) {
      int classes = voters.get(0).rows();
      double[] probabilities = new double[classes];
      double[] means = new double[classes];
      for (FloatMatrix voter : voters) {
        double[] cosines = cosines(images, row, voter);
        double[] shares = score.probabilities(cosines);
        for (int c = 0; c < classes; c++) {
          probabilities[c] += shares[c] / voters.size();
          means[c] += cosines[c] / voters.size();
        }
      }
      return new Scores(probabilities, means);
    }
  }

  /**
   * Every class against its own absence: the softmax of both scores, in which the bias of models
   * trained with a sigmoid cancels.
   *
   * @param positive {@code [classes, d]}
   * @param negative {@code [classes, d]}
   */
  record Opposed(FloatMatrix positive, FloatMatrix negative, ScoreFunction score)
      implements PromptScores {
    @Override
    public Scores of(FloatMatrix images, int row) {
      double[] present = cosines(images, row, positive);
      double[] absent = cosines(images, row, negative);
      double[] probabilities = new double[present.length];
      for (int c = 0; c < present.length; c++) {
        probabilities[c] = 1 / (1 + Math.exp(score.of(absent[c]) - score.of(present[c])));
      }
      return new Scores(probabilities, present);
    }
  }
}
