package dev.auscult.adapt;

/** The cosines of the unit rows of two branches, forward and backward. */
final class CosineLayer {
  private static final int LANES = 16;

  private final float[][] textsTransposed;
  private final float[][] products;
  private final float[][] slope;
  private final float[][] byImage;
  private final float[][] byText;

  CosineLayer(int dimension, int maxImages, int maxTexts) {
    int padded = (maxTexts + LANES - 1) / LANES * LANES;
    this.textsTransposed = new float[dimension][padded];
    this.products = new float[maxImages][padded];
    this.slope = new float[maxImages][maxTexts];
    this.byImage = new float[maxImages][dimension];
    this.byText = new float[maxTexts][dimension];
  }

  /** {@code [n, t]}. */
  double[][] forward(float[][] images, int n, float[][] texts, int t) {
    Rows.transpose(texts, t, textsTransposed);
    double[][] cosines = new double[n][t];
    for (int i = 0; i < n; i++) {
      java.util.Arrays.fill(products[i], 0);
      Rows.addCombination(images[i], textsTransposed, products[i]);
      for (int text = 0; text < t; text++) {
        cosines[i][text] = products[i][text];
      }
    }
    return cosines;
  }

  /** Takes the loss's derivative by the cosines. */
  void backward(double[][] byCosine, float[][] images, float[][] texts) {
    int t = byCosine[0].length;
    for (int text = 0; text < t; text++) {
      java.util.Arrays.fill(byText[text], 0);
    }
    for (int i = 0; i < byCosine.length; i++) {
      for (int text = 0; text < t; text++) {
        slope[i][text] = (float) byCosine[i][text];
      }
      java.util.Arrays.fill(byImage[i], 0);
      Rows.addWeighted(slope[i], t, texts, byImage[i]);
    }
    Rows.addTransposedProduct(slope, byCosine.length, images, byText, t);
  }

  /** The derivative by the images' unit rows. */
  float[][] byImage() {
    return byImage;
  }

  /** The derivative by the texts' unit rows. */
  float[][] byText() {
    return byText;
  }
}
