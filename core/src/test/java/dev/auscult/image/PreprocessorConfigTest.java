package dev.auscult.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.image.Resize.ShortestEdge;
import dev.auscult.image.Resize.Squash;
import dev.auscult.image.Resize.Unresized;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class PreprocessorConfigTest {
  @Test
  void anEmptyConfigurationIsOpenAisClip() {
    assertThat(parse("{}")).isEqualTo(ImageTransform.clip(224));
  }

  @Test
  void readsTheFormOfOldCheckpoints() {
    ImageTransform transform =
        parse(
            """
            {"feature_extractor_type": "CLIPFeatureExtractor", "size": 336, "crop_size": 336,
             "resample": 3, "do_resize": true, "do_center_crop": true, "do_normalize": true,
             "image_mean": [0.48145466, 0.4578275, 0.40821073],
             "image_std": [0.26862954, 0.26130258, 0.27577711]}""");

    assertThat(transform).isEqualTo(ImageTransform.clip(336));
  }

  @Test
  void readsBothEdgesStepsLeftOutAndScalarStatistics() {
    ImageTransform transform =
        parse(
            """
            {"size": {"height": 30, "width": 40}, "do_center_crop": false, "resample": 2,
             "do_rescale": false, "image_mean": 0.5, "image_std": 0.25, "crop_size": null}""");

    assertThat(transform)
        .isEqualTo(
            ImageTransform.of(
                Fit.squash(new PixelSize(30, 40), Resample.BILINEAR),
                new Normalisation(1, List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25))));
  }

  @Test
  void takesTheDefaultsOfTheNamedProcessor() {
    PixelSize size = PixelSize.square(224);

    assertThat(parse("{\"image_processor_type\": \"SiglipImageProcessor\"}"))
        .isEqualTo(ImageTransform.of(Fit.squash(size, Resample.BICUBIC), Normalisation.centred()));
    assertThat(parse("{\"image_processor_type\": \"ViTImageProcessorFast\"}"))
        .isEqualTo(ImageTransform.of(Fit.squash(size, Resample.BILINEAR), Normalisation.centred()));
    assertThat(parse("{\"image_processor_type\": \"BitImageProcessor\"}"))
        .isEqualTo(ImageTransform.clip(224));
  }

  @Test
  void writesOnlyWhatTheReferenceCanRead(@TempDir Path folder) {
    Path file = folder.resolve("preprocessor_config.json");

    for (ImageTransform transform :
        List.of(PublishedTransforms.openAi(224), PublishedTransforms.medClip())) {
      assertThatIllegalStateException().isThrownBy(() -> transform.write(file));
    }
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource
  void whatIsWrittenReadsBackEqual(ImageTransform transform, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("preprocessor_config.json");

    transform.write(file);

    assertThat(ImageTransform.read(file)).isEqualTo(transform);
  }

  static Stream<ImageTransform> whatIsWrittenReadsBackEqual() {
    ImageTransform clip = ImageTransform.clip(224);
    return Stream.of(
        clip,
        ImageTransform.centred(64),
        of(
            new Squash(new PixelSize(7, 9)),
            Resample.BILINEAR,
            new PixelSize(5, 4),
            new Normalisation(0.1, List.of(0.1, 0.2, 0.3), List.of(1.0 / 3, 2.0 / 3, 1.0))),
        of(new Unresized(), clip.resample(), clip.crop(), Normalisation.none()),
        of(new ShortestEdge(11), Resample.LANCZOS, clip.crop(), clip.normalisation()));
  }

  private static ImageTransform of(
      Resize resize, Resample resample, PixelSize crop, Normalisation normalisation) {
    return ImageTransform.of(new Fit(resize, resample, Crop.transformers(crop)), normalisation);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {"size": "big"}                                   | "size"
          {"size": 0}                                       | "size"
          {"size": 22.5}                                    | "size"
          {"size": 1000000000000000000000}                  | "size"
          {"size": {"shortest_edge": 100000}}               | "size.shortest_edge"
          {"size": {"shortest_edge": 9, "longest_edge": 9}} | "size"
          {"size": {"height": 9}}                           | "size"
          {"size": [9]}                                     | "size"
          {"crop_size": {"height": 9, "width": -1}}         | "crop_size.width"
          {"crop_size": true}                               | "crop_size"
          {"do_center_crop": false}                         | "do_center_crop"
          {"image_processor_type": "SiglipImageProcessor", "size": 9} | "do_center_crop"
          {"do_resize": "yes"}                              | "do_resize"
          {"do_pad": true}                                  | "do_pad"
          {"resample": 0}                                   | 2 (bilinear) or 3 (bicubic)
          {"resample": "bicubic"}                           | "resample"
          {"rescale_factor": -1}                            | "rescale_factor"
          {"rescale_factor": 1e400}                         | "rescale_factor"
          {"rescale_factor": BIG}                           | "rescale_factor"
          {"rescale_factor": 1e-90}                         | "rescale_factor"
          {"image_mean": [0.5, 0.5]}                        | "image_mean"
          {"image_mean": [0.5, 0.5, "x"]}                   | "image_mean[2]"
          {"image_mean": [0.5, 0.5, 1e99]}                  | "image_mean[2]"
          {"image_std": [0.5, 0, 0.5]}                      | "image_std[1]"
          {"image_processor_type": "OwlViTImageProcessor"}  | CLIPImageProcessor,
          [1, 2]                                            | not an object
          """)
  void namesTheFileAndTheKeyAtFault(String json, String named) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a/preprocessor_config.json: found ")
        .hasMessageContaining(named)
        .hasMessageContaining("; expected ");
  }

  @Test
  void refusesFilesThatAreMissingDamagedOrHuge(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("missing.json");
    Path damaged = Files.writeString(folder.resolve("damaged.json"), "{\"size\": ");
    Path deep = Files.writeString(folder.resolve("deep.json"), "[".repeat(100_000));
    Path huge = Files.write(folder.resolve("huge.json"), new byte[(1 << 20) + 1]);

    for (Path file : List.of(missing, damaged, deep, huge, folder)) {
      assertThatThrownBy(() -> ImageTransform.read(file))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(file + ": found ");
    }
  }

  private static ImageTransform parse(String json) {
    return ImageTransform.parse(
        JsonMapper.shared().readTree(json.replace("BIG", "9".repeat(400))),
        "a/preprocessor_config.json");
  }
}
