package dev.auscult.model;

import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs an image tower without gradients over as many images as there are, in batches whose
 * intermediate results stay small enough to be fast, and takes only unit rows out.
 */
record ImageInference(ImageTower tower) {

  /** Embeds whole images, {@code [n, dimension]}. */
  FloatMatrix encode(PixelBatch pixels) {
    pixels.check(tower.channels(), tower.grid().imageSize());
    float[] rows = new float[Math.multiplyExact(pixels.count(), tower.dimension())];
    int[] all = IntStream.range(0, pixels.count()).toArray();
    int atOnce = BatchSize.of(tower.activations());
    for (int from = 0; from < all.length; from += atOnce) {
      int to = Math.min(all.length, from + atOnce);
      encode(pixels, Arrays.copyOfRange(all, from, to), null, rows);
    }
    return new FloatMatrix(pixels.count(), tower.dimension(), rows);
  }

  /** Embeds images of which some patches are left out, those of equal numbers together. */
  FloatMatrix encode(PixelBatch pixels, int[][] kept) {
    pixels.check(tower.channels(), tower.grid().imageSize());
    checkKept(pixels, kept);
    float[] rows = new float[Math.multiplyExact(pixels.count(), tower.dimension())];
    int[] order = BatchSize.ascending(pixels.count(), image -> kept[image].length);
    int from = 0;
    while (from < order.length) {
      int length = kept[order[from]].length;
      long each = tower.activations() * (length + 1) / (tower.grid().count() + 1);
      int atOnce = BatchSize.of(Math.max(1, each));
      int to = from + 1;
      while (to < order.length && to - from < atOnce && kept[order[to]].length == length) {
        to++;
      }
      encode(pixels, Arrays.copyOfRange(order, from, to), kept, rows);
      from = to;
    }
    return new FloatMatrix(pixels.count(), tower.dimension(), rows);
  }

  private void encode(PixelBatch pixels, int[] chosen, int @Nullable [][] kept, float[] rows) {
    int each = pixels.valuesPerImage();
    int dimension = tower.dimension();
    float[] values = new float[Math.multiplyExact(chosen.length, each)];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(pixels.values(), chosen[i] * each, values, i * each, each);
    }
    try (Scope scope = Scope.inference()) {
      Tensor input =
          Tensor.of(values, chosen.length, pixels.channels(), pixels.height(), pixels.width());
      float[] embedded =
          unitRows(tower.forward(input, kept == null ? null : patches(chosen, kept)));
      for (int i = 0; i < chosen.length; i++) {
        System.arraycopy(embedded, i * dimension, rows, chosen[i] * dimension, dimension);
      }
    }
  }

  private static Tensor patches(int[] chosen, int[][] kept) {
    int length = kept[chosen[0]].length;
    long[] numbers =
        Arrays.stream(chosen).flatMap(image -> Arrays.stream(kept[image])).asLongStream().toArray();
    return Tensor.of(numbers, chosen.length, length);
  }

  static float[] unitRows(Tensor features) {
    return Functions.l2Normalize(features.to(DType.FLOAT32)).toFloats();
  }

  private void checkKept(PixelBatch pixels, int[][] kept) {
    if (kept.length != pixels.count()) {
      throw new IllegalArgumentException(
          "%d images and patches of %d".formatted(pixels.count(), kept.length));
    }
    for (int[] patches : kept) {
      for (int i = 0; i < patches.length; i++) {
        int least = i == 0 ? 0 : patches[i - 1] + 1;
        if (patches[i] < least || patches[i] >= tower.grid().count()) {
          throw new IllegalArgumentException(
              "patches %s; expected ascending numbers below %d"
                  .formatted(Arrays.toString(patches), tower.grid().count()));
        }
      }
    }
  }
}
