package dev.auscult.overlay;

import dev.auscult.embed.Embeddings;
import java.util.List;

/** What a classifier makes of embedded images. */
@FunctionalInterface
public interface ClassScorer {

  /** The scores of each image, in the order of the rows. */
  List<ClassScores> of(Embeddings images);

  /**
   * The scores of one image, one per class in the order of the classes.
   *
   * @param probabilities 0 to 1
   * @param scores what probabilities follow from: logit scale times cosine, natural log units
   */
  record ClassScores(List<Double> probabilities, List<Double> scores) {
    /** Copies the lists. */
    public ClassScores {
      probabilities = List.copyOf(probabilities);
      scores = List.copyOf(scores);
    }

    /** The class with the highest score; the first of equals. */
    int predicted() {
      int best = 0;
      for (int c = 1; c < scores.size(); c++) {
        best = scores.get(c) > scores.get(best) ? c : best;
      }
      return best;
    }

    /** How far the score of a class is above the best other; below 0 where another is higher. */
    double margin(int of) {
      double other = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < scores.size(); c++) {
        other = c == of ? other : Math.max(other, scores.get(c));
      }
      return scores.get(of) - other;
    }
  }
}
