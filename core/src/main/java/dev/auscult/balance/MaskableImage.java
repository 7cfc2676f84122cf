package dev.auscult.balance;

import dev.auscult.image.PixelBatch;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.PatchGrid;
import dev.auscult.shapley.Coalition;
import dev.auscult.shapley.GameSide;
import dev.auscult.shapley.Vectors;
import java.util.Arrays;
import java.util.List;

/**
 * An image whose players are the encoder's own patches: the absent are zeros in the normalised
 * input.
 */
final class MaskableImage implements GameSide {
  /** Floats of masked images held at once: 48 MB. */
  private static final long MOST_VALUES = 12_000_000;

  private final DualEncoder encoder;
  private final PixelBatch pixels;
  private final PatchGrid grid;
  private final Runnable betweenPortions;

  /**
   * @param encoder the model
   * @param pixels one image as the model takes it
   * @param betweenPortions called before each portion of a long encoding; may stop it by throwing
   */
  MaskableImage(DualEncoder encoder, PixelBatch pixels, Runnable betweenPortions) {
    PatchGrid grid = encoder.patchGrid();
    if (pixels.count() != 1
        || pixels.height() != grid.imageSize()
        || pixels.width() != grid.imageSize()) {
      throw new IllegalArgumentException(
          "%d images of %d x %d for a model of %d x %d"
              .formatted(
                  pixels.count(),
                  pixels.height(),
                  pixels.width(),
                  grid.imageSize(),
                  grid.imageSize()));
    }
    this.encoder = encoder;
    this.pixels = pixels;
    this.grid = grid;
    this.betweenPortions = betweenPortions;
  }

  @Override
  public int players() {
    return grid.count();
  }

  /** Masks and encodes in even portions of bounded size. */
  @Override
  public Vectors encode(List<Coalition> coalitions) {
    int total = coalitions.size();
    long most = Math.max(1, MOST_VALUES / pixels.valuesPerImage());
    int portions = (int) ((total + most - 1) / most);
    float[] rows = new float[Math.multiplyExact(total, encoder.dimension())];
    int at = 0;
    for (int portion = 0; portion < portions; portion++) {
      betweenPortions.run();
      int from = (int) ((long) total * portion / portions);
      int to = (int) ((long) total * (portion + 1) / portions);
      float[] encoded = encoder.encodeImages(masked(coalitions.subList(from, to))).toArray();
      System.arraycopy(encoded, 0, rows, at, encoded.length);
      at += encoded.length;
    }
    return new Vectors(total, encoder.dimension(), rows);
  }

  private PixelBatch masked(List<Coalition> coalitions) {
    int each = pixels.valuesPerImage();
    float[] values = new float[Math.multiplyExact(coalitions.size(), each)];
    for (int c = 0; c < coalitions.size(); c++) {
      System.arraycopy(pixels.values(), 0, values, c * each, each);
      for (int patch = 0; patch < grid.count(); patch++) {
        if (!coalitions.get(c).contains(patch)) {
          clear(values, c * each, patch);
        }
      }
    }
    return new PixelBatch(
        coalitions.size(), pixels.channels(), pixels.height(), pixels.width(), values);
  }

  private void clear(float[] values, int image, int patch) {
    int top = patch / grid.side() * grid.patchSize();
    int left = patch % grid.side() * grid.patchSize();
    for (int channel = 0; channel < pixels.channels(); channel++) {
      for (int y = top; y < top + grid.patchSize(); y++) {
        int from = image + (channel * pixels.height() + y) * pixels.width() + left;
        Arrays.fill(values, from, from + grid.patchSize(), 0);
      }
    }
  }
}
