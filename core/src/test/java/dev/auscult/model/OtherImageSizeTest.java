package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Models opened by their path for images of another size than they were trained with, against what
 * their own libraries compute there (conformance/other_image_sizes.py).
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class OtherImageSizeTest {
  /** Sums of float32 in another order. */
  private static final float ROUNDING = 2e-5f;

  private static final Path MODELS = Path.of("src/test/resources/dev/auscult/model");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "clip/complete, 8",
    "clip/complete, 32",
    "zoo/siglip, 24",
    "zoo/siglip, 48",
    "zoo/dinov2, 14",
    "zoo/dinov2, 42",
    "zoo/rclip, 24",
    "zoo/rclip, 48",
    "zoo/open-clip, 24",
    "zoo/open-clip, 48",
    "zoo/open-clip-text, 24",
    "zoo/open-clip-text, 48",
    "zoo/openai-half, 24",
    "zoo/openai-half, 48",
    "zoo/openai-nested, 24",
    "zoo/openai-nested, 48",
    "zoo/biomedclip, 24",
    "zoo/biomedclip, 48",
    "zoo/keep, 24",
    "zoo/keep, 48",
    "zoo/unimed-clip, 24",
    "zoo/unimed-clip, 48"
  })
  void agreesWithTheReferenceAtAnotherSize(String name, int size) throws IOException {
    SafetensorsFile expected =
        SafetensorsFile.open(MODELS.resolve(name).resolve("expected-" + size + ".safetensors"));
    try (VisionEncoder encoder = sized(name, "{\"image_size\": %d}".formatted(size))) {
      PixelBatch pixels =
          PixelBatch.stack(ZooCase.images().stream().map(encoder.imageTransform()::apply).toList());

      assertThat(pixels.width()).isEqualTo(size);
      float[] sample = expected.get("pixel_sample").toFloats();
      assertThat(sample).hasSizeGreaterThan(3);
      for (int i = 0; i < sample.length; i++) {
        assertThat(pixels.values()[97 * i]).isCloseTo(sample[i], within(1e-6f));
      }
      assertThat(encoder.encodeImages(pixels).toArray())
          .containsExactly(expected.get("image_embeds").toFloats(), within(ROUNDING));
      assertThat(encoder.architecture().orElseThrow().family()).contains("at " + size + " px");
    }
  }

  /** bfloat16 keeps 8 bits; positions are interpolated before they lose any. */
  @Test
  void staysCloseInBfloat16() throws IOException {
    copy("zoo/open-clip");
    Files.writeString(folder.resolve("auscult.json"), "{\"image_size\": 48}");
    Compute half = new Compute(2, DType.BFLOAT16, 0);
    try (VisionEncoder full = open();
        VisionEncoder encoder = Models.loadVision(folder.toString(), half, Progress.NONE)) {
      PixelBatch pixels =
          PixelBatch.stack(ZooCase.images().stream().map(full.imageTransform()::apply).toList());
      FloatMatrix expected = full.encodeImages(pixels);
      FloatMatrix found = encoder.encodeImages(pixels);
      for (int row = 0; row < found.rows(); row++) {
        assertThat(found.dot(row, expected, row)).isGreaterThan(.999);
      }
    }
  }

  @Test
  void isAnotherModelToCachesAndProvenance() throws IOException {
    ModelIdentity trained = identity("{\"model\": \"plip\"}");

    ModelIdentity larger = identity("{\"model\": \"plip\", \"image_size\": 48}");
    ModelIdentity smaller = identity("{\"model\": \"plip\", \"image_size\": 24}");

    assertThat(larger.weights()).isEqualTo(trained.weights());
    assertThat(larger.configuration())
        .isNotEqualTo(trained.configuration())
        .isNotEqualTo(smaller.configuration());
    assertThat(larger.notice()).isEqualTo(trained.notice());
  }

  private ModelIdentity identity(String hint) throws IOException {
    try (VisionEncoder encoder = sized("zoo/open-clip", hint)) {
      return encoder.identity();
    }
  }

  @Test
  void leavesTextsAlone() throws IOException {
    ZooCase expected = new ZooCase("biomedclip");
    try (DualEncoder encoder = (DualEncoder) sized("zoo/biomedclip", "{\"image_size\": 48}")) {
      assertThat(encoder.encodeTexts(expected.ids()).toArray())
          .containsExactly(expected.matrix("text_embeds").toArray(), within(ROUNDING));
    }
  }

  @Test
  void changesNothingAtTheSizeOfTheTraining() throws IOException {
    ZooCase expected = new ZooCase("open-clip");
    try (VisionEncoder encoder = sized("zoo/open-clip", "{\"image_size\": 32}")) {
      assertThat(encoder.encodeImages(expected.pixels()).toArray())
          .containsExactly(expected.matrix("image_embeds").toArray(), within(ROUNDING));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "medclip-swin, Swin",
    "medclip-resnet, ResNet",
    "cxr-clip-swin, Swin",
    "biovil, ResNet",
    "biovil-t, ResNet",
    "openai-resnet, ResNet",
    "conch, CONCH"
  })
  void refusesNetworksOfOneSize(String name, String network) {
    assertRefused("zoo/" + name, "{\"image_size\": 448}", network, "one size only", "remove it");
  }

  @Test
  void refusesSizesThatPatchesDoNotTile() {
    assertRefused("zoo/open-clip", "{\"image_size\": 44}", "44", "multiple of 8", "take 48");
    assertRefused("zoo/dinov2", "{\"image_size\": 3}", "multiple of 7", "take 7");
  }

  @Test
  void refusesSizesThatWouldFillTheMemory() {
    assertRefused("zoo/open-clip", "{\"image_size\": 16384}", "16384", "up to 512", "take 512");
  }

  @ParameterizedTest
  @CsvSource({"0", "-32", "20000", "4294967328", "48.0", "true", "null"})
  void refusesWhatIsNoSize(String size) {
    assertRefused("zoo/open-clip", "{\"image_size\": " + size + "}", "image_size", "pixels");
  }

  @Test
  void refusesAPreprocessingOfOneSize() {
    assertRefused(
        "zoo/chexzero",
        "{\"model\": \"chexzero\", \"image_size\": 448}",
        "224 x 224",
        "448 x 448",
        "one size only");
  }

  @Test
  void tellsOfThisWhereSizesDisagree() throws IOException {
    copy("clip/complete");
    Path file = folder.resolve("preprocessor_config.json");
    String other =
        Files.readString(file).replaceAll("(height|width|shortest_edge)\": 16", "$1\": 32");
    Files.writeString(file, other);

    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("32 x 32", "16 x 16", "auscult.json", "{\"image_size\": 32}");

    Files.writeString(folder.resolve("auscult.json"), "{\"image_size\": 32}");
    try (VisionEncoder encoder = open()) {
      assertThat(encoder.patchGrid().imageSize()).isEqualTo(32);
    }
  }

  @Test
  void checksNoImageAgainstAReferenceOfAnotherSize() throws IOException {
    try (DualEncoder trained = Models.load("phantom", Compute.standard())) {
      assertThat(ModelCheck.of(trained))
          .extracting(ModelCheck.Finding::what)
          .contains("the test image embeds as in the reference")
          .contains("the test text embeds as in the reference");
    }
    Path phantom = Path.of("src/main/resources/dev/auscult/model/phantom/balanced");
    copy(phantom);
    Files.writeString(folder.resolve("auscult.json"), "{\"image_size\": 128}");
    try (VisionEncoder larger = open()) {
      assertThat(ModelCheck.of(larger))
          .allMatch(ModelCheck.Finding::passed)
          .extracting(ModelCheck.Finding::what)
          .doesNotContain("the test image embeds as in the reference")
          .contains("the test text embeds as in the reference");
    }
  }

  private void assertRefused(String name, String hint, String... parts) {
    assertThatThrownBy(() -> sized(name, hint).close())
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("\n");
  }

  private VisionEncoder sized(String name, String hint) throws IOException {
    copy(name);
    Files.writeString(folder.resolve("auscult.json"), hint);
    return open();
  }

  private VisionEncoder open() {
    return Models.loadVision(folder.toString(), Compute.standard(), Progress.NONE);
  }

  private void copy(String name) throws IOException {
    Path model = MODELS.resolve(name).resolve("model");
    copy(Files.isDirectory(model) ? model : MODELS.resolve(name));
  }

  private void copy(Path from) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
      for (Path file : files) {
        Path to = folder.resolve(file.getFileName().toString());
        Files.deleteIfExists(to);
        Files.copy(file, to);
      }
    }
  }
}
