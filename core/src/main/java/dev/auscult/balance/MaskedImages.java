package dev.auscult.balance;

import dev.auscult.balance.EncoderPasses.Pass;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.DualEncoder;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;

/** Masked images; where patches are dropped, those of equal numbers of patches go together. */
record MaskedImages(DualEncoder encoder) implements EncoderPasses.Inputs<MaskableImage> {
  /** Floats of masked images held at once: 48 MB. */
  private static final int MOST_VALUES = 12_000_000;

  @Override
  public int players(MaskableImage image) {
    return image.players();
  }

  @Override
  public int length(Pass<MaskableImage> pass) {
    return pass.input().drops() ? pass.present().size() : -1;
  }

  @Override
  public boolean together(Pass<MaskableImage> first, Pass<MaskableImage> other) {
    return first.input().drops() == other.input().drops();
  }

  @Override
  public int most(Pass<MaskableImage> first) {
    return Math.max(1, MOST_VALUES / first.input().values());
  }

  @Override
  public FloatMatrix encode(List<Pass<MaskableImage>> passes) {
    MaskableImage first = passes.get(0).input();
    int each = first.values();
    float[] values = new float[Math.multiplyExact(passes.size(), each)];
    for (int i = 0; i < passes.size(); i++) {
      passes.get(i).input().write(passes.get(i).present(), values, i * each);
    }
    PixelBatch whole = first.pixels();
    PixelBatch pixels =
        new PixelBatch(passes.size(), whole.channels(), whole.height(), whole.width(), values);
    return first.drops()
        ? encoder.encodeImages(
            pixels,
            passes.stream().map(pass -> pass.input().kept(pass.present())).toArray(int[][]::new))
        : encoder.encodeImages(pixels);
  }
}
