package dev.auscult.adapt;

import dev.auscult.data.LabelMode;
import dev.auscult.tensor.FloatMatrix;

/**
 * Tip-Adapter's classifier (Zhang 2022, equations 2 and 5): {@code s x W^T + a exp(-b (1 - x K^T))
 * V}.
 *
 * @param keys {@code K}, the training images {@code [n, d]}
 * @param values {@code V}, their labels {@code [n, columns]}
 * @param texts {@code W}, the class texts {@code [columns, d]}
 * @param share a
 * @param sharpness b
 * @param logitScale s, the model's factor on the cosine
 * @param mode of exclusive labels there is a column per class; otherwise one more, of nothing
 *     found, whose score is taken off the others
 */
public record CacheHead(
    FloatMatrix keys,
    FloatMatrix values,
    FloatMatrix texts,
    double share,
    double sharpness,
    double logitScale,
    LabelMode mode)
    implements ClassHead {

  /** Checks the shapes. */
  public CacheHead {
    if (keys.rows() != values.rows()
        || values.columns() != texts.rows()
        || keys.columns() != texts.columns()) {
      throw new IllegalArgumentException(
          "keys [%d, %d], values [%d, %d], texts [%d, %d]"
              .formatted(
                  keys.rows(),
                  keys.columns(),
                  values.rows(),
                  values.columns(),
                  texts.rows(),
                  texts.columns()));
    }
  }

  /** The same with another share and sharpness. */
  CacheHead with(double otherShare, double otherSharpness) {
    return new CacheHead(keys, values, texts, otherShare, otherSharpness, logitScale, mode);
  }

  /** The same with other keys. */
  CacheHead with(FloatMatrix otherKeys) {
    return new CacheHead(otherKeys, values, texts, share, sharpness, logitScale, mode);
  }

  @Override
  public FloatMatrix scores(FloatMatrix images) {
    CacheLogits logits = new CacheLogits(this, images);
    return ExtraColumn.takeOff(logits.of(share, sharpness), mode);
  }
}
