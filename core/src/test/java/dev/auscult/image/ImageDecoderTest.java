package dev.auscult.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ImageDecoderTest {
  /**
   * The standard leaves the rounding of the inverse transform open. The decoders seen so far agree
   * with Pillow's to the last bit; another platform's may be off by this much.
   */
  private static final int JPEG_TOLERANCE = 2;

  private final ImageDecoder decoder = new ImageDecoder();

  static Stream<JsonNode> png() {
    return Fixtures.cases("decode.json").filter(c -> c.get("file").stringValue().startsWith("png"));
  }

  static Stream<JsonNode> jpeg() {
    return Fixtures.cases("decode.json")
        .filter(c -> c.get("file").stringValue().startsWith("jpeg"));
  }

  @ParameterizedTest
  @MethodSource("png")
  void pngPixelsEqualPillows(JsonNode expected) {
    String file = expected.get("file").stringValue();

    RgbImage image = decoder.decode(Fixtures.bytes(file), file);

    assertThat(image.width()).isEqualTo(expected.get("width").intValue());
    assertThat(image.height()).isEqualTo(expected.get("height").intValue());
    assertThat(Fixtures.pixelHash(image)).isEqualTo(expected.get("pixels").stringValue());
  }

  @ParameterizedTest
  @MethodSource("jpeg")
  void jpegPixelsEqualPillows(JsonNode expected) {
    String file = expected.get("file").stringValue();
    byte[] reference =
        decoder
            .decode(
                Fixtures.bytes(file.replace("jpeg/", "decoded/") + ".png"), "the expected pixels")
            .toBytes();

    RgbImage image = decoder.decode(Fixtures.bytes(file), file);

    assertThat(image.width()).isEqualTo(expected.get("width").intValue());
    assertThat(image.height()).isEqualTo(expected.get("height").intValue());
    assertThat(maxDifference(image.toBytes(), reference)).isLessThanOrEqualTo(JPEG_TOLERANCE);
  }

  @Test
  void manyThreadsDecodeAtOnce() {
    List<JsonNode> cases = png().toList();

    List<String> hashes =
        IntStream.range(0, 4 * cases.size())
            .parallel()
            .mapToObj(i -> cases.get(i % cases.size()).get("file").stringValue())
            .map(file -> Fixtures.pixelHash(decoder.decode(Fixtures.bytes(file), file)))
            .toList();

    for (int i = 0; i < hashes.size(); i++) {
      assertThat(hashes.get(i)).isEqualTo(cases.get(i % cases.size()).get("pixels").stringValue());
    }
  }

  private static int maxDifference(byte[] pixels, byte[] reference) {
    return IntStream.range(0, pixels.length)
        .map(i -> Math.abs((pixels[i] & 0xff) - (reference[i] & 0xff)))
        .max()
        .orElseThrow();
  }
}
