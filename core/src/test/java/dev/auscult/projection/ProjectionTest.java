package dev.auscult.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.InterruptedRunException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.metric.Trustworthiness;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Projections against scikit-learn and umap-learn (conformance/projections.py). */
class ProjectionTest {
  private static final JsonNode REFERENCE = reference();
  private static final Seed SEED = new Seed(7);

  /** Eigenvectors by another algorithm. */
  private static final Offset<Double> PCA = within(1e-10);

  /** scikit-learn keeps distances in float32 and meets an entropy to 1e-5. */
  private static final Offset<Double> TSNE = within(1e-6);

  /** umap-learn keeps memberships in float32 and meets their sum to 1e-5. */
  private static final Offset<Double> UMAP = within(2e-5);

  /** What another order of sums, and another stream of random numbers, may change in a map. */
  private static final double TRUST = .01;

  /** Some digits are equally far from others; scikit-learn ranks those in no stated order. */
  private static final double TIES = 1e-4;

  private static JsonNode reference() {
    String name = "projections.json";
    try (InputStream in = ProjectionTest.class.getResourceAsStream(name)) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double[] row(JsonNode json) {
    return json.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
  }

  private static double[][] rows(JsonNode json) {
    return json.valueStream().map(ProjectionTest::row).toArray(double[][]::new);
  }

  private static void assertClose(double[][] found, double[][] expected, Offset<Double> offset) {
    assertThat(found).hasDimensions(expected.length, expected[0].length);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).as("row %d", i).containsExactly(expected[i], offset);
    }
  }

  private static double[][] clouds(int n, int d) {
    SplittableRandom random = new SplittableRandom(3);
    double[][] rows = new double[n][d];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < d; k++) {
        rows[i][k] = random.nextGaussian() + (k == i % 3 ? 8 : 0);
      }
    }
    return rows;
  }

  @Test
  void principalComponentsAreThoseOfScikitLearn() {
    for (JsonNode expected : REFERENCE.get("components")) {
      PrincipalComponents found = PrincipalComponents.of(rows(expected.get("points")), 3);

      assertClose(found.axes(), rows(expected.get("axes")), PCA);
      assertClose(found.scores(), rows(expected.get("scores")), PCA);
      assertThat(found.variances()).containsExactly(row(expected.get("variances")), PCA);
      assertThat(found.share(1)).isCloseTo(expected.get("shares").get(1).doubleValue(), PCA);
    }
  }

  @Test
  void pointsOnALineHaveOneComponent() {
    double[][] line = {{1, 2}, {2, 4}, {3, 6}};

    PrincipalComponents found = PrincipalComponents.of(line, 2);

    assertThat(found.variances()).containsExactly(new double[] {5, 0}, PCA);
    assertThat(found.axes()[1]).containsExactly(0, 0);
    assertThat(found.scores()[2]).containsExactly(new double[] {Math.sqrt(5), 0}, PCA);
  }

  /** Eigenvalues of 0 many times over, which the iterations of the usual solver do not survive. */
  @Test
  void repeatedPointsHaveTheComponentsOfTheDistinctOnes() {
    SplittableRandom random = new SplittableRandom(5);
    double[][] distinct = new double[6][40];
    for (double[] point : distinct) {
      Arrays.setAll(point, k -> (float) (.3 * random.nextGaussian() + (k < 2 ? 3 : 0)));
    }
    double[][] repeated = new double[300][];
    Arrays.setAll(repeated, i -> distinct[i % distinct.length]);

    PrincipalComponents ofAll = PrincipalComponents.of(repeated, 8);
    PrincipalComponents ofDistinct = PrincipalComponents.of(distinct, 8);

    for (int c = 0; c < 5; c++) {
      assertThat(ofAll.share(c)).isCloseTo(ofDistinct.share(c), PCA);
      for (int k = 0; k < 40; k++) {
        assertThat(ofAll.axes()[c][k]).isCloseTo(ofDistinct.axes()[c][k], within(1e-8));
      }
    }
    assertThat(ofAll.variances()[5]).isZero();
  }

  @Test
  void neighbourhoodsOfTsneAreThoseOfScikitLearn() {
    JsonNode expected = REFERENCE.get("neighbourhoods");
    try (Workers workers = new Workers(2)) {
      double[][] joint =
          JointProbabilities.of(
              Points.squaredDistances(rows(expected.get("points")), workers),
              expected.get("perplexity").doubleValue(),
              workers);

      assertClose(joint, rows(expected.get("joint")), TSNE);
      assertThat(Arrays.stream(joint).flatMapToDouble(Arrays::stream).sum())
          .isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void divergenceAndGradientOfTsneAreThoseOfScikitLearn() {
    JsonNode expected = REFERENCE.get("neighbourhoods");
    double[][] places = rows(expected.get("places"));
    double[][] gradient = new double[places.length][2];
    try (Workers workers = new Workers(2)) {
      TSneObjective objective = new TSneObjective(rows(expected.get("joint")), workers);
      objective.gradient(places, 1, gradient);

      assertThat(objective.divergence(places))
          .isCloseTo(expected.get("divergence").doubleValue(), within(1e-10));
    }
    assertClose(gradient, rows(expected.get("gradient")), within(1e-10));
  }

  @Test
  void graphOfUmapIsThatOfUmapLearn() {
    JsonNode expected = REFERENCE.get("graph");
    double[][] memberships = rows(expected.get("memberships"));
    try (Workers workers = new Workers(2)) {
      FuzzyGraph graph =
          FuzzyGraph.of(
              Points.squaredDistances(rows(expected.get("points")), workers),
              expected.get("neighbours").intValue(),
              workers);

      for (int i = 0; i < graph.size(); i++) {
        for (int j = 0; j < graph.size(); j++) {
          assertThat(graph.membership(i, j)).isCloseTo(memberships[i][j], UMAP);
        }
      }
    }
  }

  @Test
  void mapsAreAsTrustworthyAsThoseOfTheReferences() {
    JsonNode expected = REFERENCE.get("maps");
    double[][] digits = rows(expected.get("points"));
    int k = expected.get("k").intValue();
    double umap = row(expected.get("umap"))[0];

    assertThat(trust(digits, ProjectionMethod.PCA, k))
        .isCloseTo(expected.get("pca").doubleValue(), within(TIES));
    assertThat(trust(digits, ProjectionMethod.TSNE, k))
        .isCloseTo(expected.get("tsne").doubleValue(), within(TRUST));
    assertThat(trust(digits, ProjectionMethod.UMAP, k)).isCloseTo(umap, within(TRUST));
  }

  private static double trust(double[][] points, ProjectionMethod method, int k) {
    PlanarMap map = method.map(points, SEED, 2, Progress.NONE);
    assertThat(map.notes()).isEmpty();
    return Trustworthiness.of(points, map.toArray(), k);
  }

  @Test
  void tsneDescendsAsFarAsScikitLearn() {
    JsonNode expected = REFERENCE.get("maps");
    double[][] digits = rows(expected.get("points"));
    double[][] places = TSne.STANDARD.map(digits, SEED, 2, Progress.NONE).toArray();
    try (Workers workers = new Workers(2)) {
      double[][] joint =
          JointProbabilities.of(Points.squaredDistances(digits, workers), 30, workers);

      assertThat(new TSneObjective(joint, workers).divergence(places))
          .isCloseTo(expected.get("tsne_divergence").doubleValue(), within(.01));
    }
  }

  @Test
  void mapsHaveTheSameBitsForAnyNumberOfThreads() {
    double[][] rows = clouds(Workers.WORTHWHILE + 30, 6);
    TSne tsne = new TSne(30, 12, 40);
    Umap umap = new Umap(15, 40);

    assertThat(tsne.map(rows, SEED, 3, Progress.NONE).toArray())
        .isDeepEqualTo(tsne.map(rows, SEED, 1, Progress.NONE).toArray());
    assertThat(umap.map(rows, SEED, 3, Progress.NONE).toArray())
        .isDeepEqualTo(umap.map(rows, SEED, 1, Progress.NONE).toArray());
  }

  @ParameterizedTest
  @EnumSource
  void apartInSpaceIsApartOnTheMap(ProjectionMethod method) {
    double[][] rows = clouds(60, 5);

    PlanarMap map = method.map(rows, SEED, 2, Progress.NONE);

    for (int i = 0; i < map.size(); i++) {
      assertThat(nearest(map, i) % 3).isEqualTo(i % 3);
    }
  }

  private static int nearest(PlanarMap map, int self) {
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < map.size(); j++) {
      double distance = Math.hypot(map.x(self) - map.x(j), map.y(self) - map.y(j));
      if (j != self && distance < least) {
        nearest = j;
        least = distance;
      }
    }
    return nearest;
  }

  @ParameterizedTest
  @EnumSource
  void pointsThatAreAllOneHaveAFiniteMap(ProjectionMethod method) {
    double[][] rows = new double[9][3];

    assertThat(method.map(rows, SEED, 2, Progress.NONE).size()).isEqualTo(9);
  }

  @ParameterizedTest
  @EnumSource
  void duplicatesLieTogether(ProjectionMethod method) {
    double[][] rows = clouds(40, 4);
    rows[31] = rows[1].clone();

    PlanarMap map = method.map(rows, SEED, 2, Progress.NONE);

    double distance = Math.hypot(map.x(31) - map.x(1), map.y(31) - map.y(1));
    double extent = Math.hypot(map.x(0) - map.x(1), map.y(0) - map.y(1));
    assertThat(distance).isLessThan(.2 * extent);
  }

  @ParameterizedTest
  @EnumSource
  void aNumberThatIsNoneIsRefused(ProjectionMethod method) {
    double[][] rows = clouds(10, 3);
    rows[4][2] = Double.NaN;

    assertThatThrownBy(() -> method.map(rows, SEED, 1, Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("point 4 has the coordinate NaN");
  }

  @ParameterizedTest
  @EnumSource
  void rowsOfDifferentLengthsAndNoRowsAreRefused(ProjectionMethod method) {
    assertThatThrownBy(() -> method.map(new double[][] {{1, 2}, {3}}, SEED, 1, Progress.NONE))
        .hasMessage("point 1 has 1 coordinates, point 0 has 2");
    assertThatThrownBy(() -> method.map(new double[0][], SEED, 1, Progress.NONE))
        .hasMessage("no points to project");
  }

  @ParameterizedTest
  @EnumSource(names = {"TSNE", "UMAP"})
  void neighbourhoodsOfThreePointsAreRefused(ProjectionMethod method) {
    assertThatThrownBy(() -> method.map(clouds(3, 2), SEED, 1, Progress.NONE))
        .hasMessage("3 points; a map of neighbourhoods needs 4");
  }

  @Test
  void fewPointsReduceTheNeighbourhoodAndSaySo() {
    assertThat(ProjectionMethod.TSNE.map(clouds(4, 2), SEED, 1, Progress.NONE).notes())
        .containsExactly("Perplexity 1.0 instead of 30.0: there are only 4 points.");
    assertThat(ProjectionMethod.UMAP.map(clouds(4, 2), SEED, 1, Progress.NONE).notes())
        .containsExactly("4 neighbours instead of 15: there are only as many points.");
  }

  @Test
  void aMapIsGivenUpWhereTheUserAsks() {
    Progress stopped =
        (task, total) ->
            new Progress.Task() {
              @Override
              public void advance(long steps) {
                throw new InterruptedRunException("stopped");
              }

              @Override
              public void close() {}
            };

    assertThatThrownBy(() -> ProjectionMethod.TSNE.map(clouds(9, 2), SEED, 1, stopped))
        .isInstanceOf(InterruptedRunException.class);
  }
}
