package dev.auscult.balance;

import dev.auscult.balance.Masking.ImageMask;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.PatchGrid;
import dev.auscult.shapley.Coalition;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An image whose players are cells: what an encoder sees when some of them are absent. */
final class MaskableImage {
  private final PixelBatch pixels;
  private final PatchGrid patches;
  private final CellGrid cells;
  private final boolean drops;
  private final float @Nullable [] absent;

  /**
   * @param pixels one image as the model takes it
   * @param patches the model's own patches
   * @param cells the players
   * @param mask what takes the place of an absent cell
   */
  MaskableImage(PixelBatch pixels, PatchGrid patches, CellGrid cells, ImageMask mask) {
    if (pixels.count() != 1
        || pixels.height() != patches.imageSize()
        || pixels.width() != patches.imageSize()) {
      throw new IllegalArgumentException(
          "%d images of %d x %d for a model of %d x %d"
              .formatted(
                  pixels.count(),
                  pixels.height(),
                  pixels.width(),
                  patches.imageSize(),
                  patches.imageSize()));
    }
    if (mask == ImageMask.DROP && !cells.consistsOf(patches.patchSize())) {
      throw new IllegalArgumentException("cells that are not whole patches cannot be dropped");
    }
    this.pixels = pixels;
    this.patches = patches;
    this.cells = cells;
    this.drops = mask == ImageMask.DROP;
    this.absent =
        switch (mask) {
          case ZEROS, DROP -> null;
          case MEAN -> Baseline.mean(pixels);
          case BLUR -> Baseline.blurred(pixels);
        };
  }

  /** The number of cells. */
  int players() {
    return cells.count();
  }

  /** Cells along one side. */
  int side() {
    return cells.side();
  }

  /**
   * Whether absent cells leave the sequence: pixels stay whole, {@link #kept} says what is seen.
   */
  boolean drops() {
    return drops;
  }

  /** Floats of one masked image. */
  int values() {
    return pixels.valuesPerImage();
  }

  /** The whole image. */
  PixelBatch pixels() {
    return pixels;
  }

  /** Writes the image with only some cells present to {@code target}, beginning at {@code at}. */
  void write(Coalition present, float[] target, int at) {
    System.arraycopy(pixels.values(), 0, target, at, values());
    if (drops) {
      return;
    }
    for (int cell = 0; cell < cells.count(); cell++) {
      if (!present.contains(cell)) {
        clear(cell, target, at);
      }
    }
  }

  private void clear(int cell, float[] target, int at) {
    int top = cells.edge(cell / cells.side());
    int bottom = cells.edge(cell / cells.side() + 1);
    int left = cells.edge(cell % cells.side());
    int width = cells.edge(cell % cells.side() + 1) - left;
    for (int channel = 0; channel < pixels.channels(); channel++) {
      for (int y = top; y < bottom; y++) {
        int from = (channel * pixels.height() + y) * pixels.width() + left;
        if (absent == null) {
          Arrays.fill(target, at + from, at + from + width, 0);
        } else {
          System.arraycopy(absent, from, target, at + from, width);
        }
      }
    }
  }

  /** The patches of the cells that are present, ascending. */
  int[] kept(Coalition present) {
    return IntStream.range(0, patches.count())
        .filter(patch -> present.contains(cellOf(patch)))
        .toArray();
  }

  private int cellOf(int patch) {
    int row = cells.indexAt(patch / patches.side() * patches.patchSize());
    int column = cells.indexAt(patch % patches.side() * patches.patchSize());
    return row * cells.side() + column;
  }
}
