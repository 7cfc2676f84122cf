package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.metric.LinearCka.Estimator;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Figures of feature studies against scikit-learn, SciPy and NumPy (conformance/feature_metrics.py)
 * and what follows from their definitions.
 */
class FeatureMetricsTest {
  /** Sums in another order differ in the last bits only. */
  private static final Offset<Double> EXACT = within(1e-12);

  private static final JsonNode REFERENCE = reference();

  private static JsonNode reference() {
    String name = "feature-metrics.json";
    try (InputStream in = FeatureMetricsTest.class.getResourceAsStream(name)) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double[] row(JsonNode json) {
    return json.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
  }

  private static double[][] rows(JsonNode json) {
    return json.valueStream().map(FeatureMetricsTest::row).toArray(double[][]::new);
  }

  private static int[] ints(JsonNode json) {
    return json.valueStream().mapToInt(JsonNode::intValue).toArray();
  }

  private static List<String> words(JsonNode json) {
    return json.valueStream().map(JsonNode::stringValue).toList();
  }

  private static double number(JsonNode json, String key) {
    return json.get(key).doubleValue();
  }

  @Test
  void separationIsThatOfScikitLearn() {
    for (JsonNode cloud : REFERENCE.get("clouds")) {
      double[][] points = rows(cloud.get("points"));
      int[] labels = ints(cloud.get("labels"));
      String name = cloud.get("name").stringValue();

      ClassScatter scatter = ClassScatter.of(points, labels);

      assertThat(Silhouette.of(points, labels))
          .as(name)
          .containsExactly(row(cloud.get("silhouettes")), EXACT);
      assertThat(scatter.daviesBouldin())
          .as(name)
          .isCloseTo(number(cloud, "davies_bouldin"), EXACT);
      assertThat(scatter.fisherRatio()).as(name).isCloseTo(number(cloud, "fisher"), EXACT);
    }
  }

  @Test
  void contributionsToTheSilhouetteAreWhatItLosesWithoutAnObservation() {
    SplittableRandom random = new SplittableRandom(4);
    int n = 12;
    double[][] points = new double[n][];
    Arrays.setAll(points, i -> random.doubles(2).toArray());
    int[] labels = IntStream.range(0, n).map(i -> i % 3).toArray();
    double mean = Moments.mean(Silhouette.of(points, labels));

    double[] contributions = Silhouette.contributions(points, labels);

    assertThat(Moments.mean(contributions)).isCloseTo(mean, within(1e-12));
    double first = Moments.mean(silhouettesWithout(0, points, labels));
    double last = Moments.mean(silhouettesWithout(n - 1, points, labels));
    assertThat(contributions[0] - contributions[n - 1])
        .isCloseTo((n - 1) * (last - first), within(1e-12));
  }

  private static double[] silhouettesWithout(int without, double[][] points, int[] labels) {
    int[] rows = IntStream.range(0, labels.length).filter(i -> i != without).toArray();
    return Silhouette.of(
        Arrays.stream(rows).mapToObj(i -> points[i]).toArray(double[][]::new),
        Arrays.stream(rows).map(i -> labels[i]).toArray());
  }

  @Test
  void callsOfNeighboursAreThoseOfScikitLearn() {
    for (JsonNode cloud : REFERENCE.get("clouds")) {
      assertThat(
              NearestNeighbours.called(
                  rows(cloud.get("points")),
                  ints(cloud.get("labels")),
                  ints(cloud.get("fold_of")),
                  cloud.get("k").intValue()))
          .as(cloud.get("name").stringValue())
          .containsExactly(ints(cloud.get("called")));
    }
  }

  @Test
  void foldsPartNoPatientAndAreAsEvenAsThoseOfScikitLearn() {
    for (JsonNode cloud : REFERENCE.get("clouds")) {
      int[] labels = ints(cloud.get("labels"));
      List<String> patients = words(cloud.get("groups"));
      int count = cloud.get("folds").intValue();

      int[] folds = StratifiedFolds.of(labels, patients, count);

      Map<String, Integer> foldOf = new HashMap<>();
      double[][] counts = new double[count][Arrays.stream(labels).max().orElse(0) + 1];
      int[] sizes = new int[counts[0].length];
      for (int i = 0; i < labels.length; i++) {
        assertThat(foldOf.computeIfAbsent(patients.get(i), p -> -1)).isIn(-1, folds[i]);
        foldOf.put(patients.get(i), folds[i]);
        counts[folds[i]][labels[i]]++;
        sizes[labels[i]]++;
      }
      assertThat(StratifiedFolds.unevenness(counts, sizes))
          .as(cloud.get("name").stringValue())
          .isLessThanOrEqualTo(number(cloud, "unevenness") + 1e-9);
    }
  }

  @Test
  void trustworthinessIsThatOfScikitLearn() {
    for (JsonNode cloud : REFERENCE.get("clouds")) {
      if (!cloud.get("name").stringValue().equals("coinciding points")) {
        assertThat(Trustworthiness.of(rows(cloud.get("points")), rows(cloud.get("map")), 5))
            .isCloseTo(number(cloud, "trustworthiness"), EXACT);
      }
    }
  }

  @Test
  void alignmentOfRepresentationsIsThatOfItsDefinition() {
    for (JsonNode pair : REFERENCE.get("pairs")) {
      double[][] x = rows(pair.get("x"));
      double[][] y = rows(pair.get("y"));

      assertThat(LinearCka.of(x, y, Estimator.BIASED)).isCloseTo(number(pair, "cka"), EXACT);
      assertThat(LinearCka.of(x, y, Estimator.DEBIASED))
          .isCloseTo(number(pair, "cka_debiased"), EXACT);
      assertThat(ContrastiveGeometry.uniformity(x)).isCloseTo(number(pair, "uniformity"), EXACT);
      if (pair.has("gap")) {
        assertThat(Moments.mean(ContrastiveGeometry.pairDistances(x, y)))
            .isCloseTo(number(pair, "alignment"), EXACT);
        assertThat(ContrastiveGeometry.gap(x, y, once(x.length)))
            .isCloseTo(number(pair, "gap"), EXACT);
      }
    }
  }

  private static double[] once(int n) {
    double[] once = new double[n];
    Arrays.fill(once, 1);
    return once;
  }

  @Test
  void alignmentOfRepresentationsKnowsNoRotationScaleOrShift() {
    double[][] x = rows(REFERENCE.get("pairs").get(0).get("x"));
    double[][] turned = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      turned[i] = x[i].clone();
      turned[i][0] = 3 * (.6 * x[i][0] - .8 * x[i][1]) + 7;
      turned[i][1] = 3 * (.8 * x[i][0] + .6 * x[i][1]);
      for (int k = 2; k < x[i].length; k++) {
        turned[i][k] = 3 * x[i][k] - 1;
      }
    }

    for (Estimator estimator : Estimator.values()) {
      assertThat(LinearCka.of(x, turned, estimator)).isCloseTo(1, EXACT);
    }
  }

  @Test
  void aRepresentationThatSaysNothingHasNoAlignment() {
    double[][] x = rows(REFERENCE.get("pairs").get(0).get("x"));

    assertThat(LinearCka.of(x, new double[x.length][3], Estimator.BIASED)).isNaN();
    assertThatThrownBy(() -> LinearCka.of(new double[3][2], new double[3][2], Estimator.BIASED))
        .hasMessageContaining("at least 4");
    assertThatThrownBy(() -> LinearCka.of(x, new double[5][2], Estimator.BIASED))
        .hasMessageContaining("20 and 5 observations");
  }

  @Test
  void weightsCountObservationsThatOften() {
    JsonNode cloud = REFERENCE.get("clouds").get(1);
    double[][] points = rows(cloud.get("points"));
    int[] labels = ints(cloud.get("labels"));
    double[] weights = once(points.length);
    weights[2] = 2;
    weights[40] = 0;
    double[][] copied = points.clone();
    copied[40] = points[2];
    int[] relabelled = labels.clone();
    relabelled[40] = labels[2];

    ClassScatter weighted = ClassScatter.of(points, labels, weights);
    ClassScatter drawn = ClassScatter.of(copied, relabelled);

    assertThat(weighted.daviesBouldin()).isCloseTo(drawn.daviesBouldin(), EXACT);
    assertThat(weighted.fisherRatio()).isCloseTo(drawn.fisherRatio(), EXACT);
  }

  @Test
  void aClassWithoutWeightIsNotThere() {
    double[][] points = {{0}, {2}, {9}, {11}, {50}};
    int[] labels = {0, 0, 1, 1, 2};
    double[] weights = {1, 1, 1, 1, 0};

    ClassScatter scatter = ClassScatter.of(points, labels, weights);

    assertThat(scatter.daviesBouldin()).isCloseTo(2.0 / 9, EXACT);
    assertThat(scatter.fisherRatio()).isCloseTo(81.0 / 4, EXACT);
  }

  @Test
  void oneClassHasNoSeparation() {
    double[][] points = {{0}, {2}, {5}};
    int[] labels = {0, 0, 0};

    assertThat(ClassScatter.of(points, labels).daviesBouldin()).isNaN();
    assertThat(ClassScatter.of(points, labels).fisherRatio()).isNaN();
    assertThatThrownBy(() -> Silhouette.of(points, labels))
        .hasMessage("1 classes of 3 observations");
    assertThatThrownBy(() -> Silhouette.of(points, new int[] {0, 1, 2}))
        .hasMessage("3 classes of 3 observations");
  }

  @Test
  void coincidingClassesHaveASilhouetteOfNothing() {
    assertThat(Silhouette.of(new double[4][2], new int[] {0, 0, 1, 1})).containsOnly(0);
  }

  @Test
  void patientsNeverPartInFolds() {
    int[] labels = {0, 1, 0, 1, 0, 1, 0, 1};
    List<String> patients = List.of("a", "a", "b", "b", "c", "c", "d", "d");

    int[] folds = StratifiedFolds.of(labels, patients, 4);

    for (int i = 0; i < 8; i += 2) {
      assertThat(folds[i]).isEqualTo(folds[i + 1]);
    }
    assertThat(folds).contains(0, 1, 2, 3);
    assertThatThrownBy(() -> StratifiedFolds.of(labels, patients, 5))
        .hasMessage("5 folds of 4 groups");
  }

  @Test
  void equallyManyNeighboursCallTheFirstClassAndOneFoldIsRefused() {
    double[][] points = {{0}, {1}, {-1}};

    assertThat(NearestNeighbours.called(points, new int[] {0, 1, 0}, new int[] {0, 1, 1}, 2)[0])
        .isZero();
    assertThatThrownBy(() -> NearestNeighbours.called(points, new int[] {0, 1, 0}, new int[3], 1))
        .hasMessage("all observations are in one fold");
  }

  @Test
  void oppositeVectorsHaveTheLargestGap() {
    double[][] images = {{1, 0}, {1, 0}};
    double[][] texts = {{-1, 0}, {-1, 0}};

    assertThat(ContrastiveGeometry.gap(images, texts, once(2))).isEqualTo(2);
    assertThat(ContrastiveGeometry.uniformity(images)).isZero();
    assertThat(ContrastiveGeometry.uniformity(new double[][] {{1, 0}})).isNaN();
  }
}
