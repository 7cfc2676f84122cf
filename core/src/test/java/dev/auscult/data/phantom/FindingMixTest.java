package dev.auscult.data.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.ClassConceptPrior;
import dev.auscult.data.Datasets;
import dev.auscult.data.Sample;
import dev.auscult.image.RgbImage;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phantoms as unbalanced as PadChest-GR, one or two findings each, also from another scanner. */
class FindingMixTest {
  private static final PhantomDataset SINGLE = dataset(882, FindingMix.PADCHEST_GR);
  private static final PhantomDataset MULTIPLE = dataset(748, FindingMix.PADCHEST_GR_MULTIPLE);

  private static PhantomDataset dataset(int n, FindingMix mix) {
    return new PhantomDataset(PhantomConfig.of(n, new Seed(5)).withFindings(mix).withSize(64));
  }

  private static List<Phantom> phantoms(PhantomDataset data) {
    return java.util.stream.IntStream.range(0, data.config().n()).mapToObj(data::phantom).toList();
  }

  private static Map<Finding, Integer> counts(PhantomDataset data) {
    Map<Finding, Integer> counts = new EnumMap<>(Finding.class);
    phantoms(data)
        .forEach(
            phantom ->
                phantom.findings().forEach(finding -> counts.merge(finding, 1, Integer::sum)));
    return counts;
  }

  @Test
  void combinationsAreAsFrequentAsThePaperCountsThem() {
    for (PhantomDataset data : List.of(SINGLE, MULTIPLE)) {
      assertThat(counts(data))
          .containsEntry(Finding.CARDIOMEGALY_CARDIAC, 437)
          .containsEntry(Finding.CONSOLIDATION_LEFT_LOWER_LOBE, 13)
          .containsEntry(Finding.EFFUSION_LEFT_ANGLE, 80)
          .allSatisfy((finding, count) -> assertThat(count).isEqualTo(finding.cases()))
          .hasSize(12);
    }
  }

  @Test
  void anImageShowsOneFindingOrTwoOfDifferentClasses() {
    assertThat(phantoms(SINGLE)).allSatisfy(one -> assertThat(one.findings()).hasSize(1));
    assertThat(phantoms(MULTIPLE))
        .allSatisfy(
            one ->
                assertThat(one.findings())
                    .extracting(Finding::findingClass)
                    .doesNotHaveDuplicates()
                    .hasSizeBetween(1, 2));
    assertThat(phantoms(MULTIPLE).stream().filter(one -> one.findings().size() == 2)).hasSize(134);
  }

  @Test
  void whatAnImageShowsDependsOnSeedAndIndexAlone() {
    PhantomDataset fewer = dataset(100, FindingMix.PADCHEST_GR_MULTIPLE);

    assertThat(phantoms(fewer).stream().map(Phantom::findings).toList())
        .isEqualTo(phantoms(MULTIPLE).stream().map(Phantom::findings).limit(100).toList());
    assertThat(phantoms(MULTIPLE).stream().map(Phantom::findings).toList())
        .isNotEqualTo(
            phantoms(new PhantomDataset(MULTIPLE.config().withSeed(new Seed(6)))).stream()
                .map(Phantom::findings)
                .toList());
  }

  @Test
  void everySampleShowsItsCombinationsWithASentenceForEach() {
    ClassConceptPrior prior = ClassConceptPrior.open("padchest-gr").get(0);

    for (Phantom phantom : phantoms(MULTIPLE)) {
      Sample sample = phantom.toSample();
      assertThat(prior.combinationsOf(sample))
          .containsExactlyInAnyOrderElementsOf(
              phantom.findings().stream().map(Finding::ordinal).toList());
      assertThat(sample.findings())
          .allSatisfy(finding -> assertThat(finding.sentence().orElse("")).endsWith("."))
          .allSatisfy(
              finding -> assertThat(finding.sentence().orElse("")).isNotEqualTo(sample.text()));
    }
  }

  @Test
  void ofTwoFindingsBothAreDrawnAndMasked() {
    Phantom both =
        phantoms(MULTIPLE).stream()
            .filter(one -> one.findings().contains(Finding.CARDIOMEGALY_CARDIAC))
            .filter(one -> one.findings().contains(Finding.EFFUSION_RIGHT_PLEURAL))
            .findFirst()
            .orElseThrow();
    RgbImage mask = both.lesionMask();

    assertThat(white(mask, 0, 32)).as("the patient's right").isPositive();
    assertThat(white(mask, 32, 64)).as("the heart").isPositive();
    assertThat(both.caption()).contains("cardiomegaly").contains("effusion");
  }

  private static int white(RgbImage mask, int from, int to) {
    int count = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = from; x < to; x++) {
        count += mask.sample(x, y, 0) > 0 ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void theAnswerToWhetherAClassIsPresentKnowsBothFindings() {
    for (Phantom phantom : phantoms(MULTIPLE)) {
      Question question = phantom.question(QuestionCategory.PRESENCE).orElseThrow();
      boolean present =
          phantom.findings().stream()
              .map(finding -> finding.findingClass().term())
              .anyMatch(question.text()::contains);

      assertThat(question.answer()).as(question.text()).isEqualTo(present ? "yes" : "no");
    }
  }

  @Test
  void anotherScannerChangesTheLookAndNothingElse() {
    PhantomDataset shifted =
        new PhantomDataset(MULTIPLE.config().withCount(20).withScanner(Scanner.EPSILON));

    for (int i = 0; i < 20; i++) {
      Phantom here = MULTIPLE.phantom(i);
      Phantom there = shifted.phantom(i);
      assertThat(there.scanner()).isEqualTo(Scanner.EPSILON);
      assertThat(here.scanner()).isNotEqualTo(Scanner.EPSILON);
      assertThat(there.findings()).isEqualTo(here.findings());
      assertThat(there.lesionMask().toBytes()).isEqualTo(here.lesionMask().toBytes());
      assertThat(there.image().toBytes()).isNotEqualTo(here.image().toBytes());
    }
    assertThat(shifted.hash())
        .isNotEqualTo(new PhantomDataset(MULTIPLE.config().withCount(20)).hash());
  }

  @Test
  void theOptionsOfTheCommandLineChooseThem() {
    PhantomConfig config =
        PhantomOptions.parse("n=748,findings=padchest-gr-multiple,scanner=epsilon,seed=4");

    assertThat(config.findings()).isEqualTo(FindingMix.PADCHEST_GR_MULTIPLE);
    assertThat(config.scanner()).contains(Scanner.EPSILON);
    assertThat(config.seed()).isEqualTo(new Seed(4));
  }

  @ParameterizedTest
  @CsvSource({"findings=some,padchest-gr-multiple", "scanner=zeta,epsilon", "mix=1,findings="})
  void anUnknownOptionIsAnsweredWithTheKnown(String option, String known) {
    assertThatThrownBy(() -> PhantomOptions.parse(option))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(known);
  }

  @Test
  void whatIsWrittenIsReadAgain(@TempDir Path folder) {
    PhantomDataset few = new PhantomDataset(MULTIPLE.config().withCount(12));

    PhantomWriter.write(few, folder, Progress.NONE);

    ClassConceptPrior prior = ClassConceptPrior.open("padchest-gr").get(0);
    assertThat(Datasets.open(folder.toString()).samples())
        .extracting(prior::combinationsOf)
        .isEqualTo(few.samples().stream().map(prior::combinationsOf).toList());
  }
}
