package dev.auscult.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The Java platform's own image readers, kept from disk caches and from third-party plug-ins. */
final class PlatformReader {
  private PlatformReader() {}

  /** What is taken from a reader whose input is set. */
  @FunctionalInterface
  interface Reading<T> {
    T from(ImageReader reader) throws IOException;
  }

  /**
   * Reads with the platform's reader for a format.
   *
   * @throws ImageFormatException if the reader fails in whatever way
   */
  static <T> T read(String format, byte[] file, Reading<T> reading) throws ImageFormatException {
    ImageReader reader = readerFor(format);
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      return reading.from(reader);
    } catch (IOException | RuntimeException e) {
      throw new ImageFormatException(
          "damaged " + format + " data", "a complete " + format + " image", e);
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader readerFor(String format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getModule() == ImageIO.class.getModule()) {
        return reader;
      }
      reader.dispose();
    }
    throw new IllegalStateException("this Java platform has no " + format + " reader");
  }
}
