package dev.auscult.adapt;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.data.LabelMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an adapter is trained on. There is no test split here: nothing can be chosen on it.
 *
 * @param labels what is told apart
 * @param mode how many labels a sample has
 * @param texts the embedded prompts of each combination
 * @param logitScale the model's factor on the cosine
 * @param train for fitting
 * @param validation for choosing; may be empty where nothing is to be chosen
 * @param seed of everything random
 * @param encoder the model itself, for methods that train through it; empty where only embeddings
 *     are at hand
 */
public record AdaptationTask(
    LabelHierarchy labels,
    LabelMode mode,
    ClassTexts texts,
    double logitScale,
    LabelledFeatures train,
    LabelledFeatures validation,
    Seed seed,
    Optional<TaskEncoder> encoder) {

  /** A task of embeddings alone. */
  public AdaptationTask(
      LabelHierarchy labels,
      LabelMode mode,
      ClassTexts texts,
      double logitScale,
      LabelledFeatures train,
      LabelledFeatures validation,
      Seed seed) {
    this(labels, mode, texts, logitScale, train, validation, seed, Optional.empty());
  }

  /** The same task with the model itself. */
  public AdaptationTask through(TaskEncoder model) {
    return new AdaptationTask(
        labels, mode, texts, logitScale, train, validation, seed, Optional.of(model));
  }

  /**
   * Checks that all fits together.
   *
   * @throws InputException if a label is unknown, only one class has training samples, or a patient
   *     is on both sides
   */
  public AdaptationTask {
    if (texts.combinations() != labels.size()
        || texts.prompts().columns() != train.dimension()
        || validation.dimension() != train.dimension()) {
      throw new IllegalArgumentException(
          "%d combinations, prompts of %d, of %d numbers; images of %d and %d"
              .formatted(
                  labels.size(),
                  texts.combinations(),
                  texts.prompts().columns(),
                  train.dimension(),
                  validation.dimension()));
    }
    train.requireLabels(labels, mode, "training");
    validation.requireLabels(labels, mode, "validation");
    LabelledFeatures.requireDisjoint(Map.of("training", train, "validation", validation));
    train.requireContrast(labels, mode, "the training split");
  }

  /** The mean number of training samples of those labels that have any. */
  double shots() {
    int labelled = labels.size() - withoutSamples().size();
    return (double) train.labels().stream().mapToInt(List::size).sum() / Math.max(1, labelled);
  }

  /** The combinations of which the training split has no sample, in their order. */
  public List<String> withoutSamples() {
    int[] frequencies = train.frequencies(labels.size());
    return IntStream.range(0, frequencies.length)
        .filter(label -> frequencies[label] == 0)
        .mapToObj(label -> labels.names().get(label))
        .toList();
  }
}
