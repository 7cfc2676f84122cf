package dev.auscult.data.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.Seed;
import dev.auscult.image.RgbImage;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhantomTest {
  private static final PhantomConfig CONFIG = PhantomConfig.of(260, new Seed(11));
  private final PhantomDataset phantoms = new PhantomDataset(CONFIG);

  @Test
  void theSameIndexAndSeedDrawTheSameImageWhateverTheNumberOfPhantoms() {
    PhantomDataset more = new PhantomDataset(CONFIG.withCount(400));
    for (int i : new int[] {0, 17, 259}) {
      assertThat(more.phantom(i).image().toBytes())
          .isEqualTo(phantoms.phantom(i).image().toBytes());
      assertThat(more.phantom(i).caption()).isEqualTo(phantoms.phantom(i).caption());
    }
  }

  @Test
  void anotherOverlayChangesNothingOutsideItsRegion() {
    for (OverlayMode mode : OverlayMode.values()) {
      PhantomDataset labelled = new PhantomDataset(CONFIG.withOverlay(mode));
      for (int i = 0; i < 26; i++) {
        RgbImage plain = phantoms.phantom(i).image();
        RgbImage other = labelled.phantom(i).image();
        RgbImage region = labelled.phantom(i).overlayMask();
        assertThat(changedOutside(plain, other, region)).as("%s %d", mode, i).isZero();
      }
    }
  }

  private static int changedOutside(RgbImage a, RgbImage b, RgbImage region) {
    int changed = 0;
    for (int y = 0; y < a.height(); y++) {
      for (int x = 0; x < a.width(); x++) {
        boolean outside = region.sample(x, y, 0) == 0;
        if (outside && a.sample(x, y, 1) != b.sample(x, y, 1)) {
          changed++;
        }
      }
    }
    return changed;
  }

  @Test
  void everyFindingButTheNormalOneHasALesion() {
    for (int i = 0; i < CONFIG.n(); i++) {
      Phantom phantom = phantoms.phantom(i);
      int area = area(phantom.lesionMask());
      if (phantom.finding() == Finding.NORMAL) {
        assertThat(area).isZero();
      } else {
        assertThat(area).as(phantom.finding() + " " + phantom.severity()).isGreaterThan(30);
      }
    }
  }

  private static int area(RgbImage mask) {
    int area = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        area += mask.sample(x, y, 0) > 0 ? 1 : 0;
      }
    }
    return area;
  }

  @Test
  void findingsAreEquallyFrequent() {
    Map<Finding, Integer> counts = new EnumMap<>(Finding.class);
    for (int i = 0; i < CONFIG.n(); i++) {
      counts.merge(phantoms.phantom(i).finding(), 1, Integer::sum);
    }
    assertThat(counts).hasSize(13).allSatisfy((finding, n) -> assertThat(n).isEqualTo(20));
  }

  @Test
  void aPatientHasOneToThreeImagesInOneSplit() {
    Map<String, Set<String>> splits = new HashMap<>();
    Map<String, Integer> images = new HashMap<>();
    for (int i = 0; i < CONFIG.n(); i++) {
      Phantom phantom = phantoms.phantom(i);
      splits.computeIfAbsent(phantom.patientId(), p -> new HashSet<>()).add(phantom.split());
      images.merge(phantom.patientId(), 1, Integer::sum);
    }
    assertThat(splits.values()).allSatisfy(names -> assertThat(names).hasSize(1));
    assertThat(images.values()).allSatisfy(n -> assertThat(n).isBetween(1, 3));
    assertThat(images.values()).contains(1, 2, 3);
  }
}
