package dev.auscult.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class OpenClipPreprocessingTest {
  @Test
  void anEmptyConfigurationIsOpenAisClipAsTorchvisionCropsIt() {
    assertThat(parse("{}")).isEqualTo(PublishedTransforms.openAi(224));
  }

  @Test
  void theModelsOwnImageSizePrevailsAndUnknownOrNullKeysAreIgnored() {
    ImageTransform transform =
        parse(
            """
            {"model_cfg": {"embed_dim": 512, "vision_cfg": {"image_size": 336, "layers": 24}},
             "preprocess_cfg": {"size": 224, "mean": [0.5, 0.5, 0.5], "std": 0.5, "mode": "RGB",
               "interpolation": null, "crop_pct": 0.9}}""");

    assertThat(transform)
        .isEqualTo(
            ImageTransform.of(
                Fit.torchvision(336, Resample.BICUBIC, 336), Normalisation.centred()));
  }

  @Test
  void readsAFile(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("open_clip_config.json"), "{\"preprocess_cfg\": {\"size\": [64, 64]}}");

    assertThat(ImageTransform.readOpenClip(file)).isEqualTo(PublishedTransforms.openAi(64));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {"preprocess_cfg": {"mode": "L"}}                      | "preprocess_cfg.mode": "L"
          {"preprocess_cfg": {"mode": 7}}                        | "preprocess_cfg.mode"
          {"preprocess_cfg": {"interpolation": "lanczos"}}       | bicubic, bilinear, random
          {"preprocess_cfg": {"resize_mode": "crop"}}            | shortest, longest, squash
          {"preprocess_cfg": {"fill_color": 256}}                | "preprocess_cfg.fill_color"
          {"preprocess_cfg": {"fill_color": [0, 0, 0]}}          | a whole number from 0 to 255
          {"preprocess_cfg": {"size": "224"}}                    | "preprocess_cfg.size"
          {"preprocess_cfg": {"size": [224, 0]}}                 | "preprocess_cfg.size[1]"
          {"preprocess_cfg": {"std": [1, 1, 0]}}                 | "preprocess_cfg.std[2]"
          {"preprocess_cfg": [1]}                                | "preprocess_cfg"
          {"model_cfg": {"vision_cfg": {"image_size": 99999}}}   | "model_cfg.vision_cfg.image_size"
          {"model_cfg": {"vision_cfg": 3}}                       | "model_cfg.vision_cfg"
          []                                                     | not an object
          """)
  void namesTheFileAndTheKeyAtFault(String json, String named) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a/open_clip_config.json: found ")
        .hasMessageContaining(named)
        .hasMessageContaining("take the open_clip_config.json of the model's own checkpoint");
  }

  private static ImageTransform parse(String json) {
    return ImageTransform.parseOpenClip(
        JsonMapper.shared().readTree(json), "a/open_clip_config.json");
  }
}
