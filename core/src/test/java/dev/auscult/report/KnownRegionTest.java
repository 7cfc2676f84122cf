package dev.auscult.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.balance.ImageContributions;
import dev.auscult.image.RgbImage;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 4 x 4 pixels, 2 x 2 patches; the region is the left half of the upper left patch. */
class KnownRegionTest {
  private static final RgbImage MASK = region(0, 0, 1, 2);

  @Test
  void massCountsEachPatchWithItsPartInside() {
    assertThat(KnownRegion.mass(patches(-4, 2, 1, 1), MASK)).isEqualTo(0.25, within(1e-15));
    assertThat(KnownRegion.area(MASK)).isEqualTo(0.125, within(1e-15));
  }

  @Test
  void evenContributionsHaveTheMassOfTheArea() {
    assertThat(KnownRegion.mass(patches(1, -1, 1, -1), MASK))
        .isEqualTo(KnownRegion.area(MASK), within(1e-15));
  }

  @Test
  void theStrongestPatchPointsWhateverItsSign() {
    assertThat(KnownRegion.pointedAt(patches(-4, 2, 1, 1), MASK)).isTrue();
    assertThat(KnownRegion.pointedAt(patches(1, -2, 1, 1), MASK)).isFalse();
    assertThat(KnownRegion.touched(patches(1, 1, 1, 1), MASK)).isEqualTo(0.25);
  }

  @Test
  void theFirstOfEquallyStrongPatchesPoints() {
    assertThat(KnownRegion.pointedAt(patches(2, -2, 2, 2), MASK)).isTrue();
    assertThat(KnownRegion.pointedAt(patches(2, -2, 2, 2), region(2, 0, 4, 2))).isFalse();
  }

  @Test
  void noContributionHasNoMass() {
    assertThat(KnownRegion.mass(patches(0, 0, 0, 0), MASK)).isNaN();
  }

  private static ImageContributions patches(double... phi) {
    List<Double> values = Arrays.stream(phi).boxed().toList();
    return new ImageContributions(2, 2, values, Collections.nCopies(4, 0.0));
  }

  private static RgbImage region(int left, int top, int right, int bottom) {
    byte[] rgb = new byte[3 * 4 * 4];
    for (int y = top; y < bottom; y++) {
      Arrays.fill(rgb, 3 * (4 * y + left), 3 * (4 * y + right), (byte) 255);
    }
    return new RgbImage(4, 4, rgb);
  }
}
