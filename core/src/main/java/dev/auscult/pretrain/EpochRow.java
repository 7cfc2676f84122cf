package dev.auscult.pretrain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A point of the training curves.
 *
 * @param epoch passes over the training samples so far
 * @param step updates so far
 * @param images image presentations so far
 * @param learningRate of the last update
 * @param logitScale the factor on the cosine
 * @param trainLoss mean loss of the updates since the row before
 * @param validation measured at this point; empty if not validated here
 */
public record EpochRow(
    int epoch,
    long step,
    long images,
    double learningRate,
    double logitScale,
    double trainLoss,
    Optional<Measures> validation) {

  /**
   * What validation measures.
   *
   * @param samples validation samples
   * @param loss as in training, on batches of the same size
   * @param zeroShot share of images whose own class and concept has the most similar prompt, if the
   *     samples have labels
   * @param recallAt1 share of images whose own text is the most similar of all different validation
   *     texts, over images that have a text
   * @param recallAt5 share of the same whose own text is among the five most similar
   * @param answers share of questions whose right answer scores highest among the category's, over
   *     questions with 2 to 32 candidates
   */
  public record Measures(
      int samples,
      double loss,
      OptionalDouble zeroShot,
      OptionalDouble recallAt1,
      OptionalDouble recallAt5,
      OptionalDouble answers) {}

  /** In a few words, for a person who watches. */
  public String summary() {
    StringBuilder words = new StringBuilder("epoch " + epoch + ": loss " + decimals(3, trainLoss));
    validation.ifPresent(
        found -> {
          words.append(", validation ").append(decimals(3, found.loss()));
          found.recallAt5().ifPresent(v -> words.append(", recall@5 ").append(decimals(2, v)));
          found.zeroShot().ifPresent(v -> words.append(", zero-shot ").append(decimals(2, v)));
        });
    return words.toString();
  }

  private static String decimals(int count, double value) {
    return String.format(Locale.ROOT, "%." + count + "f", value);
  }

  /** The columns of {@code training.csv}. */
  public static List<String> columns() {
    return List.of(
        "epoch",
        "step",
        "images",
        "learning_rate",
        "logit_scale",
        "train_loss",
        "validation_loss",
        "zero_shot_accuracy",
        "recall_at_1",
        "recall_at_5",
        "answer_accuracy");
  }

  /** This row's cells, empty where nothing was measured. */
  public List<String> cells() {
    List<String> cells =
        new ArrayList<>(
            List.of(
                Integer.toString(epoch),
                Long.toString(step),
                Long.toString(images),
                Double.toString(learningRate),
                Double.toString(logitScale),
                Double.toString(trainLoss)));
    cells.addAll(
        validation
            .map(
                found ->
                    List.of(
                        Double.toString(found.loss()),
                        cell(found.zeroShot()),
                        cell(found.recallAt1()),
                        cell(found.recallAt5()),
                        cell(found.answers())))
            .orElse(List.of("", "", "", "", "")));
    return List.copyOf(cells);
  }

  private static String cell(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }
}
