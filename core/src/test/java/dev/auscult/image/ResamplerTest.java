package dev.auscult.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ResamplerTest {

  static Stream<JsonNode> pillow() {
    return Fixtures.cases("resize.json");
  }

  @ParameterizedTest
  @MethodSource("pillow")
  void equalsPillowBitForBit(JsonNode expected) {
    RgbImage image =
        Fixtures.noise(
            expected.get("width").intValue(),
            expected.get("height").intValue(),
            expected.get("seed").intValue());

    RgbImage resized =
        Resampler.resize(
            image,
            new PixelSize(expected.get("toHeight").intValue(), expected.get("toWidth").intValue()),
            Resample.valueOf(expected.get("filter").stringValue()));

    assertThat(Fixtures.pixelHash(resized)).isEqualTo(expected.get("pixels").stringValue());
  }

  @Property(tries = 200)
  void aConstantImageStaysConstant(
      @ForAll @IntRange(min = 1, max = 60) int width,
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(min = 1, max = 60) int toWidth,
      @ForAll @IntRange(min = 1, max = 60) int toHeight,
      @ForAll Resample filter,
      @ForAll byte level) {
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, level);

    RgbImage resized =
        Resampler.resize(
            new RgbImage(width, height, rgb), new PixelSize(toHeight, toWidth), filter);

    assertThat(resized.toBytes()).containsOnly(level);
  }

  @Property(tries = 50)
  void theSameSizeReturnsTheSamePixels(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll Resample filter,
      @ForAll @IntRange(min = 1, max = 1000) int seed) {
    RgbImage image = Fixtures.noise(width, height, seed);

    RgbImage resized = Resampler.resize(image, new PixelSize(height, width), filter);

    assertThat(resized.toBytes()).isEqualTo(image.toBytes());
  }

  @Property(tries = 200)
  void aWindowEqualsThePartOfTheWhole(
      @ForAll @IntRange(min = 1, max = 30) int width,
      @ForAll @IntRange(min = 1, max = 30) int height,
      @ForAll @IntRange(min = 5, max = 40) int toWidth,
      @ForAll @IntRange(min = 5, max = 40) int toHeight,
      @ForAll @IntRange(min = 0, max = 4) int left,
      @ForAll @IntRange(min = 0, max = 4) int top,
      @ForAll Resample filter) {
    RgbImage image = Fixtures.noise(width, height, 7);
    RgbImage whole = Resampler.resize(image, new PixelSize(toHeight, toWidth), filter);

    RgbImage part =
        Resampler.resize(
            image,
            Resampler.Frame.around(image),
            new Resampler.Extent(toHeight, toWidth),
            filter,
            new Resampler.Window(top, left, toHeight - top, toWidth - left));

    for (int y = 0; y < part.height(); y++) {
      for (int x = 0; x < part.width(); x++) {
        assertThat(part.sample(x, y, 1)).isEqualTo(whole.sample(x + left, y + top, 1));
      }
    }
  }

  @Property(tries = 200)
  void aFrameIsAsGoodAsBlackPixelsAroundTheImage(
      @ForAll @IntRange(min = 1, max = 30) int width,
      @ForAll @IntRange(min = 1, max = 30) int height,
      @ForAll @IntRange(min = 0, max = 9) int left,
      @ForAll @IntRange(min = 0, max = 9) int top,
      @ForAll @IntRange(min = 1, max = 40) int toWidth,
      @ForAll @IntRange(min = 1, max = 40) int toHeight,
      @ForAll Resample filter) {
    RgbImage image = Fixtures.noise(width, height, 9);
    PixelSize framed = new PixelSize(height + 2 * top, width + 2 * left);
    RgbImage padded = new Crop(framed, Crop.Centring.TORCHVISION, 0).pad(image);

    RgbImage resized =
        Resampler.resize(
            image,
            new Resampler.Frame(new Resampler.Extent(framed.height(), framed.width()), top, left),
            new Resampler.Extent(toHeight, toWidth),
            filter,
            new Resampler.Window(0, 0, toHeight, toWidth));

    assertThat(resized.toBytes())
        .isEqualTo(Resampler.resize(padded, new PixelSize(toHeight, toWidth), filter).toBytes());
  }
}
