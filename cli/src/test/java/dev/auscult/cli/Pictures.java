package dev.auscult.cli;

import dev.auscult.image.ImageEncoder;
import dev.auscult.image.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Image files for tests. */
final class Pictures {
  private Pictures() {}

  /** A folder with {@code count} different PNG images, named in order. */
  static Path folder(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      byte[] pixels = new byte[3 * 20 * 16];
      new SplittableRandom(i).nextBytes(pixels);
      write(folder.resolve("image-%03d.png".formatted(i)), new RgbImage(20, 16, pixels));
    }
    return folder;
  }

  private static void write(Path file, RgbImage image) throws IOException {
    Files.write(file, ImageEncoder.png(image));
  }
}
