package dev.auscult.benchmarks;

import dev.auscult.image.ImageTransform;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.ModelIdentity;
import dev.auscult.model.PatchGrid;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.text.Tokenizer;

/** Counts what passes through an encoder. */
final class CountingEncoder implements DualEncoder {
  private final DualEncoder encoder;
  private long images;
  private long texts;
  private long textTokens;

  CountingEncoder(DualEncoder encoder) {
    this.encoder = encoder;
  }

  long images() {
    return images;
  }

  long texts() {
    return texts;
  }

  /** The mean number of ids that a text was encoded with, up to its pooled position. */
  int meanTextLength() {
    return texts == 0 ? 0 : (int) Math.round((double) textTokens / texts);
  }

  @Override
  public FloatMatrix encodeImages(PixelBatch pixels) {
    images += pixels.count();
    return encoder.encodeImages(pixels);
  }

  @Override
  public FloatMatrix encodeTexts(int[][] ids, int[] pooled) {
    texts += ids.length;
    for (int position : pooled) {
      textTokens += position + 1;
    }
    return encoder.encodeTexts(ids, pooled);
  }

  @Override
  public ModelIdentity identity() {
    return encoder.identity();
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  @Override
  public double logitScale() {
    return encoder.logitScale();
  }

  @Override
  public ImageTransform imageTransform() {
    return encoder.imageTransform();
  }

  @Override
  public Tokenizer tokenizer() {
    return encoder.tokenizer();
  }

  @Override
  public PatchGrid patchGrid() {
    return encoder.patchGrid();
  }

  @Override
  public int pooledPosition(int[] ids) {
    return encoder.pooledPosition(ids);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
