package dev.auscult.adapt;

import dev.auscult.adapt.Adaptation.EpochLoss;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * SCALE (Engelson et al.): adapters on both branches, trained by cross-entropies over class-concept
 * combinations, concepts and classes, and by supervised contrast of images and of texts. What the
 * paper leaves open is a component here.
 *
 * @param shape of the adapters of each branch
 * @param objective the loss
 * @param schedule of Adam at a constant rate
 * @param pairing which text goes with an image
 * @param use which prompts speak for a combination when the adapter scores
 */
public record ScaleTrainer(
    AdapterShape shape,
    ScaleObjective objective,
    TrainingSchedule schedule,
    TextPairing pairing,
    PromptUse use)
    implements AdapterTrainer {
  /** With the defaults of the documentation. */
  public static final ScaleTrainer STANDARD =
      new ScaleTrainer(
          AdapterShape.STANDARD,
          ScaleObjective.STANDARD,
          TrainingSchedule.STANDARD,
          TextPairing.MIXED,
          PromptUse.CANONICAL);

  @Override
  public AdaptationMethod method() {
    return AdaptationMethod.SCALE;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("depth", Integer.toString(shape.depth()));
    settings.put("reduction", Integer.toString(shape.reduction()));
    settings.put("alpha", Double.toString(shape.ratio()));
    settings.put("lambda", objective.weights().toString());
    settings.put("tau", Double.toString(objective.temperature()));
    settings.put("rows", word(objective.normalisation()));
    settings.put("reduce", word(objective.reduction()));
    settings.put("columns", word(objective.columns()));
    settings.put(
        "scale", objective.scale().isPresent() ? "" + objective.scale().getAsDouble() : "model");
    settings.put("pairing", word(pairing));
    settings.put("score-with", word(use));
    settings.put("epochs", Integer.toString(schedule.epochs()));
    settings.put("batch", Integer.toString(schedule.batch()));
    settings.put("learning-rate", Double.toString(schedule.learningRate()));
    return settings;
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Adaptation train(AdaptationTask task, Progress progress) {
    LabelledFeatures train = task.train().rows(task.train().labelled());
    float[][] images = Rows.of(train.images());
    float[][] prompts = Rows.of(task.texts().prompts());
    int[][] labels = train.labelArrays();
    int batch = Math.min(schedule.batch(), train.size());
    ScaleNetwork network = network(task, batch);
    ScaleBatch texts = new ScaleBatch(task.texts(), objective.columns(), pairing);
    List<EpochLoss> curve = new ArrayList<>();
    try (Progress.Task counting = progress.begin("SCALE", schedule.epochs())) {
      for (int epoch = 0; epoch < schedule.epochs(); epoch++) {
        SplittableRandom random = task.seed().derive("pairs").derive(epoch).random();
        double sum = 0;
        for (int[] rows : Batches.of(train.size(), batch, epoch, task.seed())) {
          int[][] ofBatch = select(labels, rows);
          texts.pair(ofBatch, random);
          sum +=
              rows.length
                  * network
                      .update(
                          select(images, rows),
                          ofBatch,
                          textRows(prompts, texts),
                          texts,
                          schedule.learningRate())
                      .total();
        }
        curve.add(new EpochLoss(epoch + 1, sum / train.size()));
        counting.advance(1);
      }
    }
    return new Adaptation(network.toAdapter(use), curve, Map.of());
  }

  private ScaleNetwork network(AdaptationTask task, int batch) {
    int dimension = task.train().dimension();
    int prompts = task.texts().prompts().rows();
    Seed seed = task.seed();
    return new ScaleNetwork(
        AdapterBranch.random(shape, dimension, batch, seed.derive("image")),
        AdapterBranch.random(shape, dimension, prompts, seed.derive("text")),
        new CosineLayer(dimension, batch, prompts),
        objective.loss(task.labels(), task.logitScale()));
  }

  private static int[][] select(int[][] all, int[] rows) {
    int[][] chosen = new int[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = all[rows[i]];
    }
    return chosen;
  }

  private static float[][] select(float[][] all, int[] rows) {
    float[][] chosen = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = all[rows[i]];
    }
    return chosen;
  }

  /** The rows of a batch's texts. */
  static float[][] textRows(float[][] prompts, ScaleBatch batch) {
    float[][] rows = new float[batch.size()][];
    for (int column = 0; column < rows.length; column++) {
      rows[column] = prompts[batch.prompt(column)];
    }
    return rows;
  }
}
