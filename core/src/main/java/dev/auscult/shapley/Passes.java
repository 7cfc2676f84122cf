package dev.auscult.shapley;

/**
 * Encoder passes spent.
 *
 * @param image images encoded
 * @param text texts encoded
 */
public record Passes(long image, long text) {

  /** Of both encoders. */
  public long total() {
    return image + text;
  }

  /** These and others. */
  public Passes plus(Passes other) {
    return new Passes(image + other.image, text + other.text);
  }
}
