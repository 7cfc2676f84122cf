package dev.auscult.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ImageDecoderTest {
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
    byte[] pixels = image.toBytes();
    int max = 0;
    for (int i = 0; i < pixels.length; i++) {
      max = Math.max(max, Math.abs((pixels[i] & 0xff) - (reference[i] & 0xff)));
    }
    assertThat(max).isEqualTo(0);
  }
}
