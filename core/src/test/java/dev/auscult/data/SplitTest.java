package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.image.RgbImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitTest {

  /** An image that is nothing but its content's name. */
  private record Content(String name) implements ImageSource {
    @Override
    public RgbImage read() {
      return new RgbImage(1, 1, new byte[3]);
    }

    @Override
    public ContentHash hash() {
      return ContentHash.of(name);
    }
  }

  private static Sample sample(int number, String patient, String content) {
    Sample bare = Sample.of("s" + number, new Content(content));
    return new Sample(
        bare.id(),
        bare.image(),
        Optional.empty(),
        Optional.of(patient).filter(name -> !name.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        java.util.Map.of(),
        java.util.Map.of());
  }

  private static Dataset data(int n, int patients, int contents) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      long draw = new Seed(77).derive(i).value() >>> 1;
      String patient = i % 10 == 0 ? "" : "p" + draw % patients;
      samples.add(sample(i, patient, "c" + (draw >>> 20) % contents));
    }
    return Datasets.of("test", samples);
  }

  private static final java.util.Map<String, Set<String>> UNLABELLED = java.util.Map.of();

  @Property(tries = 60)
  void noPatientAndNoImageIsOnTwoSides(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int n) {
    Split split = Split.stratified(data(n, 40, 5000), UNLABELLED, new Seed(seed), 0.2, 0.2);
    assertThat(split.train().size() + split.validation().size() + split.test().size()).isEqualTo(n);
    assertDisjoint(split.train(), split.validation());
    assertDisjoint(split.train(), split.test());
    assertDisjoint(split.validation(), split.test());
  }

  private static void assertDisjoint(List<Sample> one, List<Sample> other) {
    assertThat(Collections.disjoint(patients(one), patients(other))).isTrue();
    assertThat(Collections.disjoint(contents(one), contents(other))).isTrue();
  }

  private static Set<String> patients(List<Sample> side) {
    return side.stream().flatMap(s -> s.patient().stream()).collect(Collectors.toSet());
  }

  private static Set<ContentHash> contents(List<Sample> side) {
    return side.stream().map(s -> s.image().hash()).collect(Collectors.toSet());
  }

  @Test
  void anImageUnderTwoPatientsTiesThemTogether() {
    Dataset data =
        Datasets.of(
            "tied",
            List.of(
                sample(1, "p1", "x"),
                sample(2, "p2", "x"),
                sample(3, "p2", "y"),
                sample(4, "", "y"),
                sample(5, "", "z"),
                sample(6, "p4", "w")));
    for (int seed = 0; seed < 20; seed++) {
      Split split = Split.stratified(data, UNLABELLED, new Seed(seed), 0.3, 0.3);
      List<String> with1 =
          List.of(split.train(), split.validation(), split.test()).stream()
              .map(side -> side.stream().map(Sample::id).toList())
              .filter(ids -> ids.contains("s1"))
              .findFirst()
              .orElseThrow();
      assertThat(with1).contains("s1", "s2", "s3", "s4");
    }
  }

  @Test
  void sharesAreMetAsCloselyAsPatientsAllow() {
    Split split = Split.stratified(data(1000, 300, 100_000), UNLABELLED, new Seed(4), 0.15, 0.25);
    assertThat(split.validation()).hasSizeBetween(140, 160);
    assertThat(split.test()).hasSizeBetween(240, 260);
  }

  /** 12 of 300 samples are rare: 8, 2 and 2 of them by the shares. */
  @Test
  void aRareLabelIsOnEverySideInProportion() {
    for (int seed = 0; seed < 20; seed++) {
      Dataset data = data(300, 100_000, 100_000);
      java.util.Map<String, Set<String>> labels = new java.util.HashMap<>();
      data.samples()
          .forEach(
              sample ->
                  labels.put(
                      sample.id(),
                      Set.of(
                          Integer.parseInt(sample.id().substring(1)) % 25 == 0
                              ? "rare"
                              : "often")));

      Split split = Split.stratified(data, labels, new Seed(seed), .15, .15);

      assertThat(rare(split.train(), labels)).isBetween(8L, 9L);
      assertThat(rare(split.validation(), labels)).isBetween(1L, 2L);
      assertThat(rare(split.test(), labels)).isBetween(1L, 2L);
    }
  }

  private static long rare(List<Sample> side, java.util.Map<String, Set<String>> labels) {
    return side.stream()
        .filter(s -> labels.getOrDefault(s.id(), Set.of()).contains("rare"))
        .count();
  }

  @Test
  void theOrderOfTheSamplesDoesNotMatterAndTheSeedDoes() {
    Dataset data = data(200, 60, 100_000);
    List<Sample> reversed = new ArrayList<>(data.samples());
    Collections.reverse(reversed);
    Split split = Split.stratified(data, UNLABELLED, new Seed(1), 0.2, 0.2);
    Split again =
        Split.stratified(Datasets.of("reversed", reversed), UNLABELLED, new Seed(1), 0.2, 0.2);
    Split other = Split.stratified(data, UNLABELLED, new Seed(2), 0.2, 0.2);
    assertThat(again.test()).containsExactlyInAnyOrderElementsOf(split.test());
    assertThat(other.test()).isNotEqualTo(split.test());
  }

  @Test
  void withoutTestShareNothingIsTestedOn() {
    Split split = Split.stratified(data(50, 20, 1000), UNLABELLED, new Seed(1), 0.2, 0);
    assertThat(split.test()).isEmpty();
    assertThat(split.validation()).isNotEmpty();
  }

  @Test
  void thePublishedSplitIsTakenAsItIsAndMustBeThere() {
    Split split = Split.published(Datasets.open("vqa-rad:" + DatasetsTest.resource("vqa-rad")));
    assertThat(split.train()).hasSize(3);
    assertThat(split.validation()).isEmpty();
    assertThat(split.test()).hasSize(2);
    assertThatThrownBy(() -> Split.published(data(3, 2, 3)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no split");
  }
}
