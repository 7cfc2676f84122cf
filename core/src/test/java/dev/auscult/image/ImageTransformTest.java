package dev.auscult.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.image.ImageTransform.Resample;
import dev.auscult.image.ImageTransform.ShortestEdge;
import dev.auscult.image.ImageTransform.Squash;
import dev.auscult.image.ImageTransform.Unresized;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ImageTransformTest {
  private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);

  static Stream<JsonNode> transformers() {
    return Fixtures.cases("transforms.json");
  }

  @ParameterizedTest
  @MethodSource("transformers")
  void equalsTransformersOnPixelsExactlyAndOnFloatsToOneMillionth(JsonNode expected) {
    String file = expected.get("file").stringValue();
    RgbImage image = new ImageDecoder().decode(Fixtures.bytes(file), file);
    ImageTransform transform = ImageTransform.parse(expected.get("config"), "fixture");

    RgbImage pixels = transform.resizeAndCrop(image);
    PixelBatch batch = transform.apply(image);

    assertThat(new PixelSize(pixels.height(), pixels.width()))
        .isEqualTo(
            new PixelSize(expected.get("height").intValue(), expected.get("width").intValue()));
    assertThat(Fixtures.pixelHash(pixels)).isEqualTo(expected.get("pixels").stringValue());
    int step = expected.get("step").intValue();
    JsonNode values = expected.get("values");
    for (int i = 0; i < values.size(); i++) {
      assertThat(batch.values()[i * step])
          .isCloseTo((float) values.get(i).doubleValue(), within(1e-6f));
    }
  }

  @Test
  void laysOutOneImageByChannelThenRow() {
    RgbImage image = new RgbImage(2, 1, new byte[] {0, 51, (byte) 102, (byte) 255, 0, 0});
    ImageTransform transform =
        new ImageTransform(
            new Unresized(),
            Resample.BICUBIC,
            new PixelSize(1, 2),
            1 / 255.0,
            List.of(0.0, 0.0, 0.0),
            List.of(1.0, 1.0, 1.0));

    PixelBatch batch = transform.apply(image);

    assertThat(List.of(batch.count(), batch.channels(), batch.height(), batch.width()))
        .containsExactly(1, 3, 1, 2);
    assertThat(batch.values()).containsExactly(0f, 1f, 0.2f, 0f, 0.4f, 0f);
  }

  @Test
  void cropsAnImageFarLongerThanMemoryCouldHoldResized() {
    RgbImage thin = Fixtures.noise(1, 60_000, 3);

    PixelBatch batch = ImageTransform.clip(224).apply(thin);

    assertThat(batch.values()).hasSize(3 * 224 * 224);
  }

  @Property(tries = 100)
  void givesTheModelsInputSizeWhateverTheImage(
      @ForAll @IntRange(min = 1, max = 50) int width,
      @ForAll @IntRange(min = 1, max = 50) int height,
      @ForAll @IntRange(min = 1, max = 40) int edge,
      @ForAll @IntRange(min = 1, max = 40) int cropHeight,
      @ForAll @IntRange(min = 1, max = 40) int cropWidth) {
    ImageTransform transform =
        new ImageTransform(
            new ShortestEdge(edge),
            Resample.BILINEAR,
            new PixelSize(cropHeight, cropWidth),
            1 / 255.0,
            HALF,
            HALF);

    PixelBatch batch = transform.apply(Fixtures.noise(width, height, 1));

    assertThat(batch.height()).isEqualTo(cropHeight);
    assertThat(batch.width()).isEqualTo(cropWidth);
    for (float value : batch.values()) {
      assertThat(value).isBetween(-1f, 1f);
    }
  }

  @Test
  void equalConfigurationsHaveEqualHashesAndAnyChangeShows() {
    ImageTransform clip = ImageTransform.clip(224);
    List<ImageTransform> changed =
        List.of(
            ImageTransform.clip(225),
            ImageTransform.centred(224),
            with(clip, new Unresized(), clip.resample(), clip.crop(), clip.rescale()),
            with(clip, new Squash(clip.crop()), clip.resample(), clip.crop(), clip.rescale()),
            with(clip, clip.resize(), Resample.BILINEAR, clip.crop(), clip.rescale()),
            with(clip, clip.resize(), clip.resample(), new PixelSize(224, 223), clip.rescale()),
            with(clip, clip.resize(), clip.resample(), clip.crop(), 1 / 256.0));

    assertThat(clip.hash()).isEqualTo(ImageTransform.clip(224).hash());
    assertThat(changed).extracting(ImageTransform::hash).doesNotHaveDuplicates();
    assertThat(changed).extracting(ImageTransform::hash).doesNotContain(clip.hash());
  }

  @Test
  void refusesStatisticsThatAreNotOfThreeChannels() {
    ImageTransform clip = ImageTransform.clip(8);
    for (List<Double> bad :
        List.of(List.<Double>of(), List.of(1.0), List.of(1.0, 1.0, Double.NaN))) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new ImageTransform(
                      clip.resize(), clip.resample(), clip.crop(), clip.rescale(), bad, HALF));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ImageTransform(clip.resize(), clip.resample(), clip.crop(), 0, HALF, HALF));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ImageTransform(
                    clip.resize(),
                    clip.resample(),
                    clip.crop(),
                    1,
                    HALF,
                    Arrays.asList(1.0, 0.0, 1.0)));
  }

  private static ImageTransform with(
      ImageTransform base,
      ImageTransform.Resize resize,
      Resample resample,
      PixelSize crop,
      double rescale) {
    return new ImageTransform(resize, resample, crop, rescale, base.mean(), base.std());
  }
}
