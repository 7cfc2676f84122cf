package dev.auscult.balance;

import dev.auscult.balance.EncoderPasses.Encoded;
import dev.auscult.balance.Masking.ImageMask;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.PatchGrid;
import dev.auscult.shapley.Coalition;
import dev.auscult.shapley.MemoisedSide;
import dev.auscult.shapley.Vectors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One image of an audit with everything that is encoded of it. */
final class GroupSides {
  private final EncoderPasses<MaskableImage> passes;
  private final PixelBatch pixels;
  private final PatchGrid patches;
  private final Map<Key, Encoded<MaskableImage>> shared = new HashMap<>();
  private final Map<MemoisedSide, Set<Coalition>> counted = new HashMap<>();
  private @Nullable Encoded<MaskableImage> whole;
  private long uncounted;

  private record Key(CellGrid cells, ImageMask mask) {}

  GroupSides(EncoderPasses<MaskableImage> passes, PixelBatch pixels, PatchGrid patches) {
    this.passes = passes;
    this.pixels = pixels;
    this.patches = patches;
  }

  /** The whole image as a side with one player, for choosing answers before anybody is masked. */
  Encoded<MaskableImage> whole() {
    if (whole == null) {
      whole = open(CellGrid.covering(patches.imageSize(), 1), ImageMask.ZEROS);
      uncounted = 1;
    }
    return whole;
  }

  /** The embedding of the whole image, once it is encoded. */
  double[] embedding() {
    return whole().side().encode(List.of(Coalition.full(1))).vector(0);
  }

  /**
   * The image with its cells masked.
   *
   * @param ownSample whether nothing is shared with other samples
   */
  Encoded<MaskableImage> side(CellGrid cells, ImageMask mask, boolean ownSample) {
    return ownSample
        ? openKnowingTheWhole(cells, mask)
        : shared.computeIfAbsent(
            new Key(cells, mask), key -> openKnowingTheWhole(key.cells(), key.mask()));
  }

  private Encoded<MaskableImage> openKnowingTheWhole(CellGrid cells, ImageMask mask) {
    Encoded<MaskableImage> side = open(cells, mask);
    if (whole != null && mask != ImageMask.DROP) {
      Vectors vector = whole.side().encode(List.of(Coalition.full(1)));
      List<Coalition> everybody = List.of(Coalition.full(cells.count()));
      side.side().learn(everybody, vector);
      counted.put(side.side(), new HashSet<>(everybody));
    }
    return side;
  }

  private Encoded<MaskableImage> open(CellGrid cells, ImageMask mask) {
    return passes.open(new MaskableImage(pixels, patches, cells, mask));
  }

  /** How many passes a sample's estimate rests on that no sample before it did. */
  long count(MemoisedSide side, List<Coalition> used) {
    Set<Coalition> known = counted.computeIfAbsent(side, s -> new HashSet<>());
    long fresh = uncounted + used.stream().filter(known::add).count();
    uncounted = 0;
    return fresh;
  }
}
