package dev.auscult.adapt;

import dev.auscult.image.PixelBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The training images as the encoder takes them: read when they are first needed and kept as long
 * as all of them fit, read again otherwise. Thread-safe.
 */
final class TrainingPixels {
  private static final long MOST_BYTES = 256L << 20;

  private final List<String> ids;
  private final TaskEncoder source;
  private final Map<Integer, PixelBatch> kept = new ConcurrentHashMap<>();

  TrainingPixels(List<String> ids, TaskEncoder source) {
    this.ids = ids;
    this.source = source;
  }

  /**
   * Images one after another.
   *
   * @throws dev.auscult.base.InputException if one cannot be read
   */
  PixelBatch of(int[] rows) {
    return PixelBatch.stack(Arrays.stream(rows).mapToObj(this::of).toList());
  }

  private PixelBatch of(int row) {
    PixelBatch known = kept.get(row);
    if (known != null) {
      return known;
    }
    PixelBatch pixels = source.model().imageTransform().apply(source.image(ids.get(row)).read());
    if ((long) ids.size() * pixels.valuesPerImage() * Float.BYTES <= MOST_BYTES) {
      kept.put(row, pixels);
    }
    return pixels;
  }
}
