package dev.auscult.balance;

import dev.auscult.base.ContentHash;
import dev.auscult.base.Seed;
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
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small non-linear dual encoder: images of 12 x 12 pixels in 9 patches, texts of words. It counts
 * what it encodes and remembers the last batch.
 */
class ToyDualEncoder implements DualEncoder {
  static final int MASK = 1;
  static final int BEGIN = 2;
  static final int END = 3;
  private static final int DIMENSION = 8;
  private static final int SIZE = 12;
  private static final int VOCABULARY = 1000;

  private final String name;
  private final double[][] patchWeights;
  long images;
  long texts;
  List<int[]> pooledSeen = new ArrayList<>();
  List<int[]> idsSeen = new ArrayList<>();
  List<float[]> pixelsSeen = new ArrayList<>();

  ToyDualEncoder() {
    this("toy");
  }

  ToyDualEncoder(String name) {
    this.name = name;
    SplittableRandom random = new Seed(99).random();
    patchWeights = new double[9][DIMENSION];
    for (double[] row : patchWeights) {
      for (int k = 0; k < DIMENSION; k++) {
        row[k] = random.nextGaussian();
      }
    }
  }

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity(
        name, "toy", ContentHash.of("weights"), ContentHash.of("rules"), Optional.empty());
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public double logitScale() {
    return 20;
  }

  @Override
  public ImageTransform imageTransform() {
    return ImageTransform.of(
        new Fit(
            new Resize.Unresized(), Resample.BILINEAR, Crop.transformers(PixelSize.square(SIZE))),
        Normalisation.centred());
  }

  @Override
  public PatchGrid patchGrid() {
    return new PatchGrid(SIZE, 4);
  }

  @Override
  public FloatMatrix encodeImages(PixelBatch pixels) {
    images += pixels.count();
    pixelsSeen = new ArrayList<>();
    float[] rows = new float[pixels.count() * DIMENSION];
    for (int image = 0; image < pixels.count(); image++) {
      float[] values = new float[pixels.valuesPerImage()];
      System.arraycopy(pixels.values(), image * values.length, values, 0, values.length);
      pixelsSeen.add(values);
      System.arraycopy(embedImage(values), 0, rows, image * DIMENSION, DIMENSION);
    }
    return new FloatMatrix(pixels.count(), DIMENSION, rows);
  }

  private float[] embedImage(float[] values) {
    double[] sum = new double[DIMENSION];
    sum[0] = 1;
    for (int at = 0; at < values.length; at++) {
      int y = at / SIZE % SIZE;
      int x = at % SIZE;
      for (int k = 0; k < DIMENSION; k++) {
        sum[k] += values[at] * patchWeights[y / 4 * 3 + x / 4][k] / 30;
      }
    }
    return unit(sum);
  }

  @Override
  public FloatMatrix encodeTexts(int[][] ids, int[] pooled) {
    texts += ids.length;
    pooledSeen = List.of(pooled.clone());
    idsSeen = List.of(ids);
    float[] rows = new float[ids.length * DIMENSION];
    for (int text = 0; text < ids.length; text++) {
      System.arraycopy(embedText(ids[text]), 0, rows, text * DIMENSION, DIMENSION);
    }
    return new FloatMatrix(ids.length, DIMENSION, rows);
  }

  float[] embedText(int[] ids) {
    double[] sum = new double[DIMENSION];
    for (int position = 0; position < ids.length; position++) {
      SplittableRandom random = new Seed(5).derive(ids[position]).random();
      double weight = ids[position] == MASK ? 0.1 : 1 / (1 + 0.05 * position);
      for (int k = 0; k < DIMENSION; k++) {
        sum[k] += weight * random.nextGaussian() / 2;
      }
    }
    return unit(sum);
  }

  private static float[] unit(double[] sum) {
    double norm = 0;
    double[] squashed = new double[sum.length];
    for (int k = 0; k < sum.length; k++) {
      squashed[k] = Math.tanh(sum[k]);
      norm += squashed[k] * squashed[k];
    }
    float[] unit = new float[sum.length];
    for (int k = 0; k < sum.length; k++) {
      unit[k] = (float) (squashed[k] / Math.sqrt(norm));
    }
    return unit;
  }

  @Override
  public int pooledPosition(int[] ids) {
    return ids.length - 1;
  }

  @Override
  public void close() {}

  @Override
  public Tokenizer tokenizer() {
    return new WordTokenizer();
  }

  /** Words and punctuation marks, begin and end around them. */
  static final class WordTokenizer implements Tokenizer {
    private static final Pattern WORD = Pattern.compile("\\w+|[^\\w\\s]");

    @Override
    public Tokens encode(String text) {
      List<Token> tokens = new ArrayList<>();
      tokens.add(new Token(BEGIN, "<begin>", 0, 0, true));
      Matcher words = WORD.matcher(text);
      int dropped = 0;
      while (words.find()) {
        if (tokens.size() < contextLength() - 1) {
          String word = words.group();
          int id = 10 + Math.floorMod(word.hashCode(), VOCABULARY - 10);
          tokens.add(new Token(id, word, words.start(), words.end(), false));
        } else {
          dropped++;
        }
      }
      tokens.add(new Token(END, "<end>", 0, 0, true));
      return new Tokens(tokens, dropped);
    }

    @Override
    public int contextLength() {
      return 24;
    }

    @Override
    public int padId() {
      return 0;
    }

    @Override
    public int maskId() {
      return MASK;
    }

    @Override
    public int vocabularySize() {
      return VOCABULARY;
    }

    @Override
    public ContentHash hash() {
      return ContentHash.of("words");
    }
  }
}
