package dev.auscult.image;

import dev.auscult.base.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code conformance/image_transforms.py} wrote. */
final class Fixtures {
  private Fixtures() {}

  static byte[] bytes(String name) {
    try (InputStream in =
        Objects.requireNonNull(Fixtures.class.getResourceAsStream(name), () -> "missing " + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<JsonNode> cases(String name) {
    return JsonMapper.shared().readTree(bytes(name)).valueStream();
  }

  static String pixelHash(RgbImage image) {
    return ContentHash.of(image.toBytes()).hex();
  }

  /** The generator of the same name in the script. */
  static RgbImage noise(int width, int height, int seed) {
    byte[] rgb = new byte[3 * width * height];
    long state = seed;
    for (int i = 0; i < rgb.length; i++) {
      state = state * 1103515245 + 12345 & 0x7fffffff;
      rgb[i] = (byte) (state >> 16);
    }
    return new RgbImage(width, height, rgb);
  }
}
