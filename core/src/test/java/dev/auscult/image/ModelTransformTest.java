package dev.auscult.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.ContentHash;
import dev.auscult.image.TensorResize.Kernel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every model family's preprocessing against its reference. 8-bit pixels are equal; floats are
 * equal bit for bit where the fixture has their hash, else within 1e-6 of values up to 3 (MedCLIP's
 * code multiplies in 32 bits), and within 1e-5 after a resize of floats, whose sums PyTorch orders
 * otherwise.
 */
class ModelTransformTest {
  static Stream<JsonNode> references() {
    return Fixtures.cases("model-transforms.json");
  }

  @ParameterizedTest
  @MethodSource("references")
  void equalsTheReference(JsonNode expected) {
    RgbImage image = image(expected.get("image").stringValue());
    ImageTransform transform =
        transform(expected.get("reference").stringValue(), expected.get("config"));

    RgbImage pixels = transform.afterSteps(image);
    PixelBatch batch = transform.apply(image);

    PixelSize size =
        new PixelSize(expected.get("height").intValue(), expected.get("width").intValue());
    assertThat(transform.crop()).isEqualTo(size);
    assertThat(new PixelSize(batch.height(), batch.width())).isEqualTo(size);
    assertThat(Fixtures.pixelHash(pixels)).isEqualTo(expected.get("pixels").stringValue());
    assertSamples(batch, expected, transform.tensorResize().isPresent() ? 1e-5f : 1e-6f);
    if (expected.has("floats")) {
      assertThat(floatHash(batch)).isEqualTo(expected.get("floats").stringValue());
    }
  }

  private static void assertSamples(PixelBatch batch, JsonNode expected, float tolerance) {
    int step = expected.get("step").intValue();
    JsonNode values = expected.get("values");
    for (int i = 0; i < values.size(); i++) {
      assertThat(batch.values()[i * step])
          .isCloseTo((float) values.get(i).doubleValue(), within(tolerance));
    }
  }

  private static ImageTransform transform(String reference, JsonNode config) {
    return switch (reference) {
      case "transformers" -> ImageTransform.parse(config, "preprocessor_config.json");
      case "open_clip" -> ImageTransform.parseOpenClip(config, "open_clip_config.json");
      default -> published(config.stringValue());
    };
  }

  private static ImageTransform published(String model) {
    return switch (model) {
      case "openai-32" -> PublishedTransforms.openAi(32);
      case "openai-224" -> PublishedTransforms.openAi(224);
      case "keep" -> PublishedTransforms.keep();
      case "cxr-clip" -> PublishedTransforms.cxrClip();
      case "medclip" -> PublishedTransforms.medClip();
      case "biovil" -> PublishedTransforms.bioVil();
      case "biovil-t" -> PublishedTransforms.bioVilT();
      case "chexzero" -> PublishedTransforms.cheXzero(Kernel.BICUBIC);
      case "chexzero-antialiased" -> PublishedTransforms.cheXzero(Kernel.ANTIALIASED_BICUBIC);
      default -> throw new IllegalArgumentException(model);
    };
  }

  /** A file, or {@code noise-WIDTHxHEIGHT-SEED}. */
  private static RgbImage image(String name) {
    if (name.startsWith("noise-")) {
      String[] numbers = name.split("[-x]", -1);
      return Fixtures.noise(
          Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]), Integer.parseInt(numbers[3]));
    }
    return new ImageDecoder().decode(Fixtures.bytes(name), name);
  }

  private static String floatHash(PixelBatch batch) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * batch.values().length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(batch.values());
    return ContentHash.of(bytes.array()).hex();
  }
}
