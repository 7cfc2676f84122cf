package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.data.StudySplits.Design;
import dev.auscult.data.StudySplits.HeldOut;
import dev.auscult.data.StudySplits.Published;
import dev.auscult.data.StudySplits.TrainingSplit;
import dev.auscult.data.phantom.PhantomDataset;
import dev.auscult.data.phantom.PhantomOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudySplitsTest {
  private static final List<Double> FRACTIONS = List.of(0.05, 0.1, 0.25, 0.5, 1.0);
  private static final Design PAPER = new Design(new HeldOut(0.15), FRACTIONS, 5, 0.2);
  private static final List<Sample> PHANTOMS =
      new PhantomDataset(PhantomOptions.parse("n=748,findings=padchest-gr-multiple")).samples();
  private static final Map<String, Set<String>> LABELS = labels(PHANTOMS);
  private static final StudySplits SPLITS = StudySplits.plan(PHANTOMS, LABELS, PAPER, new Seed(11));

  private static Map<String, Set<String>> labels(List<Sample> samples) {
    ClassConceptPrior prior = ClassConceptPrior.open("padchest-gr").get(0);
    Map<String, Set<String>> labels = new HashMap<>();
    for (Sample sample : samples) {
      Set<String> names = new TreeSet<>();
      prior.combinationsOf(sample).forEach(h -> names.add(prior.combinations().get(h).name()));
      labels.put(sample.id(), names);
    }
    return labels;
  }

  private static Set<String> patients(List<Sample> samples, List<String> ids) {
    Set<String> chosen = Set.copyOf(ids);
    Set<String> patients = new HashSet<>();
    samples.stream()
        .filter(sample -> chosen.contains(sample.id()))
        .forEach(sample -> patients.add(sample.patient().orElseThrow()));
    return patients;
  }

  @Test
  void thereIsASplitForEachFractionAndRepetition() {
    assertThat(SPLITS.training()).hasSize(25);
    assertThat(SPLITS.training()).extracting(TrainingSplit::name).contains("0.05-1", "1.0-5");
    assertThat(SPLITS.test().size() + SPLITS.pool().size()).isEqualTo(748);
  }

  @Test
  void noPatientIsTrainedOnAndTested() {
    Set<String> tested = patients(PHANTOMS, SPLITS.test());

    for (TrainingSplit split : SPLITS.training()) {
      assertThat(patients(PHANTOMS, split.samples())).doesNotContainAnyElementsOf(tested);
    }
  }

  /** Groups of one to three images and a guaranteed image of each label move a size by a few. */
  @Test
  void splitsHaveTheirFractionOfImages() {
    for (TrainingSplit split : SPLITS.training()) {
      double wanted = split.fraction() * SPLITS.pool().size();
      assertThat((double) split.samples().size())
          .as(split.name())
          .isBetween(wanted - 9, wanted + 9);
    }
    assertThat((double) SPLITS.test().size()).isBetween(0.15 * 748 - 4, 0.15 * 748 + 4);
  }

  @Test
  void everyLabelHasItsFractionOfImagesAndAtLeastOne() {
    Map<String, Integer> all = StudySplits.counts(SPLITS.pool(), LABELS);
    for (TrainingSplit split : SPLITS.training()) {
      Map<String, Integer> trained = StudySplits.counts(split.samples(), LABELS);
      all.forEach(
          (label, count) ->
              assertThat((double) trained.getOrDefault(label, 0))
                  .as(split.name() + " " + label)
                  .isGreaterThanOrEqualTo(1)
                  .isBetween(split.fraction() * count - 5, split.fraction() * count + 5));
    }
    assertThat(StudySplits.counts(SPLITS.test(), LABELS)).hasSize(12);
  }

  @Test
  void aFifthOfEachSplitIsForChoosing() {
    for (TrainingSplit split : SPLITS.training()) {
      double share = (double) split.validation().size() / split.samples().size();
      assertThat(share).as(split.name()).isBetween(split.fraction() < 0.1 ? 0.0 : 0.1, 0.25);
    }
  }

  @Test
  void repetitionsDifferExceptOfTheWhole() {
    List<List<String>> fifth =
        SPLITS.training().stream()
            .filter(split -> split.fraction() == 0.25)
            .map(TrainingSplit::samples)
            .toList();

    assertThat(new HashSet<>(fifth)).hasSize(5);
    assertThat(Set.copyOf(SPLITS.training().get(24).samples()))
        .isEqualTo(Set.copyOf(SPLITS.pool()));
  }

  @Test
  void thePlanDependsOnSamplesAndSeedAlone() {
    List<Sample> shuffled = new ArrayList<>(PHANTOMS);
    Collections.shuffle(shuffled, new Random(1));
    StudySplits other = StudySplits.plan(shuffled, LABELS, PAPER, new Seed(11));

    assertThat(Set.copyOf(other.test())).isEqualTo(Set.copyOf(SPLITS.test()));
    for (int i = 0; i < 25; i++) {
      assertThat(Set.copyOf(other.training().get(i).samples()))
          .isEqualTo(Set.copyOf(SPLITS.training().get(i).samples()));
    }
    assertThat(StudySplits.plan(PHANTOMS, LABELS, PAPER, new Seed(12)).test())
        .isNotEqualTo(SPLITS.test());
  }

  @Test
  void thePublishedTestSplitIsKeptWithAllImagesOfItsPatients() {
    StudySplits splits =
        StudySplits.plan(
            PHANTOMS, LABELS, new Design(new Published(), List.of(0.5), 1, 0), new Seed(1));

    assertThat(splits.test())
        .containsExactlyElementsOf(
            PHANTOMS.stream()
                .filter(sample -> sample.split().orElse("").equals("test"))
                .map(Sample::id)
                .toList());
  }

  /** Whatever the shares, sizes and labels: disjoint, complete, and every label trained on. */
  @Property(tries = 60)
  void anyPlanIsDisjointAndComplete(
      @ForAll @IntRange(min = 30, max = 90) int n,
      @ForAll @IntRange(min = 2, max = 9) int kinds,
      @ForAll @DoubleRange(min = 0.1, max = 0.6) double share,
      @ForAll @DoubleRange(min = 0.05, max = 0.95) double fraction,
      @ForAll long seed) {
    List<Sample> samples = PHANTOMS.subList(0, n);
    Map<String, Set<String>> labels = new HashMap<>();
    Random random = new Random(seed);
    samples.forEach(
        sample ->
            labels.put(
                sample.id(),
                random.nextInt(8) == 0
                    ? Set.of()
                    : new TreeSet<>(
                        List.of(
                            "l" + random.nextInt(kinds), "l" + random.nextInt(2) * (kinds - 1)))));
    StudySplits splits =
        StudySplits.plan(
            samples,
            labels,
            new Design(new HeldOut(share), List.of(fraction), 2, 0.25),
            new Seed(seed));

    assertThat(patients(samples, splits.test()))
        .doesNotContainAnyElementsOf(patients(samples, splits.pool()));
    assertThat(splits.test().size() + splits.pool().size())
        .isEqualTo((int) labels.values().stream().filter(of -> !of.isEmpty()).count());
    for (TrainingSplit split : splits.training()) {
      assertThat(splits.pool()).containsAll(split.samples());
      assertThat(
              Collections.disjoint(
                  patients(samples, split.fit()), patients(samples, split.validation())))
          .isTrue();
      assertThat(StudySplits.counts(split.fit(), labels).keySet())
          .isEqualTo(StudySplits.counts(splits.pool(), labels).keySet());
    }
  }

  @Test
  void whatCannotBeIsNotedAndStaysSoWhenTheFrozenPlanIsRead(@TempDir Path folder) {
    List<Sample> samples = PHANTOMS.subList(0, 60);
    Map<String, Set<String>> labels = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      labels.put(samples.get(i).id(), Set.of(i < 30 ? "label " + i % 10 : "common"));
    }
    samples.stream()
        .filter(sample -> sample.split().orElse("").equals("test"))
        .findFirst()
        .ifPresent(sample -> labels.put(sample.id(), Set.of("tested only")));
    StudySplits splits =
        StudySplits.plan(
            samples, labels, new Design(new Published(), List.of(0.05), 1, 0), new Seed(1));

    assertThat(splits.notes())
        .anyMatch(note -> note.matches("0.05-1: \\d+ images instead of \\d, so that every .*"))
        .contains("0.05-1: no image of \"tested only\" outside of the test set");
    splits.write(folder.resolve("splits.csv"), samples, labels);
    assertThat(StudySplits.read(folder.resolve("splits.csv"), samples, labels, folder).notes())
        .isEqualTo(splits.notes());
  }

  @Test
  void withoutATestSampleThePlanIsRefused() {
    List<Sample> untested =
        PHANTOMS.stream().filter(sample -> !sample.split().orElse("").equals("test")).toList();

    assertThatThrownBy(
            () ->
                StudySplits.plan(
                    untested, LABELS, new Design(new Published(), List.of(1.0), 1, 0), new Seed(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no test sample")
        .hasMessageContaining("give the share to hold out");
  }

  @Test
  void theFrozenPlanIsReadAsItWas(@TempDir Path folder) {
    Path file = folder.resolve("splits.csv");
    SPLITS.write(file, PHANTOMS, LABELS);

    StudySplits read = StudySplits.read(file, PHANTOMS, LABELS, folder);

    assertThat(read.test()).isEqualTo(SPLITS.test());
    assertThat(read.pool()).isEqualTo(SPLITS.pool());
    assertThat(read.training())
        .extracting(TrainingSplit::samples)
        .isEqualTo(SPLITS.training().stream().map(TrainingSplit::samples).toList());
    assertThat(read.training())
        .extracting(TrainingSplit::validation)
        .isEqualTo(SPLITS.training().stream().map(TrainingSplit::validation).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "phantom-000000,  | phantom-999999,  | the sample 'phantom-999999'",
        "phantom-000001,  | phantom-000000,  | the sample 'phantom-000000' twice",
        ",pool,           | ,spare,          | the part 'spare'",
        ",train           | ,trained         | 'trained' in column",
        "labels,part      | labels,side      | expected a column 'part'",
        "cardiomegaly /   | cardiac /        | labels \"cardiac /",
      })
  void aPlanOfOtherDataOrADamagedOneIsRefused(
      String there, String instead, String message, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("splits.csv");
    SPLITS.write(file, PHANTOMS, LABELS);
    String text = Files.readString(file);
    String broken = text.replaceFirst(there, instead);
    assertThat(broken).isNotEqualTo(text);
    Files.writeString(file, broken);

    assertThatThrownBy(() -> StudySplits.read(file, PHANTOMS, LABELS, folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aPlanThatPartsAPatientIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("splits.csv");
    SPLITS.write(file, PHANTOMS, LABELS);
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    String pair =
        SPLITS.test().stream()
            .filter(id -> count(lines, patientOf(lines, id)) > 1)
            .findFirst()
            .orElseThrow();
    lines.replaceAll(line -> line.startsWith(pair + ",") ? line.replace(",test,", ",pool,") : line);
    Files.write(file, lines);

    assertThatThrownBy(() -> StudySplits.read(file, PHANTOMS, LABELS, folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("1 patient on several sides of the split, listed in")
        .hasMessageNotContaining(
            PHANTOMS.stream()
                .filter(sample -> sample.id().equals(pair))
                .findFirst()
                .orElseThrow()
                .patient()
                .orElseThrow());
    assertThat(Files.readAllLines(folder.resolve("shared-patients.csv")))
        .contains("patient,id,split")
        .anyMatch(line -> line.contains(pair) && line.endsWith(",pool"))
        .anyMatch(line -> line.endsWith(",test"));
  }

  private static String patientOf(List<String> lines, String id) {
    String line = lines.stream().filter(l -> l.startsWith(id + ",")).findFirst().orElseThrow();
    return line.substring(id.length(), id.length() + 9);
  }

  private static long count(List<String> lines, String patient) {
    return lines.stream().filter(line -> line.contains(patient)).count();
  }

  @Test
  void aPlanWithoutSomeSamplesIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("splits.csv");
    SPLITS.write(file, PHANTOMS, LABELS);
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, lines.size() - 1));

    assertThatThrownBy(() -> StudySplits.read(file, PHANTOMS, LABELS, folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("747 samples");
  }
}
