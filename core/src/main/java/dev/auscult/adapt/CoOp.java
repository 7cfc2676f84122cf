package dev.auscult.adapt;

import dev.auscult.adapt.Adaptation.EpochLoss;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Context optimisation (CoOp, Zhou 2022): vectors before the words of every label, the same for all
 * labels, learnt through the frozen text encoder from cached image embeddings. As in the published
 * code: SGD with momentum 0.9 and weight decay 5e-4; one epoch at 1e-5, then half a cosine.
 *
 * @param length vectors of the context, M
 * @param words which words of a label follow it
 * @param epochs passes over the training split; by the number of samples if empty: 50, 100 or 200
 *     for up to 1, up to 4 or more per label
 * @param batch samples per update; a last partial batch counts
 * @param learningRate the highest
 */
public record CoOp(
    int length, PromptWords words, OptionalInt epochs, int batch, double learningRate)
    implements AdapterTrainer {
  /** 16 vectors before the name, batches of 32, 2e-3. */
  public static final CoOp STANDARD = new CoOp(16, PromptWords.NAME, OptionalInt.empty(), 32, 2e-3);

  private static final double DEVIATION = .02;
  private static final double WARM_UP = 1e-5;

  /** Checks the numbers. */
  public CoOp {
    if (length < 1 || epochs.orElse(1) < 1 || batch < 1 || !(learningRate > 0)) {
      throw new IllegalArgumentException(
          "context %d, %s epochs, batches of %d, learning rate %s"
              .formatted(length, epochs, batch, learningRate));
    }
  }

  @Override
  public AdaptationMethod method() {
    return AdaptationMethod.COOP;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("context", Integer.toString(length));
    settings.put("words", MethodSettings.word(words));
    settings.put("epochs", epochs.isPresent() ? Integer.toString(epochs.getAsInt()) : "shots");
    settings.put("batch", Integer.toString(batch));
    settings.put("learning-rate", Double.toString(learningRate));
    return settings;
  }

  @Override
  public Adaptation train(AdaptationTask task, Progress progress) {
    int passes = epochs.orElse(epochsFor(task));
    List<EpochLoss> curve = new ArrayList<>();
    try (ContextTraining training = ContextTraining.of(this, task);
        Progress.Task counting = progress.begin("CoOp", passes)) {
      for (int epoch = 0; epoch < passes; epoch++) {
        double sum = 0;
        for (int[] rows : Batches.of(task.train().size(), batch, epoch, task.seed())) {
          sum += rows.length * training.update(rows, rate(epoch, passes));
          progress.check();
        }
        curve.add(new EpochLoss(epoch + 1, sum / task.train().size()));
        counting.advance(1);
      }
      return new Adaptation(training.toAdapter(), curve, Map.of());
    }
  }

  /** The learning rate of an epoch, from 0. */
  double rate(int epoch, int passes) {
    return epoch == 0 ? WARM_UP : learningRate * (1 + Math.cos(Math.PI * (epoch - 1) / passes)) / 2;
  }

  /** By the mean number of training samples of the labels that have any. */
  static int epochsFor(AdaptationTask task) {
    double shots = task.shots();
    return shots <= 1 ? 50 : shots <= 4 ? 100 : 200;
  }

  /** The context at the beginning, normal with standard deviation 0.02. */
  FloatMatrix initial(int width, Seed seed) {
    SplittableRandom random = seed.derive("context").random();
    float[] values = new float[length * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (DEVIATION * random.nextGaussian());
    }
    return new FloatMatrix(length, width, values);
  }
}
