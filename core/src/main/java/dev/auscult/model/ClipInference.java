package dev.auscult.model;

import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Runs the towers without gradients over as many inputs as there are, in batches whose intermediate
 * results stay small enough to be fast, and takes only unit rows out.
 */
record ClipInference(ClipModel model) {
  /**
   * Feed-forward activations of one batch; beyond this, memory traffic costs more than it saves.
   */
  private static final long ACTIVATIONS = 8_000_000;

  private static final int MOST_AT_ONCE = 256;

  FloatMatrix images(PixelBatch pixels) {
    ClipConfig.Vision config = model.config().vision();
    int size = config.grid().imageSize();
    if (pixels.channels() != config.channels()
        || pixels.height() != size
        || pixels.width() != size) {
      throw new IllegalArgumentException(
          "images of [%d, %d, %d]; the model takes [%d, %d, %d]"
              .formatted(
                  pixels.channels(),
                  pixels.height(),
                  pixels.width(),
                  config.channels(),
                  size,
                  size));
    }
    float[] rows = new float[Math.multiplyExact(pixels.count(), model.config().dimension())];
    int atOnce = atOnce(config.transformer(), config.grid().count() + 1);
    for (int from = 0; from < pixels.count(); from += atOnce) {
      encodeImages(pixels, from, Math.min(atOnce, pixels.count() - from), rows);
    }
    return new FloatMatrix(pixels.count(), model.config().dimension(), rows);
  }

  private void encodeImages(PixelBatch pixels, int from, int count, float[] rows) {
    int each = pixels.valuesPerImage();
    float[] values = Arrays.copyOfRange(pixels.values(), from * each, (from + count) * each);
    try (Scope scope = Scope.inference()) {
      Tensor input = Tensor.of(values, count, pixels.channels(), pixels.height(), pixels.width());
      float[] embedded = unitRows(model.vision().forward(input));
      System.arraycopy(embedded, 0, rows, from * model.config().dimension(), embedded.length);
    }
  }

  FloatMatrix texts(int[][] ids, int[] pooled) {
    checkTexts(ids, pooled);
    int dimension = model.config().dimension();
    float[] rows = new float[Math.multiplyExact(ids.length, dimension)];
    int[] order =
        IntStream.range(0, ids.length)
            .boxed()
            .sorted(Comparator.comparingInt(text -> pooled[text]))
            .mapToInt(Integer::intValue)
            .toArray();
    int from = 0;
    while (from < order.length) {
      int to = from + 1;
      while (to < order.length && to - from < textsAtOnce(pooled[order[to]] + 1)) {
        to++;
      }
      encodeTexts(ids, pooled, Arrays.copyOfRange(order, from, to), rows);
      from = to;
    }
    return new FloatMatrix(ids.length, dimension, rows);
  }

  /** What follows the pooled position cannot change the embedding and is not computed. */
  private void encodeTexts(int[][] ids, int[] pooled, int[] chosen, float[] rows) {
    int length = pooled[chosen[chosen.length - 1]] + 1;
    long[] padded = new long[chosen.length * length];
    long[] positions = new long[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      positions[i] = pooled[chosen[i]];
      for (int j = 0; j <= pooled[chosen[i]]; j++) {
        padded[i * length + j] = ids[chosen[i]][j];
      }
    }
    int dimension = model.config().dimension();
    try (Scope scope = Scope.inference()) {
      Tensor input = Tensor.of(padded, chosen.length, length);
      float[] embedded = unitRows(model.text().forward(input, Tensor.of(positions, chosen.length)));
      for (int i = 0; i < chosen.length; i++) {
        System.arraycopy(embedded, i * dimension, rows, chosen[i] * dimension, dimension);
      }
    }
  }

  private void checkTexts(int[][] ids, int[] pooled) {
    ClipConfig.Text config = model.config().text();
    if (ids.length != pooled.length) {
      throw new IllegalArgumentException(
          "%d texts and %d positions".formatted(ids.length, pooled.length));
    }
    for (int text = 0; text < ids.length; text++) {
      int length = ids[text].length;
      if (length < 1 || length > config.context()) {
        throw new IllegalArgumentException(
            "a text of %d ids; the model takes 1 to %d".formatted(length, config.context()));
      }
      if (pooled[text] < 0 || pooled[text] >= length) {
        throw new IllegalArgumentException(
            "position %d in a text of %d ids".formatted(pooled[text], length));
      }
      for (int id : ids[text]) {
        if (id < 0 || id >= config.vocabulary()) {
          throw new IllegalArgumentException(
              "id %d in a vocabulary of %d".formatted(id, config.vocabulary()));
        }
      }
    }
  }

  private int textsAtOnce(int length) {
    return atOnce(model.config().text().transformer(), length);
  }

  private static int atOnce(TransformerConfig config, int length) {
    long each = (long) length * config.intermediate();
    return (int) Math.max(1, Math.min(MOST_AT_ONCE, ACTIVATIONS / each));
  }

  private static float[] unitRows(Tensor features) {
    return Functions.l2Normalize(features.to(DType.FLOAT32)).toFloats();
  }
}
