package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.text.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DualEncoder} promises; each implementation's test extends this. In the artifact
 * of {@code auscult-core} with classifier {@code tests}.
 */
@SuppressWarnings("NullAway.Init") // JUnit opens the encoder
public abstract class DualEncoderContractTest {
  /** Batches of other sizes sum in another order: a few roundings of float32 on unit vectors. */
  private static final float ROUNDING = 2e-6f;

  private DualEncoder encoder;

  /** For subclasses. */
  protected DualEncoderContractTest() {}

  /** Opens the encoder under test; its tokenizer knows letters. */
  protected abstract DualEncoder open();

  @BeforeEach
  void openForTest() {
    encoder = open();
  }

  @AfterEach
  void close() {
    encoder.close();
  }

  /** The encoder under test. */
  protected DualEncoder encoder() {
    return encoder;
  }

  private PixelBatch images(int count) {
    int size = encoder.patchGrid().imageSize();
    float[] values = new float[count * 3 * size * size];
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new PixelBatch(count, 3, size, size, values);
  }

  private int[][] texts(int count) {
    String letters = "effusion of the left lung no finding";
    int[][] ids = new int[count][];
    for (int i = 0; i < count; i++) {
      ids[i] = encoder.tokenizer().encode(letters.substring(0, 3 + i * 7 % 30)).ids();
    }
    return ids;
  }

  private static PixelBatch slice(PixelBatch batch, int from, int to) {
    int each = batch.valuesPerImage();
    return new PixelBatch(
        to - from,
        batch.channels(),
        batch.height(),
        batch.width(),
        Arrays.copyOfRange(batch.values(), from * each, to * each));
  }

  private static void assertUnitRows(FloatMatrix rows) {
    for (int row = 0; row < rows.rows(); row++) {
      assertThat(rows.dot(row, rows, row)).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void embedsImagesAndTextsAsUnitRowsOfOneSpace() {
    FloatMatrix images = encoder.encodeImages(images(5));
    FloatMatrix texts = encoder.encodeTexts(texts(6));

    assertThat(images.rows()).isEqualTo(5);
    assertThat(texts.rows()).isEqualTo(6);
    assertThat(images.columns()).isEqualTo(encoder.dimension());
    assertThat(texts.columns()).isEqualTo(encoder.dimension());
    assertUnitRows(images);
    assertUnitRows(texts);
  }

  @Test
  void scalesTheCosineByAPositiveFactor() {
    assertThat(encoder.logitScale()).isPositive().isFinite();
  }

  @Test
  void embedsNothingAsNoRows() {
    assertThat(encoder.encodeImages(slice(images(1), 0, 0)).rows()).isZero();
    assertThat(encoder.encodeTexts(new int[0][]).rows()).isZero();
    assertThat(encoder.encodeTexts(new int[0][]).columns()).isEqualTo(encoder.dimension());
  }

  @Test
  void computesTheSameBitsAgain() {
    assertThat(encoder.encodeImages(images(3)).toArray())
        .containsExactly(encoder.encodeImages(images(3)).toArray());
    assertThat(encoder.encodeTexts(texts(5)).toArray())
        .containsExactly(encoder.encodeTexts(texts(5)).toArray());
  }

  @Test
  void embedsAnImageAloneAsInABatch() {
    PixelBatch all = images(300);
    FloatMatrix together = encoder.encodeImages(all);

    for (int i : new int[] {0, 1, 7, 150, 299}) {
      FloatMatrix alone = encoder.encodeImages(slice(all, i, i + 1));
      assertThat(alone.row(0)).containsExactly(together.row(i), within(ROUNDING));
    }
  }

  @Test
  void embedsATextAloneAsAmongLongerOnes() {
    int[][] all = texts(300);
    FloatMatrix together = encoder.encodeTexts(all);

    for (int i : new int[] {0, 1, 7, 150, 299}) {
      FloatMatrix alone = encoder.encodeTexts(new int[][] {all[i]});
      assertThat(alone.row(0)).containsExactly(together.row(i), within(ROUNDING));
    }
  }

  @Test
  void readsATextWhereItsOwnRuleSaysUnlessToldOtherwise() {
    int[][] ids = texts(4);
    int[] rule = Arrays.stream(ids).mapToInt(encoder::pooledPosition).toArray();

    assertThat(encoder.encodeTexts(ids, rule).toArray())
        .containsExactly(encoder.encodeTexts(ids).toArray());
    for (int i = 0; i < ids.length; i++) {
      assertThat(rule[i]).isBetween(0, ids[i].length - 1);
    }
  }

  @Test
  void keepsTheOrderOfItsInputs() {
    PixelBatch pixels = images(6);
    List<PixelBatch> turned = new ArrayList<>();
    List<int[]> turnedTexts = new ArrayList<>();
    int[][] ids = texts(6);
    for (int i = 5; i >= 0; i--) {
      turned.add(slice(pixels, i, i + 1));
      turnedTexts.add(ids[i]);
    }

    FloatMatrix images = encoder.encodeImages(pixels);
    FloatMatrix imagesTurned = encoder.encodeImages(PixelBatch.stack(turned));
    FloatMatrix texts = encoder.encodeTexts(ids);
    FloatMatrix textsTurned = encoder.encodeTexts(turnedTexts.toArray(int[][]::new));

    for (int i = 0; i < 6; i++) {
      assertThat(imagesTurned.row(5 - i)).containsExactly(images.row(i), within(ROUNDING));
      assertThat(textsTurned.row(5 - i)).containsExactly(texts.row(i), within(ROUNDING));
    }
  }

  @Test
  void cutsLongTextsToItsContextAndEmbedsThem() {
    Tokens tokens = encoder.tokenizer().encode("effusion of the lung ".repeat(500));

    assertThat(tokens.truncated()).isTrue();
    assertThat(tokens.tokens()).hasSize(encoder.tokenizer().contextLength());
    assertUnitRows(encoder.encodeTexts(new int[][] {tokens.ids()}));
  }

  @Test
  void hasTheSameIdentityAgain() {
    try (DualEncoder again = open()) {
      assertThat(again.identity()).isEqualTo(encoder.identity());
      assertThat(again.tokenizer().hash()).isEqualTo(encoder.tokenizer().hash());
    }
  }

  /** What is hidden changes nothing, and hiding nothing neither. */
  @Test
  void hidesTokensExactlyIfItSaysSo() {
    int[] ids = encoder.tokenizer().encode("effusion of the left lung").ids();
    int[] pooled = {encoder.pooledPosition(ids)};
    boolean[] hidden = new boolean[ids.length];
    if (!encoder.hidesTokens()) {
      assertThatThrownBy(
              () -> encoder.encodeTexts(new int[][] {ids}, pooled, new boolean[][] {hidden}))
          .isInstanceOf(UnsupportedOperationException.class);
      return;
    }
    float[] whole = encoder.encodeTexts(new int[][] {ids}, pooled).row(0);
    assertThat(encoder.encodeTexts(new int[][] {ids}, pooled, new boolean[][] {hidden}).row(0))
        .containsExactly(whole, within(ROUNDING));

    int[] other = ids.clone();
    other[2] = Arrays.stream(ids).filter(id -> id != ids[2]).findFirst().orElseThrow();
    hidden[2] = true;
    FloatMatrix one = encoder.encodeTexts(new int[][] {ids}, pooled, new boolean[][] {hidden});
    FloatMatrix two = encoder.encodeTexts(new int[][] {other}, pooled, new boolean[][] {hidden});

    assertThat(one.row(0)).containsExactly(two.row(0), within(ROUNDING));
    assertThat(largestDifference(one.row(0), whole)).isGreaterThan(ROUNDING);
  }

  /** The pixels of a patch left out change nothing, and leaving none out neither. */
  @Test
  void leavesPatchesOutExactlyIfItSaysSo() {
    PixelBatch pixels = images(1);
    int[] all = IntStream.range(0, encoder.patchGrid().count()).toArray();
    if (!encoder.dropsPatches()) {
      assertThatThrownBy(() -> encoder.encodeImages(pixels, new int[][] {all}))
          .isInstanceOf(UnsupportedOperationException.class);
      return;
    }
    float[] whole = encoder.encodeImages(pixels).row(0);
    assertThat(encoder.encodeImages(pixels, new int[][] {all}).row(0))
        .containsExactly(whole, within(ROUNDING));

    PixelBatch other = images(1);
    other.values()[0] += 5; // in the first patch
    int[][] kept = {Arrays.copyOfRange(all, 1, all.length)};

    assertThat(encoder.encodeImages(other, kept).row(0))
        .containsExactly(encoder.encodeImages(pixels, kept).row(0), within(ROUNDING));
    assertThat(largestDifference(encoder.encodeImages(pixels, kept).row(0), whole))
        .isGreaterThan(ROUNDING);
  }

  private static double largestDifference(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(k -> Math.abs(a[k] - b[k])).max().orElse(0);
  }

  @Test
  void doesNotChangeItsInputs() {
    PixelBatch pixels = images(2);
    float[] before = pixels.values().clone();
    int[][] ids = texts(3);
    int[][] idsBefore = Arrays.stream(ids).map(int[]::clone).toArray(int[][]::new);

    encoder.encodeImages(pixels);
    encoder.encodeTexts(ids);

    assertThat(pixels.values()).containsExactly(before);
    assertThat(ids).isDeepEqualTo(idsBefore);
  }

  @Test
  void servesManyThreadsAtOnce() throws Exception {
    PixelBatch pixels = images(4);
    int[][] ids = texts(9);
    float[] expectedImages = encoder.encodeImages(pixels).toArray();
    float[] expectedTexts = encoder.encodeTexts(ids).toArray();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<float[]>> calls = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        calls.add(() -> encoder.encodeImages(pixels).toArray());
        calls.add(() -> encoder.encodeTexts(ids).toArray());
      }
      List<Future<float[]>> results = threads.invokeAll(calls);
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get())
            .containsExactly(i % 2 == 0 ? expectedImages : expectedTexts, within(ROUNDING));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void refusesImagesOfAnotherSize() {
    int size = encoder.patchGrid().imageSize() + 1;

    assertThatThrownBy(
            () ->
                encoder.encodeImages(new PixelBatch(1, 3, size, size, new float[3 * size * size])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesTextsThatDoNotFit() {
    int context = encoder.tokenizer().contextLength();
    int[][][] unfit = {{{}}, {new int[context + 1]}, {{-1}}, {{Integer.MAX_VALUE}}};

    for (int[][] ids : unfit) {
      assertThatThrownBy(() -> encoder.encodeTexts(ids, new int[] {0}))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> encoder.encodeTexts(texts(2), new int[] {0}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> encoder.encodeTexts(new int[][] {{1, 2}}, new int[] {2}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void answersNoMoreOnceClosed() {
    encoder.close();
    encoder.close();

    assertThatThrownBy(() -> encoder.encodeImages(images(1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> encoder.encodeTexts(texts(1)))
        .isInstanceOf(IllegalStateException.class);
  }
}
