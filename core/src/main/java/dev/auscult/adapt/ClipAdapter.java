package dev.auscult.adapt;

import dev.auscult.adapt.Adaptation.EpochLoss;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CLIP-Adapter (Gao 2024): a bottleneck with a ReLU after both layers on the image branch, blended
 * with its input at a fixed ratio, trained by cross-entropy with the class texts.
 *
 * @param reduction the bottleneck has {@code d / reduction} units
 * @param ratio alpha, the adapter's share
 * @param schedule of Adam at a constant rate
 */
public record ClipAdapter(int reduction, double ratio, TrainingSchedule schedule)
    implements AdapterTrainer {
  /** A quarter, 0.2, and the schedule of SCALE. */
  public static final ClipAdapter STANDARD = new ClipAdapter(4, .2, TrainingSchedule.STANDARD);

  /** Checks the numbers. */
  public ClipAdapter {
    if (reduction < 1 || !(ratio > 0 && ratio < 1)) {
      throw new IllegalArgumentException("reduction %d, ratio %s".formatted(reduction, ratio));
    }
  }

  @Override
  public AdaptationMethod method() {
    return AdaptationMethod.CLIP_ADAPTER;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("reduction", Integer.toString(reduction));
    settings.put("alpha", Double.toString(ratio));
    settings.put("epochs", Integer.toString(schedule.epochs()));
    settings.put("batch", Integer.toString(schedule.batch()));
    settings.put("learning-rate", Double.toString(schedule.learningRate()));
    return settings;
  }

  @Override
  public Adaptation train(AdaptationTask task, Progress progress) {
    LabelledFeatures train = task.train();
    int dimension = train.dimension();
    int batch = Math.min(schedule.batch(), train.size());
    int hidden = Math.max(1, dimension / reduction);
    Seed seed = task.seed().derive("image");
    ClipAdapterNetwork network =
        new ClipAdapterNetwork(
            BottleneckLayer.uniform(hidden, dimension, dimension, seed.derive("down").random()),
            BottleneckLayer.uniform(hidden, dimension, hidden, seed.derive("up").random()),
            ratio,
            task,
            batch);
    List<EpochLoss> curve = new ArrayList<>();
    try (Progress.Task counting = progress.begin("CLIP-Adapter", schedule.epochs())) {
      for (int epoch = 0; epoch < schedule.epochs(); epoch++) {
        double sum = 0;
        for (int[] rows : Batches.of(train.size(), batch, epoch, task.seed())) {
          sum += rows.length * network.update(rows, schedule.learningRate());
        }
        curve.add(new EpochLoss(epoch + 1, sum / train.size()));
        counting.advance(1);
      }
    }
    return new Adaptation(network.toAdapter(), curve, Map.of());
  }
}
