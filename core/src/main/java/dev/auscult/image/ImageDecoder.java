package dev.auscult.image;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Decodes PNG and JPEG to 8-bit RGB with the values of Pillow's {@code
 * ImageOps.exif_transpose(image).convert("RGB")}: gamma and colour profiles are not applied,
 * transparency is dropped, CMYK is inverted as Adobe writes it. One difference is deliberate:
 * Pillow clips 16-bit gray at 255, here it is scaled, {@code round(v * 255 / 65535)}; other 16-bit
 * samples keep their high byte, as in Pillow. PNG values are exact; JPEG values are those of the
 * platform's decoder and may differ from another's by rounding.
 *
 * <p>The format is recognised by content, never by name. The declared size is checked against the
 * limits, and against what the file's bytes can hold at all, before any pixel is decoded. Instances
 * are immutable and safe for use by many threads.
 */
public final class ImageDecoder {
  /** Width times height that is decoded unless another limit is given: 64 megapixels. */
  public static final long DEFAULT_MAX_PIXELS = 64_000_000;

  /** The largest file that is read unless another limit is given: 256 MiB. */
  public static final long DEFAULT_MAX_BYTES = 256L << 20;

  /** The longest side that is decoded, whatever the limits. */
  public static final int MAX_SIDE = 65_535;

  private static final long MAX_PIXELS = 500_000_000;
  private static final String NEXT_STEP = "export the image again as PNG or JPEG";

  private final long maxPixels;
  private final long maxBytes;

  /** A decoder with the default limits. */
  public ImageDecoder() {
    this(DEFAULT_MAX_PIXELS, DEFAULT_MAX_BYTES);
  }

  /**
   * A decoder with limits of the caller's choice.
   *
   * @param maxPixels width times height of the largest image decoded, up to 500 million, which
   *     still fit into an array
   * @param maxBytes size of the largest file read
   */
  public ImageDecoder(long maxPixels, long maxBytes) {
    if (maxPixels < 1 || maxPixels > MAX_PIXELS || maxBytes < 1) {
      throw new IllegalArgumentException(
          "not limits: %d pixels, %d bytes".formatted(maxPixels, maxBytes));
    }
    this.maxPixels = maxPixels;
    this.maxBytes = maxBytes;
  }

  /**
   * Decodes a file.
   *
   * @throws InputException if it cannot be read, is too large, damaged, or neither PNG nor JPEG
   */
  public RgbImage decode(Path file) {
    String name = file.toString();
    try {
      if (!Files.isRegularFile(file)) {
        throw invalid(name, "no file", "a PNG or JPEG image", "check the path", null);
      }
      checkFileSize(Files.size(file), name);
      try (InputStream in = Files.newInputStream(file)) {
        return decode(in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8)), name);
      }
    } catch (IOException e) {
      throw invalid(
          name, "an unreadable file", "a readable file", "check the disk and the permissions", e);
    }
  }

  /**
   * Decodes the bytes of a file.
   *
   * @param name what messages call it
   * @throws InputException if it is too large, damaged, or neither PNG nor JPEG
   */
  public RgbImage decode(byte[] bytes, String name) {
    checkFileSize(bytes.length, name);
    try {
      return switch (FileKind.of(bytes)) {
        case PNG -> decodePng(bytes, name);
        case JPEG -> decodeJpeg(bytes, name);
        default ->
            throw new ImageFormatException(
                FileKind.of(bytes).description(), "a PNG or JPEG image, told by its content");
      };
    } catch (ImageFormatException e) {
      throw invalid(name, String.valueOf(e.getMessage()), e.expected(), NEXT_STEP, e.getCause());
    }
  }

  private RgbImage decodePng(byte[] bytes, String name) throws ImageFormatException {
    PngFile png = PngFile.open(bytes);
    checkDeclaredSize(png.width(), png.height(), name);
    return png.decode();
  }

  private RgbImage decodeJpeg(byte[] bytes, String name) throws ImageFormatException {
    JpegFile jpeg = JpegFile.open(bytes);
    checkDeclaredSize(jpeg.width(), jpeg.height(), name);
    return jpeg.decode();
  }

  private void checkFileSize(long bytes, String name) {
    if (bytes == 0) {
      throw invalid(name, "an empty file", "a PNG or JPEG image", "copy the file again", null);
    }
    if (bytes > maxBytes) {
      throw invalid(
          name,
          "a file of at least " + bytes + " bytes",
          "at most " + maxBytes + " bytes",
          "check that it is an image, or scale it down",
          null);
    }
  }

  private void checkDeclaredSize(int width, int height, String name) {
    if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > maxPixels) {
      throw invalid(
          name,
          "a header that declares %d x %d pixels".formatted(width, height),
          "at most %d pixels in all and %d on a side".formatted(maxPixels, MAX_SIDE),
          "scale the image down",
          null);
    }
  }

  private static InputException invalid(
      String name, String found, String expected, String nextStep, @Nullable Throwable cause) {
    return new InputException(name, found, expected, nextStep, cause);
  }
}
