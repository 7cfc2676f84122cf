package dev.auscult.embed;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.data.ImageSource;
import dev.auscult.image.RgbImage;

/** An image of one pixel; black stands for a damaged file. */
public record Pixel(int red, int green, int blue) implements ImageSource {
  @Override
  public String name() {
    return "pixel";
  }

  @Override
  public RgbImage read() {
    if (red + green + blue == 0) {
      throw new InputException("pixel", "nothing", "an image", "draw one");
    }
    return new RgbImage(1, 1, new byte[] {(byte) red, (byte) green, (byte) blue});
  }

  @Override
  public ContentHash hash() {
    return ContentHash.of("" + red, "" + green, "" + blue);
  }
}
