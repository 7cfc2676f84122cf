package dev.auscult.data.phantom;

import dev.auscult.base.ContentHash;
import dev.auscult.data.ImageSource;
import dev.auscult.image.RgbImage;
import java.util.List;
import java.util.function.Supplier;

/**
 * An image that is drawn when read; its hash is that of the instructions, which fix the pixels.
 *
 * @param name for messages
 * @param instructions everything that the pixels depend on
 * @param drawing draws it
 */
record DrawnImage(String name, List<String> instructions, Supplier<RgbImage> drawing)
    implements ImageSource {
  DrawnImage {
    instructions = List.copyOf(instructions);
  }

  @Override
  public RgbImage read() {
    return drawing.get();
  }

  @Override
  public ContentHash hash() {
    return ContentHash.of(instructions.toArray(String[]::new));
  }
}
