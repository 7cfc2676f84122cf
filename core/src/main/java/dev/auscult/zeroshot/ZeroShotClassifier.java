package dev.auscult.zeroshot;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.Embeddings;
import dev.auscult.embed.TextItem;
import dev.auscult.model.ScoreFunction;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.zeroshot.Prediction.ClassScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Classifies images by their similarity to the prompts of each class (Radford et al. 2021, CLIP):
 * the probability of a class is the softmax of logit scale times cosine, or of models trained so
 * the sigmoid of each class's score by itself (Zhai et al. 2023, SigLIP).
 */
public final class ZeroShotClassifier {
  private static final Comparator<ClassScore> MOST_PROBABLE_FIRST =
      Comparator.comparingDouble(ClassScore::probability)
          .thenComparingDouble(ClassScore::cosine)
          .reversed();

  private final List<String> classes;
  private final Ensemble ensemble;
  private final PromptScores scores;

  private ZeroShotClassifier(List<String> classes, Ensemble ensemble, PromptScores scores) {
    this.classes = classes;
    this.ensemble = ensemble;
    this.scores = scores;
  }

  /**
   * Embeds the prompts of a set, whose classes it tells apart by the set's definition.
   *
   * @param embedder of the model that will embed the images
   * @param score the model's own
   */
  public static ZeroShotClassifier of(
      PromptSet set, Embedder embedder, ScoreFunction score, Progress progress) {
    return of(set, PromptVectors.of(set.texts(), embedder, progress), score);
  }

  /**
   * Of prompts that are embedded already.
   *
   * @param vectors of at least the set's texts
   */
  public static ZeroShotClassifier of(PromptSet set, PromptVectors vectors, ScoreFunction score) {
    return new ZeroShotClassifier(
        set.classNames(), Ensemble.EMBEDDINGS, PromptScores.of(set, vectors, score));
  }

  /**
   * Embeds the prompts of the classes.
   *
   * @param classes names, each once
   * @param prompts the same number of prompts, at least one, for every class
   * @param ensemble how a class's prompts work together
   * @param embedder of the model that will embed the images
   * @param score the model's own
   * @throws InputException if the classes are not at least two different names
   */
  public static ZeroShotClassifier of(
      List<String> classes,
      List<List<String>> prompts,
      Ensemble ensemble,
      Embedder embedder,
      ScoreFunction score,
      Progress progress) {
    checkClasses(classes);
    int perClass = prompts.get(0).size();
    if (prompts.size() != classes.size()
        || perClass == 0
        || prompts.stream().anyMatch(list -> list.size() != perClass)) {
      throw new IllegalArgumentException("not the same number of prompts for every class");
    }
    List<TextItem> texts =
        prompts.stream().flatMap(List::stream).map(prompt -> new TextItem(prompt, prompt)).toList();
    FloatMatrix vectors = embedder.texts(texts, progress).embeddings().vectors();
    return new ZeroShotClassifier(
        List.copyOf(classes),
        ensemble,
        new PromptScores.Voting(voters(vectors, perClass, ensemble), score));
  }

  private static void checkClasses(List<String> classes) {
    if (classes.size() < 2) {
      throw new InputException(
          "labels",
          classes.isEmpty() ? "none" : "only \"" + classes.get(0) + "\"",
          "at least two classes to tell apart",
          "add a class, e.g. \"normal\"");
    }
    HashSet<String> seen = new HashSet<>();
    for (String name : classes) {
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        throw new InputException(
            "labels", "\"" + name + "\" twice", "each class once", "remove one of them");
      }
    }
  }

  private static List<FloatMatrix> voters(FloatMatrix prompts, int perClass, Ensemble ensemble) {
    return switch (ensemble) {
      case EMBEDDINGS -> List.of(means(prompts, perClass));
      case PROBABILITIES ->
          IntStream.range(0, perClass).mapToObj(t -> everyNth(prompts, t, perClass)).toList();
    };
  }

  /** The normalised mean of each run of {@code perClass} rows. */
  private static FloatMatrix means(FloatMatrix prompts, int perClass) {
    int classes = prompts.rows() / perClass;
    int dimension = prompts.columns();
    float[] values = new float[classes * dimension];
    for (int c = 0; c < classes; c++) {
      double[] sum = new double[dimension];
      for (int t = 0; t < perClass; t++) {
        for (int k = 0; k < dimension; k++) {
          sum[k] += prompts.get(c * perClass + t, k);
        }
      }
      double norm =
          Math.sqrt(IntStream.range(0, dimension).mapToDouble(k -> sum[k] * sum[k]).sum());
      for (int k = 0; k < dimension; k++) {
        values[c * dimension + k] = norm == 0 ? 0 : (float) (sum[k] / norm);
      }
    }
    return new FloatMatrix(classes, dimension, values);
  }

  private static FloatMatrix everyNth(FloatMatrix prompts, int first, int step) {
    int classes = prompts.rows() / step;
    float[] values = new float[classes * prompts.columns()];
    for (int c = 0; c < classes; c++) {
      System.arraycopy(
          prompts.row(c * step + first), 0, values, c * prompts.columns(), prompts.columns());
    }
    return new FloatMatrix(classes, prompts.columns(), values);
  }

  /** The classes in the order given. */
  public List<String> classes() {
    return classes;
  }

  /** How the prompts of a class work together. */
  public Ensemble ensemble() {
    return ensemble;
  }

  /** Classifies images embedded by the same model. */
  public List<Prediction> classify(Embeddings images) {
    return IntStream.range(0, images.size())
        .mapToObj(row -> predict(images.ids().get(row), images.vectors(), row))
        .toList();
  }

  private Prediction predict(String id, FloatMatrix images, int row) {
    PromptScores.Scores found = scores.of(images, row);
    List<ClassScore> ranked = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      ranked.add(new ClassScore(classes.get(c), found.probabilities[c], found.cosines[c]));
    }
    ranked.sort(MOST_PROBABLE_FIRST);
    return new Prediction(id, ranked);
  }
}
