package dev.auscult.cli;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.data.ImageSource;
import dev.auscult.image.ImageDecoder;
import dev.auscult.image.RgbImage;
import java.io.IOException;
import java.nio.file.Path;

/** An image in a file of its own. */
record ImageFile(Path file) implements ImageSource {
  private static final ImageDecoder DECODER = new ImageDecoder();

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public RgbImage read() {
    return DECODER.decode(file);
  }

  @Override
  public ContentHash hash() {
    try {
      return ContentHash.of(file);
    } catch (IOException e) {
      throw new InputException(
          name(), "an unreadable file", "a readable file", "check the disk and the permissions", e);
    }
  }
}
