package dev.auscult.report;

import java.awt.Graphics2D;
import java.util.function.Consumer;

/**
 * A picture that can be written as SVG and as PNG.
 *
 * @param name the file's name without folder and extension
 * @param alt what a reader who cannot see it should know
 * @param width in pixels at normal size
 * @param height in pixels at normal size
 * @param drawing draws it, the same every time
 */
public record Picture(
    String name, String alt, int width, int height, Consumer<Graphics2D> drawing) {

  /** Checks that the name is a plain file name. */
  public Picture {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,99}")) {
      throw new IllegalArgumentException("not the name of a picture: " + name);
    }
  }
}
