package dev.auscult.adapt;

import dev.auscult.adapt.Bottleneck.OuterActivation;
import java.util.Arrays;
import java.util.List;

/** The image branch against fixed class texts. */
final class ClipAdapterNetwork {
  private final AdaptationTask task;
  private final float[][] images;
  private final float[][] texts;
  private final AdapterBranch branch;
  private final CosineLayer cosines;

  ClipAdapterNetwork(float[][] down, float[][] up, double ratio, AdaptationTask task, int batch) {
    int dimension = task.train().dimension();
    this.task = task;
    this.images = Rows.of(task.train().images());
    this.texts = Rows.of(ExtraColumn.texts(task.texts(), task.mode()));
    this.branch =
        new AdapterBranch(
            List.of(new BottleneckLayer(down, up, ratio, false, OuterActivation.RELU, batch)),
            dimension,
            batch);
    this.cosines = new CosineLayer(dimension, batch, texts.length);
  }

  /** Updates the adapter on some training samples; their mean loss before. */
  double update(int[] rows, double rate) {
    float[][] input = Arrays.stream(rows).mapToObj(row -> images[row]).toArray(float[][]::new);
    float[][] unit = branch.forward(input, rows.length);
    double[][] logits = cosines.forward(unit, rows.length, texts, texts.length);
    scale(logits);
    double loss =
        ClassLoss.of(
            logits,
            Arrays.stream(rows).mapToObj(row -> task.train().labels().get(row)).toList(),
            task.mode());
    scale(logits);
    cosines.backward(logits, unit, texts);
    branch.backward(cosines.byImage(), rows.length);
    branch.step(rate);
    return loss;
  }

  private void scale(double[][] values) {
    for (double[] row : values) {
      for (int k = 0; k < row.length; k++) {
        row[k] *= task.logitScale();
      }
    }
  }

  EmbeddingAdapter toAdapter() {
    return new EmbeddingAdapter(branch.toBottlenecks(), List.of(), PromptUse.MEAN);
  }
}
