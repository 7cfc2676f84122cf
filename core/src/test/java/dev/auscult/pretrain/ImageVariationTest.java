package dev.auscult.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.image.RgbImage;
import dev.auscult.pretrain.PretrainConfig.Augmentation;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ImageVariationTest {
  private static final RgbImage IMAGE = numbered(4, 3);

  @Test
  void movesPixelsAndFillsWithBlack() {
    RgbImage moved = new ImageVariation(1, -1, 1, 0).apply(IMAGE);

    assertThat(red(moved)).containsExactly(0, 40, 50, 60, 0, 80, 90, 100, 0, 0, 0, 0);
  }

  @Test
  void stretchesContrastAroundMidGrayAndClips() {
    RgbImage changed = new ImageVariation(0, 0, 2, 100).apply(IMAGE);

    assertThat(red(changed)).startsWith(0, 0, 12, 32).endsWith(192);
  }

  @Test
  void leavesTheImageAloneWhenNothingIsAllowed() {
    ImageVariation drawn = ImageVariation.draw(Augmentation.NONE, 112, new SplittableRandom(5));

    assertThat(drawn.apply(IMAGE).toBytes()).isEqualTo(IMAGE.toBytes());
  }

  @Test
  void staysWithinItsLimitsAndReachesThem() {
    Augmentation limits = new Augmentation(0.05, 0.1, 0.2);
    SplittableRandom random = new SplittableRandom(1);
    int widest = 0;
    for (int i = 0; i < 500; i++) {
      ImageVariation drawn = ImageVariation.draw(limits, 100, random);
      assertThat(drawn.gain()).isBetween(0.8, 1.2);
      assertThat(drawn.lift()).isBetween(-25.5, 25.5);
      assertThat(drawn.down()).isBetween(-5, 5);
      widest = Math.max(widest, Math.abs(drawn.right()));
    }
    assertThat(widest).isEqualTo(5);
  }

  private static RgbImage numbered(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3 * 10);
    }
    return new RgbImage(width, height, rgb);
  }

  private static int[] red(RgbImage image) {
    int[] red = new int[image.width() * image.height()];
    for (int i = 0; i < red.length; i++) {
      red[i] = image.sample(i % image.width(), i / image.width(), 0);
    }
    return red;
  }
}
