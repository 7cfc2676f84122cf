package dev.auscult.adapt;

import dev.auscult.data.LabelMode;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;

/**
 * An adapter that moves embeddings: any prompts, also of classes that it was not trained on, are
 * compared after both sides have moved.
 *
 * @param image what image embeddings pass through, in order; empty leaves them
 * @param text the same of texts
 * @param use which prompts speak for a combination
 */
public record EmbeddingAdapter(List<Bottleneck> image, List<Bottleneck> text, PromptUse use)
    implements Adapter {
  /** Changes nothing: the model's own zero-shot classification. */
  public static final EmbeddingAdapter IDENTITY =
      new EmbeddingAdapter(List.of(), List.of(), PromptUse.MEAN);

  /** Copies the lists. */
  public EmbeddingAdapter {
    image = List.copyOf(image);
    text = List.copyOf(text);
  }

  /** Image embeddings as they become: unit rows {@code [n, d]}. */
  public FloatMatrix images(FloatMatrix rows) {
    return through(image, rows);
  }

  /** Text embeddings as they become: unit rows {@code [n, d]}. */
  public FloatMatrix texts(FloatMatrix rows) {
    return through(text, rows);
  }

  private static FloatMatrix through(List<Bottleneck> layers, FloatMatrix rows) {
    FloatMatrix moved = rows;
    for (Bottleneck layer : layers) {
      moved = layer.blend(moved);
    }
    return layers.isEmpty() ? rows : unit(moved);
  }

  private static FloatMatrix unit(FloatMatrix rows) {
    float[] values = rows.toArray();
    for (int row = 0; row < rows.rows(); row++) {
      double norm = Math.sqrt(rows.dot(row, rows, row));
      for (int k = row * rows.columns(); k < (row + 1) * rows.columns(); k++) {
        values[k] = norm == 0 ? 0 : (float) (values[k] / norm);
      }
    }
    return new FloatMatrix(rows.rows(), rows.columns(), values);
  }

  @Override
  public FloatMatrix scores(
      FloatMatrix images, ClassTexts texts, LabelMode mode, double logitScale) {
    ClassTexts moved = texts.with(texts(texts.prompts()), texts(texts.none()));
    return TextScores.of(images(images), moved.vectors(use), moved.none(), mode, logitScale);
  }
}
