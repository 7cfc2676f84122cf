package dev.auscult.data;

import dev.auscult.base.ContentHash;
import dev.auscult.image.RgbImage;
import dev.auscult.image.lettering.TextFinder;
import dev.auscult.image.lettering.TextMask;

/**
 * An image whose burned-in text is looked for and covered each time it is read.
 *
 * @param image with the text
 */
public record MaskedText(ImageSource image) implements ImageSource {

  @Override
  public String name() {
    return image.name();
  }

  @Override
  public RgbImage read() {
    return TextMask.cover(image.read());
  }

  /** That of the image and of how text is found: no cache takes one for the other. */
  @Override
  public ContentHash hash() {
    return ContentHash.of("masked text", TextFinder.VERSION, image.hash().hex());
  }
}
