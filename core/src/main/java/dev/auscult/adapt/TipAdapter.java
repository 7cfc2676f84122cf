package dev.auscult.adapt;

import dev.auscult.adapt.Adaptation.EpochLoss;
import dev.auscult.base.Progress;
import dev.auscult.learning.Adam;
import dev.auscult.learning.ClassBalance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tip-Adapter and Tip-Adapter-F (Zhang 2022): class texts and a cache of the training images vote
 * together. Share and sharpness of the cache are those of a grid whose loss on the validation split
 * is least; without one they stay as they begin. Keys are trained by AdamW (epsilon 1e-4, weight
 * decay 0.01) at a rate that falls along a cosine.
 *
 * @param keys whether they are trained
 * @param share a, before it is chosen
 * @param sharpness b, before it is chosen
 * @param schedule of the keys' training
 */
public record TipAdapter(CacheKeys keys, double share, double sharpness, TrainingSchedule schedule)
    implements AdapterTrainer {
  private static final double EPSILON = 1e-4;
  private static final double WEIGHT_DECAY = 1e-2;
  private static final int SHARES = 20;
  private static final int SHARPNESSES = 20;
  private static final double LARGEST_SHARE = 3;
  private static final double LARGEST_SHARPNESS = 7;

  /** As published: a 1.17, b 1; 20 epochs of batches of 256 at 1e-3. */
  public static TipAdapter standard(CacheKeys keys) {
    return new TipAdapter(keys, 1.17, 1, new TrainingSchedule(20, 256, 1e-3));
  }

  @Override
  public AdaptationMethod method() {
    return switch (keys) {
      case FIXED -> AdaptationMethod.TIP;
      case TRAINED -> AdaptationMethod.TIP_F;
    };
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("a", Double.toString(share));
    settings.put("b", Double.toString(sharpness));
    if (keys == CacheKeys.TRAINED) {
      settings.put("epochs", Integer.toString(schedule.epochs()));
      settings.put("batch", Integer.toString(schedule.batch()));
      settings.put("learning-rate", Double.toString(schedule.learningRate()));
    }
    return settings;
  }

  @Override
  public Adaptation train(AdaptationTask task, Progress progress) {
    CacheHead cache = cache(task);
    List<EpochLoss> curve = new ArrayList<>();
    if (keys == CacheKeys.TRAINED) {
      CacheTraining training = new CacheTraining(cache, task);
      trainKeys(training, task, curve, progress);
      cache = training.toHead();
    }
    CacheHead chosen = choose(cache, task);
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("a", String.format(Locale.ROOT, "%.4g", chosen.share()));
    choices.put("b", String.format(Locale.ROOT, "%.4g", chosen.sharpness()));
    return new Adaptation(chosen, curve, task.validation().size() == 0 ? Map.of() : choices);
  }

  /** The cache before anything is trained or chosen. */
  CacheHead cache(AdaptationTask task) {
    LabelledFeatures train = task.train();
    int columns = ExtraColumn.columns(task.labels().size(), task.mode());
    float[][] values =
        train.labels().stream()
            .map(labels -> ExtraColumn.values(labels, columns))
            .toArray(float[][]::new);
    return new CacheHead(
        train.images(),
        Rows.matrix(values, columns),
        ExtraColumn.texts(task.texts(), task.mode()),
        share,
        sharpness,
        task.logitScale(),
        task.mode());
  }

  private void trainKeys(
      CacheTraining training, AdaptationTask task, List<EpochLoss> curve, Progress progress) {
    int samples = task.train().size();
    int batch = Math.min(schedule.batch(), samples);
    int steps = schedule.epochs() * ((samples + batch - 1) / batch);
    Adam optimiser = new Adam(training.keys(), EPSILON, WEIGHT_DECAY);
    int step = 0;
    try (Progress.Task counting = progress.begin("Tip-Adapter-F", schedule.epochs())) {
      for (int epoch = 0; epoch < schedule.epochs(); epoch++) {
        double sum = 0;
        for (int[] rows : Batches.of(samples, batch, epoch, task.seed())) {
          sum += rows.length * training.loss(rows);
          double cosine = (1 + Math.cos(Math.PI * step++ / steps)) / 2;
          optimiser.step(training.gradient(), schedule.learningRate() * cosine);
        }
        curve.add(new EpochLoss(epoch + 1, sum / samples));
        counting.advance(1);
      }
    }
  }

  private static CacheHead choose(CacheHead cache, AdaptationTask task) {
    LabelledFeatures validation = task.validation();
    if (validation.size() == 0) {
      return cache;
    }
    CacheLogits logits = new CacheLogits(cache, validation.images());
    CacheHead best = cache;
    double least = Double.POSITIVE_INFINITY;
    for (int b = 0; b < SHARPNESSES; b++) {
      double sharpness = step(b, SHARPNESSES, LARGEST_SHARPNESS);
      for (int a = 0; a < SHARES; a++) {
        double share = step(a, SHARES, LARGEST_SHARE);
        double loss =
            PredictionLoss.of(
                ExtraColumn.takeOff(logits.of(share, sharpness), task.mode()),
                validation,
                task.mode(),
                ClassBalance.PLAIN);
        if (loss < least) {
          least = loss;
          best = cache.with(share, sharpness);
        }
      }
    }
    return best;
  }

  /** Evenly from 0.1 to {@code largest}. */
  private static double step(int index, int steps, double largest) {
    return .1 + index * (largest - .1) / (steps - 1);
  }
}
