package dev.auscult.image.lettering;

/**
 * A place of an image that looks like text.
 *
 * @param box where, in pixels of the image
 * @param score how much it looks like text, 0 to 1
 */
public record FoundText(Box box, double score) {

  /** Checks the score. */
  public FoundText {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score " + score);
    }
  }
}
