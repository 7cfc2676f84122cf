package dev.auscult.overlay;

import dev.auscult.base.ContentHash;
import dev.auscult.data.ImageSource;
import dev.auscult.image.RgbImage;
import dev.auscult.image.lettering.TextMark;

/** An image with a text or its blank rectangle, painted when it is read. */
final class OverlaidImage implements ImageSource {
  /** Changes whenever the same mark would paint other pixels. */
  private static final String VERSION = "overlay-text/1";

  private final ImageSource image;
  private final TextMark mark;
  private final Version version;
  private final ContentHash hash;

  /** What is painted. */
  enum Version {
    /** The text. */
    WORDS,
    /** Its rectangle alone. */
    BLANK
  }

  /**
   * @param image without text
   * @param mark the text
   */
  OverlaidImage(RecentImage image, TextMark mark, Version version) {
    this.image = image;
    this.mark = mark;
    this.version = version;
    TextMark painted = version == Version.WORDS ? mark : mark.shape();
    this.hash =
        ContentHash.of(
            VERSION,
            image.hash().hex(),
            version.name(),
            painted.text(),
            painted.face().name(),
            Double.toHexString(painted.size()),
            painted.corner().name(),
            painted.contrast().name());
  }

  @Override
  public String name() {
    return image.name();
  }

  @Override
  public RgbImage read() {
    return version == Version.WORDS ? mark.burn(image.read()) : mark.blank(image.read());
  }

  /** The same for blanks of texts of the same shape. */
  @Override
  public ContentHash hash() {
    return hash;
  }
}
