package dev.auscult.fusion;

import dev.auscult.data.LabelMode;
import dev.auscult.learning.ClassBalance;
import dev.auscult.learning.LinearMap;
import dev.auscult.learning.LogisticRegression;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Logistic regression on the image's features, the text's, or both one after the other. */
final class LinearFusion implements FusionClassifier {
  private static final List<Double> STRENGTHS = List.of(1e-4, 1e-3, .01, .1, 1.0);

  private final FusionMethod method;
  private final Standardisation ofImages;
  private final Standardisation ofTexts;
  private final LinearMap map;

  private LinearFusion(
      FusionMethod method, Standardisation ofImages, Standardisation ofTexts, LinearMap map) {
    this.method = method;
    this.ofImages = ofImages;
    this.ofTexts = ofTexts;
    this.map = map;
  }

  /** Fits with the components and the penalty whose loss on the validation side is least. */
  static Trained fit(FusionMethod method, FusionData data) {
    @Nullable Trained best = null;
    for (int components : Standardisation.CANDIDATES) {
      Standardisation ofImages = Standardisation.of(data.train().images(), components);
      Standardisation ofTexts = Standardisation.of(data.train().texts(), components);
      FloatMatrix rows =
          joined(
              method, ofImages.apply(data.train().images()), ofTexts.apply(data.train().texts()));
      for (double strength : STRENGTHS) {
        LinearMap map =
            new LogisticRegression(strength, ClassBalance.PLAIN)
                .fit(rows, data.train().labels(), data.outcomes().size(), LabelMode.EXCLUSIVE);
        LinearFusion fitted = new LinearFusion(method, ofImages, ofTexts, map);
        double loss = Trained.validationLoss(fitted, data);
        if (best == null || loss < best.validationLoss()) {
          best =
              new Trained(
                  method,
                  fitted,
                  loss,
                  Map.of(
                      "C", Double.toString(strength),
                      "components", Integer.toString(components)));
        }
      }
    }
    return Objects.requireNonNull(best);
  }

  private static FloatMatrix joined(FusionMethod method, FloatMatrix images, FloatMatrix texts) {
    return switch (method) {
      case IMAGE -> images;
      case TEXT -> texts;
      case CONCATENATION, GATED -> beside(images, texts);
    };
  }

  private static FloatMatrix beside(FloatMatrix left, FloatMatrix right) {
    int columns = left.columns() + right.columns();
    float[] values = new float[left.rows() * columns];
    for (int i = 0; i < left.rows(); i++) {
      System.arraycopy(left.row(i), 0, values, i * columns, left.columns());
      System.arraycopy(right.row(i), 0, values, i * columns + left.columns(), right.columns());
    }
    return new FloatMatrix(left.rows(), columns, values);
  }

  @Override
  public FloatMatrix logits(FloatMatrix images, FloatMatrix texts) {
    return map.of(joined(method, ofImages.apply(images), ofTexts.apply(texts)));
  }
}
