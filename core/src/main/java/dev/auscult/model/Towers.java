package dev.auscult.model;

/**
 * The two halves of a dual encoder and how their cosine becomes a score.
 *
 * @param image embeds images
 * @param text embeds texts into the same space
 * @param score what follows the cosine
 */
public record Towers(ImageTower image, TextTower text, ScoreFunction score) {

  /** Checks that both meet in one space. */
  public Towers {
    if (image.dimension() != text.dimension()) {
      throw new IllegalArgumentException(
          "images of %d features, texts of %d".formatted(image.dimension(), text.dimension()));
    }
  }
}
