package dev.auscult.adapt;

import dev.auscult.adapt.Adaptation.EpochLoss;
import dev.auscult.base.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * CLIP-LoRA (Zanella 2024): low-rank updates of the maps to queries, keys and values in all blocks
 * of both encoders. As in the published code: AdamW with weight decay 1e-2, half a cosine by
 * updates down to 1e-6, A uniform within {@code 1/sqrt(in)} and B 0 at the beginning.
 *
 * @param rank r
 * @param alpha the update's factor is {@code alpha / sqrt(r)}
 * @param dropout share of the update's input that is left out in training
 * @param iterations updates; if empty 500 for each training sample per label, of at most 16
 * @param batch samples per update; a last partial batch of an epoch counts
 * @param learningRate the highest
 */
public record ClipLora(
    int rank, double alpha, double dropout, OptionalInt iterations, int batch, double learningRate)
    implements AdapterTrainer {
  /** Rank 2, alpha 1, dropout 0.25, batches of 32, 2e-4. */
  public static final ClipLora STANDARD = new ClipLora(2, 1, .25, OptionalInt.empty(), 32, 2e-4);

  private static final int PER_SHOT = 500;
  private static final int MOST_SHOTS = 16;
  private static final double LEAST_RATE = 1e-6;

  /** Checks the numbers. */
  public ClipLora {
    if (rank < 1
        || !(alpha > 0)
        || !(dropout >= 0 && dropout < 1)
        || iterations.orElse(1) < 1
        || batch < 1
        || !(learningRate > 0)) {
      throw new IllegalArgumentException(
          "rank %d, alpha %s, dropout %s, %s iterations, batches of %d, learning rate %s"
              .formatted(rank, alpha, dropout, iterations, batch, learningRate));
    }
  }

  @Override
  public AdaptationMethod method() {
    return AdaptationMethod.LORA;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("rank", Integer.toString(rank));
    settings.put("alpha", Double.toString(alpha));
    settings.put("dropout", Double.toString(dropout));
    settings.put(
        "iterations", iterations.isPresent() ? Integer.toString(iterations.getAsInt()) : "shots");
    settings.put("batch", Integer.toString(batch));
    settings.put("learning-rate", Double.toString(learningRate));
    return settings;
  }

  /** The factor of every update. */
  double scale() {
    return alpha / Math.sqrt(rank);
  }

  @Override
  public Adaptation train(AdaptationTask task, Progress progress) {
    int updates = iterations.orElse(iterationsFor(task));
    List<EpochLoss> curve = new ArrayList<>();
    try (LowRankTraining training = LowRankTraining.of(this, task);
        Progress.Task counting = progress.begin("CLIP-LoRA", updates)) {
      int done = 0;
      for (int epoch = 0; done < updates; epoch++) {
        double sum = 0;
        int seen = 0;
        for (int[] rows : Batches.of(task.train().size(), batch, epoch, task.seed())) {
          if (done < updates) {
            sum += rows.length * training.update(rows, rate(done, updates));
            seen += rows.length;
            done++;
            counting.advance(1);
          }
        }
        curve.add(new EpochLoss(epoch + 1, sum / seen));
      }
      return new Adaptation(training.toAdapter(), curve, Map.of());
    }
  }

  /** The learning rate of an update, from 0. */
  double rate(int update, int updates) {
    return LEAST_RATE
        + (learningRate - LEAST_RATE) * (1 + Math.cos(Math.PI * update / updates)) / 2;
  }

  private static int iterationsFor(AdaptationTask task) {
    return PER_SHOT * (int) Math.max(1, Math.min(MOST_SHOTS, Math.round(task.shots())));
  }
}
