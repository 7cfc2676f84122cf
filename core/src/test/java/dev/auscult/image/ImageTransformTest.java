package dev.auscult.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.image.Resize.ShortestEdge;
import dev.auscult.image.Resize.Squash;
import dev.auscult.image.Resize.Unresized;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
        ImageTransform.of(
            new Fit(new Unresized(), Resample.BICUBIC, Crop.transformers(new PixelSize(1, 2))),
            Normalisation.none());

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
        ImageTransform.of(
            new Fit(
                new ShortestEdge(edge),
                Resample.BILINEAR,
                Crop.transformers(new PixelSize(cropHeight, cropWidth))),
            Normalisation.centred());

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
            with(clip, new Unresized(), clip.resample(), clip.crop(), 1 / 255.0),
            with(clip, new Squash(clip.crop()), clip.resample(), clip.crop(), 1 / 255.0),
            with(clip, clip.resize(), Resample.BILINEAR, clip.crop(), 1 / 255.0),
            with(clip, clip.resize(), clip.resample(), new PixelSize(224, 223), 1 / 255.0),
            with(clip, clip.resize(), clip.resample(), clip.crop(), 1 / 256.0));

    assertThat(clip.hash()).isEqualTo(ImageTransform.clip(224).hash());
    assertThat(changed).extracting(ImageTransform::hash).doesNotHaveDuplicates();
    assertThat(changed).extracting(ImageTransform::hash).doesNotContain(clip.hash());
  }

  @Test
  void hashesOfTheCommonFormAreThoseOfEarlierVersions() {
    assertThat(ImageTransform.clip(224).hash().hex())
        .isEqualTo("32c1a19241298584a7402f5f94b76d22c6e5a21a67dc73fa106ac10bd5edc5f7");
  }

  @Test
  void stepsFillGrayCentringAndTensorResizeShowInTheHash() {
    PixelSize size = PixelSize.square(9);
    Resize longest = new Resize.Contain(size);
    List<ImageTransform> all =
        List.of(
            fit(new ShortestEdge(9), Crop.transformers(size)),
            fit(new ShortestEdge(9), Crop.torchvision(size)),
            fit(longest, Crop.torchvision(size)),
            fit(longest, new Crop(size, Crop.Centring.TORCHVISION, 1)),
            fit(new Resize.Cover(size), Crop.torchvision(size)),
            fit(new Resize.LongestEdge(9), Crop.torchvision(size)),
            fit(new Resize.PaddedSquare(9), Crop.torchvision(size)),
            PublishedTransforms.medClip(),
            PublishedTransforms.bioVil(),
            PublishedTransforms.bioVilT(),
            PublishedTransforms.cheXzero(TensorResize.Kernel.BICUBIC),
            PublishedTransforms.cheXzero(TensorResize.Kernel.ANTIALIASED_BICUBIC));

    assertThat(all).extracting(ImageTransform::hash).doesNotHaveDuplicates();
    assertThat(PublishedTransforms.medClip().hash())
        .isEqualTo(PublishedTransforms.medClip().hash());
  }

  private static ImageTransform fit(Resize resize, Crop crop) {
    return ImageTransform.of(new Fit(resize, Resample.BICUBIC, crop), Normalisation.clip());
  }

  @Test
  void setsTheSizeExactlyOnce() {
    Fit fit = ImageTransform.clip(8).fit();
    for (List<PixelStep> steps : List.of(List.<PixelStep>of(), List.<PixelStep>of(fit, fit))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ImageTransform(steps, Normalisation.none(), Optional.empty()));
    }
  }

  @Test
  void fitsAnImageFarThinnerThanItsBlackSquareIntoMemory() {
    RgbImage thin = Fixtures.noise(1, 60_000, 3);

    PixelBatch batch = PublishedTransforms.medClip().apply(thin);

    assertThat(batch.values()).hasSize(3 * 224 * 224);
  }

  @Test
  void showsThePixelsNearestToResizedFloats() {
    ImageTransform transform = PublishedTransforms.cheXzero(TensorResize.Kernel.BICUBIC);
    RgbImage image = Fixtures.noise(70, 50, 4);

    RgbImage shown = transform.resizeAndCrop(image);

    PixelBatch batch = transform.apply(image);
    for (int i = 0; i < 224 * 224; i++) {
      double level = batch.values()[i] * 83.43944 + 101.48761;
      assertThat((double) shown.sample(i % 224, i / 224, 0))
          .isCloseTo(Math.max(0, Math.min(255, level)), within(0.501));
    }
  }

  @Test
  void stretchesToTheWholeRangeRoundingDownAndOneLevelToBlack() {
    RgbImage image = new RgbImage(2, 1, new byte[] {10, 20, 30, 40, 50, 60});

    assertThat(new PixelStep.Stretch().apply(image).toBytes())
        .containsExactly(0, 51, 102, (byte) 153, (byte) 204, (byte) 255);
    assertThat(new PixelStep.Stretch().apply(new RgbImage(1, 1, new byte[] {7, 7, 7})).toBytes())
        .containsExactly(0, 0, 0);
  }

  @Test
  void refusesStatisticsThatAreNotOfThreeChannels() {
    for (List<Double> bad :
        List.of(List.<Double>of(), List.of(1.0), List.of(1.0, 1.0, Double.NaN))) {
      assertThatIllegalArgumentException().isThrownBy(() -> Normalisation.unit(bad, HALF));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new Normalisation(0, HALF, HALF));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Normalisation.unit(HALF, Arrays.asList(1.0, 0.0, 1.0)));
  }

  private static ImageTransform with(
      ImageTransform base, Resize resize, Resample resample, PixelSize crop, double rescale) {
    Normalisation channels = base.normalisation();
    return ImageTransform.of(
        new Fit(resize, resample, Crop.transformers(crop)),
        new Normalisation(rescale, channels.mean(), channels.std()));
  }
}
