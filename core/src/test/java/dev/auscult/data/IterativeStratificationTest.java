package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import dev.auscult.data.IterativeStratification.Example;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IterativeStratificationTest {
  private static final int SEEDS = 200;

  /** Label and examples distribution of Sechidis et al. 2011, section 4.2. */
  private record Deviation(double labels, double images) {}

  private static Example image(List<String> labels) {
    Map<String, Integer> counts = new TreeMap<>();
    labels.forEach(label -> counts.put(label, 1));
    return new Example(1, counts);
  }

  private static Deviation deviation(List<Example> examples, List<Integer> dealt, double share) {
    double labelsOff = 0;
    double imagesOff = 0;
    Map<String, Integer> all = counts(examples);
    for (int subset = 0; subset < 2; subset++) {
      List<Example> members = new ArrayList<>();
      for (int i = 0; i < examples.size(); i++) {
        if (dealt.get(i) == subset) {
          members.add(examples.get(i));
        }
      }
      Map<String, Integer> counts = counts(members);
      for (Map.Entry<String, Integer> label : all.entrySet()) {
        labelsOff +=
            Math.abs(
                odds(counts.getOrDefault(label.getKey(), 0), members.size())
                    - odds(label.getValue(), examples.size()));
      }
      imagesOff += Math.abs(members.size() - (subset == 0 ? share : 1 - share) * examples.size());
    }
    return new Deviation(labelsOff / (2 * all.size()), imagesOff / 2);
  }

  private static double odds(double positive, double all) {
    return positive / (all - positive);
  }

  private static Map<String, Integer> counts(List<Example> examples) {
    Map<String, Integer> counts = new TreeMap<>();
    examples.forEach(
        example -> example.labels().forEach((l, n) -> counts.merge(l, n, Integer::sum)));
    return counts;
  }

  /**
   * Ties are dealt at random, so both have a distribution over seeds; the means of ours may exceed
   * those of the reference by four of their standard errors and a hundredth of the deviation.
   */
  @Test
  void labelsAreAsEvenAsTheReferenceDealsThem() throws IOException {
    JsonNode fixture = fixture();
    List<Example> examples = new ArrayList<>();
    for (JsonNode row : fixture.path("labels")) {
      examples.add(image(row.valueStream().map(JsonNode::asString).toList()));
    }
    assertThat(examples).hasSize(400);
    for (JsonNode reference : fixture.path("reference")) {
      double share = reference.path("share").doubleValue();
      double labels = 0;
      double images = 0;
      for (int seed = 0; seed < SEEDS; seed++) {
        List<Integer> dealt =
            IterativeStratification.deal(examples, List.of(share, 1 - share), new Seed(seed));
        Deviation deviation = deviation(examples, dealt, share);
        labels += deviation.labels() / SEEDS;
        images += deviation.images() / SEEDS;
      }
      double error = reference.path("ld_sd").doubleValue() * Math.sqrt(2.0 / SEEDS);
      double theirs = reference.path("ld").doubleValue();

      assertThat(labels).as("share " + share).isLessThan(theirs * 1.01 + 4 * error);
      assertThat(images).as("share " + share).isLessThan(reference.path("ed").doubleValue() + 1);
    }
  }

  private static JsonNode fixture() throws IOException {
    try (InputStream in =
        IterativeStratificationTest.class.getResourceAsStream("iterative-stratification.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in));
    }
  }

  /** With one label per image it is ordinary stratification: exact where counts divide. */
  @Test
  void exclusiveLabelsThatDivideAreDealtExactly() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      examples.add(image(List.of(i < 100 ? "common" : "rare")));
    }

    for (int seed = 0; seed < 20; seed++) {
      List<Integer> dealt =
          IterativeStratification.deal(examples, List.of(0.25, 0.75), new Seed(seed));
      assertThat(dealt.subList(0, 100).stream().filter(subset -> subset == 0)).hasSize(25);
      assertThat(dealt.subList(100, 120).stream().filter(subset -> subset == 0)).hasSize(5);
    }
  }

  @Test
  void examplesWithoutLabelsFillUpTheSubsets() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      examples.add(image(i < 4 ? List.of("a") : List.of()));
    }

    List<Integer> dealt =
        IterativeStratification.deal(examples, List.of(0.5, 0.25, 0.25), new Seed(1));

    assertThat(dealt.stream().filter(subset -> subset == 0)).hasSize(20);
    assertThat(dealt.stream().filter(subset -> subset == 1)).hasSize(10);
  }

  @Test
  void groupsCountByTheirImages() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int images = 1 + i % 3;
      examples.add(new Example(images, Map.of(i % 2 == 0 ? "a" : "b", images)));
    }

    List<Integer> dealt = IterativeStratification.deal(examples, List.of(0.5, 0.5), new Seed(3));

    int first = 0;
    int firstA = 0;
    for (int i = 0; i < examples.size(); i++) {
      first += dealt.get(i) == 0 ? examples.get(i).images() : 0;
      firstA += dealt.get(i) == 0 ? examples.get(i).labels().getOrDefault("a", 0) : 0;
    }
    assertThat((double) first).isCloseTo(60, within(2.0));
    assertThat((double) firstA).isCloseTo(30, within(2.0));
  }

  @Test
  void sharesThatAreNoWholeAreRefused() {
    assertThatThrownBy(
            () -> IterativeStratification.deal(List.of(), List.of(0.5, 0.6), new Seed(0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> IterativeStratification.deal(List.of(), List.of(0.0, 1.0), new Seed(0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
