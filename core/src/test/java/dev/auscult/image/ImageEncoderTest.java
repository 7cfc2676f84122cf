package dev.auscult.image;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ImageEncoderTest {

  @Property(tries = 50)
  void decodesToTheSamePixelsAndEncodesToTheSameBytes(
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll @IntRange(min = 1, max = 1000) int seed) {
    RgbImage image = Fixtures.noise(width, height, seed);

    byte[] png = ImageEncoder.png(image);

    assertThat(new ImageDecoder().decode(png, "png").toBytes()).isEqualTo(image.toBytes());
    assertThat(ImageEncoder.png(image)).isEqualTo(png);
  }
}
