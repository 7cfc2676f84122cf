package dev.auscult.model;

import dev.auscult.image.PixelBatch;
import dev.auscult.image.RgbImage;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.text.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Checks whether a loaded model computes what it should: against embeddings of the reference
 * implementation where they are stored, and for what holds of every model in any case.
 */
public final class ModelCheck {
  /** Batches of other sizes sum in another order. */
  private static final double ROUNDING = 1e-5;

  private static final List<String> TEXTS =
      List.of("No finding.", "Small left pleural effusion.", "a photo of a melanoma", "");

  private final VisionEncoder encoder;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * What one check found.
   *
   * @param what was checked
   * @param passed whether it holds
   * @param detail the figures
   */
  public record Finding(String what, boolean passed, String detail) {}

  private ModelCheck(VisionEncoder encoder) {
    this.encoder = encoder;
  }

  /** Runs every check that applies to the model. */
  public static List<Finding> of(VisionEncoder encoder) {
    ModelCheck check = new ModelCheck(encoder);
    FloatMatrix images = check.images();
    if (encoder instanceof DualEncoder dual) {
      FloatMatrix texts = check.texts(dual);
      check.tokenizer(dual);
      ReferenceEmbeddings.of(encoder.identity())
          .ifPresent(reference -> check.reference(reference, dual, images));
      check.scores(dual.score(), images, texts);
    }
    return List.copyOf(check.findings);
  }

  private FloatMatrix images() {
    List<PixelBatch> inputs =
        List.of(testImage(64, 48), testImage(37, 80), testImage(300, 300)).stream()
            .map(encoder.imageTransform()::apply)
            .toList();
    FloatMatrix together = encoder.encodeImages(PixelBatch.stack(inputs));
    List<FloatMatrix> alone = inputs.stream().map(encoder::encodeImages).toList();
    unit("image embeddings", together);
    sameAlone("images", together, alone);
    distinct("images", together);
    return together;
  }

  private FloatMatrix texts(DualEncoder dual) {
    int[][] ids =
        TEXTS.stream().map(text -> dual.tokenizer().encode(text).ids()).toArray(int[][]::new);
    FloatMatrix together = dual.encodeTexts(ids);
    List<FloatMatrix> alone =
        Arrays.stream(ids).map(row -> dual.encodeTexts(new int[][] {row})).toList();
    unit("text embeddings", together);
    sameAlone("texts", together, alone);
    distinct("texts", together);
    return together;
  }

  private void unit(String what, FloatMatrix rows) {
    double worst = 0;
    for (int row = 0; row < rows.rows(); row++) {
      double norm = Math.sqrt(rows.dot(row, rows, row));
      worst = Math.max(worst, Double.isFinite(norm) ? Math.abs(norm - 1) : Double.MAX_VALUE);
    }
    add(what + " are finite and of length 1", worst < ROUNDING, "off by at most %.1e", worst);
  }

  private void sameAlone(String what, FloatMatrix together, List<FloatMatrix> alone) {
    double worst = 0;
    for (int row = 0; row < alone.size(); row++) {
      worst = Math.max(worst, difference(together.row(row), alone.get(row).row(0)));
    }
    add(what + " embed alone as in a batch", worst < 10 * ROUNDING, "within %.1e", worst);
  }

  private void distinct(String what, FloatMatrix rows) {
    double closest = -1;
    for (int a = 0; a < rows.rows(); a++) {
      for (int b = 0; b < a; b++) {
        closest = Math.max(closest, rows.dot(a, rows, b));
      }
    }
    add("different " + what + " differ", closest < 1 - 1e-7, "largest cosine %.4f", closest);
  }

  /** Every visible character lies in some token, and long texts keep their end. */
  private void tokenizer(DualEncoder dual) {
    String text = TEXTS.get(1);
    Tokens tokens = dual.tokenizer().encode(text);
    boolean[] covered = new boolean[text.length()];
    tokens.tokens().stream()
        .filter(token -> !token.special())
        .forEach(token -> Arrays.fill(covered, token.start(), token.end(), true));
    boolean all = true;
    for (int i = 0; i < covered.length; i++) {
      all &= covered[i] || Character.isWhitespace(text.charAt(i));
    }
    add("tokens cover their text", all, "%d tokens", tokens.tokens().size());
    Tokens cut = dual.tokenizer().encode("effusion ".repeat(2000));
    boolean fits = cut.tokens().size() == dual.tokenizer().contextLength() && cut.truncated();
    boolean ended =
        cut.tokens().get(cut.tokens().size() - 1).id()
            == tokens.tokens().get(tokens.tokens().size() - 1).id();
    add("long texts are cut and keep their end", fits && ended, "%d ids", cut.tokens().size());
  }

  private void scores(ScoreFunction score, FloatMatrix images, FloatMatrix texts) {
    double worst = 0;
    boolean inside = true;
    for (int image = 0; image < images.rows(); image++) {
      for (int text = 0; text < texts.rows(); text++) {
        double forth = images.dot(image, texts, text);
        worst = Math.max(worst, Math.abs(forth - texts.dot(text, images, image)));
        inside &= Math.abs(forth) <= 1 + ROUNDING;
      }
    }
    boolean scaled = score.scale() > 0 && inside;
    add("scores are symmetric", worst < ROUNDING && scaled, "scale %.4f", score.scale());
  }

  private void reference(ReferenceEmbeddings reference, DualEncoder dual, FloatMatrix images) {
    if (reference.imageSize() == encoder.patchGrid().imageSize()) {
      double ofImage = difference(images.row(0), reference.image());
      add("the test image embeds as in the reference", ofImage < 2e-5, "within %.1e", ofImage);
    }
    int[][] ids = {dual.tokenizer().encode(TEXTS.get(1)).ids()};
    double ofText = difference(dual.encodeTexts(ids).row(0), reference.text());
    add("the test text embeds as in the reference", ofText < 2e-5, "within %.1e", ofText);
  }

  /** The largest difference over the shorter of two rows. */
  private static double difference(float[] a, float[] b) {
    double worst = 0;
    for (int k = 0; k < Math.min(a.length, b.length); k++) {
      worst = Math.max(worst, Math.abs(a[k] - b[k]));
    }
    return worst;
  }

  /** A picture that other programs can make as well: {@code (7x + 13y + 29c) mod 256}. */
  static RgbImage testImage(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      int pixel = i / 3;
      rgb[i] = (byte) ((7 * (pixel % width) + 13 * (pixel / width) + 29 * (i % 3)) % 256);
    }
    return new RgbImage(width, height, rgb);
  }

  private void add(String what, boolean passed, String format, Object... values) {
    findings.add(new Finding(what, passed, String.format(Locale.ROOT, format, values)));
  }
}
