package dev.auscult.embed;

import dev.auscult.base.ContentHash;
import dev.auscult.image.Crop;
import dev.auscult.image.Fit;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.Normalisation;
import dev.auscult.image.PixelBatch;
import dev.auscult.image.PixelSize;
import dev.auscult.image.Resample;
import dev.auscult.image.Resize;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.ModelIdentity;
import dev.auscult.model.PatchGrid;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.text.Tokenizer;
import dev.auscult.text.Tokens;
import dev.auscult.text.Tokens.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A dual encoder whose embeddings a test can foresee: the unit vector along (red, green, blue) of
 * an image's only pixel, and along the first three letters of a text (a = 1).
 */
public class ToyEncoder implements DualEncoder {
  /** How many images were encoded. */
  public final AtomicInteger images = new AtomicInteger();

  /** The lengths of the texts of each batch. */
  public final List<List<Integer>> textBatches = new ArrayList<>();

  /** The number of images of each batch. */
  public final List<Integer> imageBatches = new ArrayList<>();

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity(
        "toy", "toy", ContentHash.of("weights"), ContentHash.of("rules"), Optional.empty());
  }

  @Override
  public int dimension() {
    return 3;
  }

  @Override
  public double logitScale() {
    return 10;
  }

  @Override
  public ImageTransform imageTransform() {
    List<Double> none = List.of(0.0, 0.0, 0.0);
    List<Double> one = List.of(1.0, 1.0, 1.0);
    return ImageTransform.of(
        new Fit(new Resize.Unresized(), Resample.BILINEAR, Crop.transformers(PixelSize.square(1))),
        new Normalisation(1, none, one));
  }

  @Override
  public Tokenizer tokenizer() {
    return new LetterTokenizer();
  }

  @Override
  public PatchGrid patchGrid() {
    return new PatchGrid(1, 1);
  }

  @Override
  public FloatMatrix encodeImages(PixelBatch pixels) {
    images.addAndGet(pixels.count());
    imageBatches.add(pixels.count());
    return units(pixels.count(), pixels.values());
  }

  @Override
  public FloatMatrix encodeTexts(int[][] ids, int[] pooled) {
    textBatches.add(Arrays.stream(ids).map(row -> row.length).toList());
    float[] letters = new float[3 * ids.length];
    for (int i = 0; i < ids.length; i++) {
      for (int k = 0; k < Math.min(3, ids[i].length); k++) {
        letters[3 * i + k] = ids[i][k];
      }
    }
    return units(ids.length, letters);
  }

  private static FloatMatrix units(int rows, float[] values) {
    float[] units = new float[3 * rows];
    for (int row = 0; row < rows; row++) {
      double norm = 0;
      for (int k = 0; k < 3; k++) {
        norm = Math.hypot(norm, values[3 * row + k]);
      }
      for (int k = 0; k < 3; k++) {
        units[3 * row + k] = (float) (values[3 * row + k] / norm);
      }
    }
    return new FloatMatrix(rows, 3, units);
  }

  @Override
  public int pooledPosition(int[] ids) {
    return ids.length - 1;
  }

  @Override
  public void close() {}

  private static final class LetterTokenizer implements Tokenizer {
    @Override
    public Tokens encode(String text) {
      int length = Math.min(text.length(), contextLength());
      List<Token> tokens =
          IntStream.range(0, length)
              .mapToObj(
                  i ->
                      new Token(
                          text.charAt(i) - 'a' + 1, text.substring(i, i + 1), i, i + 1, false))
              .toList();
      return new Tokens(tokens, text.length() - length);
    }

    @Override
    public int contextLength() {
      return 5;
    }

    @Override
    public int padId() {
      return 0;
    }

    @Override
    public int maskId() {
      return 0;
    }

    @Override
    public int vocabularySize() {
      return 27;
    }

    @Override
    public ContentHash hash() {
      return ContentHash.of("letters");
    }
  }
}
