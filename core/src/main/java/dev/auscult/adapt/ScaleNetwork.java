package dev.auscult.adapt;

import java.util.List;

/** Both branches of SCALE with their loss: one update at a time. */
final class ScaleNetwork {
  private final AdapterBranch images;
  private final AdapterBranch texts;
  private final CosineLayer cosines;
  private final ScaleLoss loss;

  ScaleNetwork(AdapterBranch images, AdapterBranch texts, CosineLayer cosines, ScaleLoss loss) {
    this.images = images;
    this.texts = texts;
    this.cosines = cosines;
    this.loss = loss;
  }

  /**
   * Computes the loss of a batch and updates both branches.
   *
   * @param imageRows {@code [n, d]}
   * @param imageLabels the combinations of each
   * @param textRows {@code [t, d]}, as many as the batch has texts
   */
  ScaleLoss.Terms update(
      float[][] imageRows, int[][] imageLabels, float[][] textRows, ScaleBatch batch, double rate) {
    int n = imageLabels.length;
    int t = batch.size();
    float[][] u = images.forward(imageRows, n);
    float[][] v = texts.forward(textRows, t);
    double[][] q = cosines.forward(u, n, v, t);
    double[][] byCosine = new double[n][t];
    ScaleLoss.Terms terms = loss.of(q, batch.columns(), imageLabels, batch.labels(), byCosine);
    cosines.backward(byCosine, u, v);
    images.backward(cosines.byImage(), n);
    texts.backward(cosines.byText(), t);
    images.step(rate);
    texts.step(rate);
    return terms;
  }

  /** What was learnt so far. */
  EmbeddingAdapter toAdapter(PromptUse use) {
    List<Bottleneck> image = images.toBottlenecks();
    return new EmbeddingAdapter(image, texts.toBottlenecks(), use);
  }
}
