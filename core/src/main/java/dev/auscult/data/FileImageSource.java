package dev.auscult.data;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.image.ImageDecoder;
import dev.auscult.image.RgbImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An image in a file, decoded each time it is read.
 *
 * @param path the file
 * @param name what messages call it, normally its path within its data set
 */
public record FileImageSource(Path path, String name) implements ImageSource {

  @Override
  public RgbImage read() {
    return new ImageDecoder().decode(path);
  }

  /** The hash of the file's bytes. */
  @Override
  public ContentHash hash() {
    try {
      return ContentHash.of(path);
    } catch (IOException e) {
      throw new InputException(
          name, "a file that cannot be read", "a readable image", "check its permissions", e);
    }
  }
}
