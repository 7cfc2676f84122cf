package dev.auscult.data.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.ContentHash;
import dev.auscult.base.Seed;
import dev.auscult.data.Sample;
import dev.auscult.image.RgbImage;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhantomTest {
  private static final PhantomConfig CONFIG = PhantomConfig.of(260, new Seed(11));
  private final PhantomDataset phantoms = new PhantomDataset(CONFIG);

  /** If these change, the drawing changed: raise the version, and train the shipped models anew. */
  @ParameterizedTest
  @CsvSource({
    "128, fb820216a176",
    "64, 8688ebeb54ab",
    "150, eb5b2f2f2299",
  })
  void theImagesOfTheFirstTwentySixPhantomsAreTheSameBitsEverywhere(int size, String expected) {
    PhantomDataset sized =
        new PhantomDataset(CONFIG.withSize(size).withOverlay(OverlayMode.UNRELATED));
    String[] images =
        IntStream.range(0, 26)
            .mapToObj(i -> ContentHash.of(sized.phantom(i).image().toBytes()).hex())
            .toArray(String[]::new);
    assertThat(ContentHash.of(images).abbreviated()).isEqualTo(expected);
  }

  @Test
  void theTextsOfTheFirstPhantomsAreTheSameEverywhere() {
    String[] texts =
        IntStream.range(0, 200)
            .mapToObj(phantoms::phantom)
            .map(p -> p.caption() + p.paraphrase(0) + p.question() + p.attributes())
            .toArray(String[]::new);
    assertThat(ContentHash.of(texts).abbreviated()).isEqualTo("ee12ef2afd63");
  }

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
  void anotherSeedDrawsAnotherImage() {
    PhantomDataset other = new PhantomDataset(PhantomConfig.of(1, new Seed(12)));
    assertThat(other.phantom(0).image().toBytes())
        .isNotEqualTo(phantoms.phantom(0).image().toBytes());
    assertThat(other.hash()).isNotEqualTo(phantoms.hash());
  }

  @Test
  void anotherOverlayChangesTheImageInsideItsRegionOnly() {
    for (OverlayMode mode : OverlayMode.values()) {
      PhantomDataset labelled = new PhantomDataset(CONFIG.withOverlay(mode));
      for (int i = 0; i < 26; i++) {
        RgbImage plain = phantoms.phantom(i).image();
        RgbImage other = labelled.phantom(i).image();
        RgbImage region = labelled.phantom(i).overlayMask();
        assertThat(changed(plain, other, region, false)).as("outside, %s %d", mode, i).isZero();
        int within = changed(plain, other, region, true);
        assertThat(within > 200).as("inside, %s %d", mode, i).isEqualTo(mode != OverlayMode.NONE);
      }
    }
  }

  private static int changed(RgbImage a, RgbImage b, RgbImage region, boolean inside) {
    int changed = 0;
    for (int y = 0; y < a.height(); y++) {
      for (int x = 0; x < a.width(); x++) {
        boolean within = region.sample(x, y, 0) > 0;
        if (within == inside && a.sample(x, y, 1) != b.sample(x, y, 1)) {
          changed++;
        }
      }
    }
    return changed;
  }

  @Test
  void overlaysNameTheFindingOrAnotherOrNone() {
    Set<String> codes = new HashSet<>();
    for (Finding finding : Finding.values()) {
      codes.add(finding.code());
    }
    assertThat(codes).hasSize(13).allMatch(code -> code.matches("[A-Z]{3}"));
    for (int i = 0; i < 130; i++) {
      assertThat(text(OverlayMode.TRUE_LABEL, i)).isEqualTo(phantoms.phantom(i).finding().code());
      assertThat(text(OverlayMode.CONTRADICTING, i))
          .isNotEqualTo(phantoms.phantom(i).finding().code())
          .isIn(codes);
      assertThat(text(OverlayMode.UNRELATED, i)).isNotIn(codes).matches("[A-Z]{3}");
      assertThat(phantoms.phantom(i).overlayText()).isEmpty();
    }
  }

  private static String text(OverlayMode mode, int index) {
    return new PhantomDataset(CONFIG.withOverlay(mode)).phantom(index).overlayText().orElseThrow();
  }

  @Test
  void anotherCueModeChangesNothingInTheImage() {
    PhantomDataset cued = new PhantomDataset(CONFIG.withCue(CueMode.PRESENT));
    assertThat(cued.phantom(5).image().toBytes()).isEqualTo(phantoms.phantom(5).image().toBytes());
    assertThat(cued.phantom(5).caption()).isEqualTo(phantoms.phantom(5).caption());
  }

  @Test
  void everyFindingButTheNormalOneHasALesionOfAtLeastThirtyPixels() {
    for (int i = 0; i < CONFIG.n(); i++) {
      Phantom phantom = phantoms.phantom(i);
      int area = area(phantom.lesionMask(), 0, phantom.size());
      if (phantom.finding() == Finding.NORMAL) {
        assertThat(area).isZero();
      } else {
        assertThat(area).as(phantom.finding() + " " + phantom.severity()).isGreaterThan(30);
      }
    }
  }

  @Test
  void theLesionIsOnTheSideThatTheFindingNames() {
    for (int i = 0; i < CONFIG.n(); i++) {
      Phantom phantom = phantoms.phantom(i);
      RgbImage mask = phantom.lesionMask();
      int patientsRight = area(mask, 0, phantom.size() / 2);
      int patientsLeft = area(mask, phantom.size() / 2, phantom.size());
      switch (phantom.finding().side()) {
        case LEFT -> assertThat(patientsLeft).isGreaterThan(9 * patientsRight);
        case RIGHT -> assertThat(patientsRight).isGreaterThan(9 * patientsLeft);
        case BILATERAL -> {
          assertThat(patientsLeft).isGreaterThan(patientsRight / 4);
          assertThat(patientsRight).isGreaterThan(patientsLeft / 4);
        }
        case MIDDLE -> {}
      }
    }
  }

  @Test
  void theLesionIsWhereTheImageIsDenserThanAroundIt() {
    Map<Finding, double[]> contrast = new EnumMap<>(Finding.class);
    for (int i = 0; i < CONFIG.n(); i++) {
      Phantom phantom = phantoms.phantom(i);
      double[] sums = contrast.computeIfAbsent(phantom.finding(), f -> new double[4]);
      addLevels(phantom.image(), phantom.lesionMask(), sums);
    }
    contrast.forEach(
        (finding, sums) -> {
          if (finding != Finding.NORMAL) {
            assertThat(sums[0] / sums[1])
                .as(finding.prompt())
                .isGreaterThan(sums[2] / sums[3] + 20);
          }
        });
  }

  private static void addLevels(RgbImage image, RgbImage mask, double[] sums) {
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int at = mask.sample(x, y, 0) > 0 ? 0 : 2;
        sums[at] += image.sample(x, y, 0);
        sums[at + 1]++;
      }
    }
  }

  private static int area(RgbImage mask, int fromColumn, int toColumn) {
    int area = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = fromColumn; x < toColumn; x++) {
        area += mask.sample(x, y, 0) > 0 ? 1 : 0;
      }
    }
    return area;
  }

  @Test
  void severerLesionsAreLarger() {
    PhantomConfig many = CONFIG.withCount(780);
    Map<Finding, Map<Severity, int[]>> areas = new EnumMap<>(Finding.class);
    for (int i = 0; i < 780; i++) {
      Phantom phantom = new Phantom(many, i);
      phantom
          .severity()
          .ifPresent(
              grade -> {
                int[] sum =
                    areas
                        .computeIfAbsent(phantom.finding(), f -> new EnumMap<>(Severity.class))
                        .computeIfAbsent(grade, s -> new int[2]);
                sum[0] += area(phantom.lesionMask(), 0, phantom.size());
                sum[1]++;
              });
    }
    areas.forEach(
        (finding, byGrade) -> {
          double mild = mean(byGrade, Severity.MILD);
          double moderate = mean(byGrade, Severity.MODERATE);
          double severe = mean(byGrade, Severity.SEVERE);
          assertThat(moderate).as(finding.prompt()).isGreaterThan(mild);
          assertThat(severe).as(finding.prompt()).isGreaterThan(moderate);
        });
  }

  private static double mean(Map<Severity, int[]> byGrade, Severity grade) {
    int[] sum = byGrade.getOrDefault(grade, new int[] {0, 1});
    return (double) sum[0] / sum[1];
  }

  @Test
  void findingsAreEquallyFrequentInEveryRunOfThirteen() {
    for (int from = 0; from < CONFIG.n(); from += 13) {
      Set<Finding> seen = new HashSet<>();
      for (int i = from; i < from + 13; i++) {
        seen.add(phantoms.phantom(i).finding());
      }
      assertThat(seen).hasSize(13);
    }
  }

  @Test
  void aPatientHasOneToThreeImagesInOneSplitAndTheSameAttributes() {
    Map<String, Set<String>> facts = new HashMap<>();
    Map<String, Integer> images = new HashMap<>();
    for (int i = 0; i < CONFIG.n(); i++) {
      Phantom phantom = phantoms.phantom(i);
      facts
          .computeIfAbsent(phantom.patientId(), p -> new HashSet<>())
          .add(
              "%s %d %s %s"
                  .formatted(phantom.split(), phantom.age(), phantom.sex(), phantom.site()));
      images.merge(phantom.patientId(), 1, Integer::sum);
    }
    assertThat(facts.values()).allSatisfy(each -> assertThat(each).hasSize(1));
    assertThat(images.values()).allSatisfy(n -> assertThat(n).isBetween(1, 3)).contains(1, 2, 3);
  }

  @Test
  void splitsHoldSeventyFifteenAndFifteenPercent() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Sample sample : new PhantomDataset(CONFIG.withCount(3000)).samples()) {
      counts.merge(sample.split().orElseThrow(), 1, Integer::sum);
    }
    // three standard errors of 1,500 patients: 3.5 %, 2.8 %, 2.8 %
    assertThat(counts.get("train")).isBetween(1995, 2205);
    assertThat(counts.get("validation")).isBetween(366, 534);
    assertThat(counts.get("test")).isBetween(366, 534);
  }

  @Test
  void attributesSayNothingAboutTheFinding() {
    PhantomConfig many = CONFIG.withCount(5200);
    List<Phantom> all = IntStream.range(0, 5200).mapToObj(i -> new Phantom(many, i)).toList();
    // p = 1e-4 at 12 (values - 1) degrees of freedom; a patient's images are not independent, so
    // attributes of the patient get a third more
    assertThat(Independence.chiSquare(all, Phantom::finding, Phantom::view)).isLessThan(39.1);
    assertThat(Independence.chiSquare(all, Phantom::finding, Phantom::scanner)).isLessThan(76.4);
    assertThat(Independence.chiSquare(all, Phantom::finding, Phantom::sex)).isLessThan(52);
    assertThat(Independence.chiSquare(all, Phantom::finding, Phantom::site)).isLessThan(78);
    assertThat(Independence.chiSquare(all, Phantom::finding, Phantom::device)).isLessThan(78);
    assertThat(Independence.chiSquare(all, Phantom::finding, p -> p.age() / 20)).isLessThan(102);
  }

  @Test
  void theSampleCarriesRegionsOnlyWhereThereIsSomething() {
    PhantomDataset labelled = new PhantomDataset(CONFIG.withOverlay(OverlayMode.TRUE_LABEL));
    for (int i = 0; i < 26; i++) {
      boolean normal = phantoms.phantom(i).finding() == Finding.NORMAL;
      assertThat(phantoms.samples().get(i).regions().containsKey("lesion")).isEqualTo(!normal);
      assertThat(phantoms.samples().get(i).regions()).doesNotContainKey("overlay");
      assertThat(labelled.samples().get(i).regions()).containsKey("overlay");
      assertThat(phantoms.samples().get(i).concept().isPresent()).isEqualTo(!normal);
    }
    assertThat(labelled.samples().get(0).image().hash())
        .isNotEqualTo(phantoms.samples().get(0).image().hash());
  }

  @Test
  void impossibleSizesAndCountsAreRefused() {
    assertThatThrownBy(() -> PhantomConfig.of(0, new Seed(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CONFIG.withSize(4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> phantoms.phantom(260)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
