package dev.auscult.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.ContentHash;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.ImageSource;
import dev.auscult.data.Sample;
import dev.auscult.image.RgbImage;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.TestedDifference;
import dev.auscult.metric.TiedRank;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetrievalEvaluationTest {
  private static final int DIMENSION = 8;

  @Test
  void equalTextsAndEqualImagesAreOneEach() {
    RetrievalSet set =
        set(
            sample("1", "x", "p1", "normal"),
            sample("2", "y", "p2", " normal "),
            sample("3", "x", "p1", "effusion"));

    assertThat(set.queries(Direction.IMAGE_TO_TEXT).stream().map(RetrievalItem::id))
        .containsExactly("1", "2");
    assertThat(set.queries(Direction.TEXT_TO_IMAGE).stream().map(RetrievalItem::id))
        .containsExactly("1", "3");
    assertThat(set.relevant(Direction.IMAGE_TO_TEXT, 0)).containsExactly(0, 1);
    assertThat(set.relevant(Direction.TEXT_TO_IMAGE, 0)).containsExactly(0, 1);
    assertThat(set.relevant(Direction.TEXT_TO_IMAGE, 1)).containsExactly(0);
    assertThat(set.pairs()).isEqualTo(3);
    assertThat(set.patients(Direction.TEXT_TO_IMAGE)).containsExactly("query 1", "patient p1");
    assertThat(set.patients(Direction.IMAGE_TO_TEXT)).containsExactly("patient p1", "patient p2");
  }

  @Test
  void aQueryOfSeveralGroupsCountsInEach() {
    RetrievalSet set = set(sample("1", "x", "p1", "normal"), sample("2", "y", "p2", "normal"));

    Map<String, List<Integer>> groups =
        set.groups(Direction.TEXT_TO_IMAGE, List.of(Optional.of("F"), Optional.of("M")));

    assertThat(groups).isEqualTo(new TreeMap<>(Map.of("F", List.of(0), "M", List.of(0))));
    assertThat(set.groups(Direction.IMAGE_TO_TEXT, List.of(Optional.of("F"), Optional.empty())))
        .isEqualTo(Map.of("F", List.of(0)));
  }

  @Test
  void textsAreNeeded() {
    assertThatThrownBy(() -> set(Sample.of("1", new NamedImage("x"))))
        .hasMessageContaining("no text: 1");
  }

  @Test
  void perfectEmbeddingsFindEverythingAndStillHaveAnInterval() {
    RetrievalSet set = pairs(30);
    FloatMatrix vectors = random(30, 5);

    DirectionResult result =
        found(evaluate(set, vectors, vectors, List.of(), 1), Direction.TEXT_TO_IMAGE);

    Estimate recall = result.figure(RetrievalFigure.RECALL_AT_1);
    assertThat(recall.value()).isEqualTo(1);
    // Clopper and Pearson for 30 of 30 patients
    assertThat(recall.lo()).isCloseTo(Math.pow(0.025, 1 / 30.0), within(1e-12));
    assertThat(result.figure(RetrievalFigure.MEDIAN_RANK).value()).isEqualTo(1);
    assertThat(result.chance().get(RetrievalFigure.RECALL_AT_5)).isCloseTo(5 / 30.0, within(1e-12));
  }

  @Test
  void aModelThatTellsNothingApartIsAtChance() {
    RetrievalSet set = pairs(40);
    FloatMatrix same = new FloatMatrix(40, 1, ones(40));

    DirectionResult result =
        found(evaluate(set, same, same, List.of(), 1), Direction.IMAGE_TO_TEXT);

    for (RetrievalFigure figure : RetrievalFigure.values()) {
      assertThat(result.figure(figure).value())
          .isCloseTo(result.chance().getOrDefault(figure, Double.NaN), within(1e-12));
    }
  }

  @Test
  void aGroupThatIsServedWorseShowsItAndSmallGroupsAreNotCompared() {
    int n = 120;
    RetrievalSet set = pairs(n);
    FloatMatrix images = random(n, 7);
    float[] blurred = images.toArray();
    float[] noise = random(n, 8).toArray();
    for (int i = 0; i < n; i += 2) {
      System.arraycopy(noise, i * DIMENSION, blurred, i * DIMENSION, DIMENSION);
    }
    List<Optional<String>> groups = new ArrayList<>();
    IntStream.range(0, n)
        .forEach(i -> groups.add(Optional.of(i < 3 ? "few" : i % 2 == 0 ? "worse" : "better")));

    Map<Direction, DirectionResult> both =
        evaluate(
            set,
            images,
            new FloatMatrix(n, DIMENSION, blurred),
            List.of(new RetrievalGroups("site", groups)),
            2);
    DirectionResult result =
        found(
            GroupTests.corrected(Map.of("m", both)).getOrDefault("m", Map.of()),
            Direction.IMAGE_TO_TEXT);

    List<GroupRetrieval> found = result.groups().getOrDefault("site", List.of());
    assertThat(found.stream().map(GroupRetrieval::value)).containsExactly("better", "few", "worse");
    assertThat(found.get(0).figure(RetrievalFigure.MRR).value()).isGreaterThan(0.9);
    assertThat(found.get(1).compared()).isFalse();
    assertThat(found.get(1).differences()).isEmpty();
    TestedDifference behind =
        Objects.requireNonNull(found.get(2).differences().get(RetrievalFigure.MRR));
    assertThat(behind.difference().hi()).isNegative();
    // Two groups of four figures in two directions; both groups' p are far below 1e-6.
    assertThat(GroupTests.count(Map.of("m", both))).isEqualTo(16);
    assertThat(behind.adjusted()).isBetween(behind.p(), Math.min(1e-4, 16 * behind.p()));
    assertThat(found.get(2).worse()).contains(RetrievalFigure.MRR);
    assertThat(found.get(0).worse()).isEmpty();
    assertThat(result.gaps().getOrDefault("site", Map.of()).get(RetrievalFigure.MRR))
        .isNotNull()
        .matches(gap -> gap.value() > 0.5);
  }

  /**
   * Of groups that are served alike the gap of the data is larger than the true one, which is 0.
   */
  @Test
  void intervalsOfGapsHoldThatGroupsMayBeServedAlike() {
    int n = 80;
    RetrievalSet set = pairs(n);
    List<Optional<String>> groups =
        IntStream.range(0, n).mapToObj(i -> Optional.of("site " + i % 3)).toList();
    for (int seed = 0; seed < 10; seed++) {
      DirectionResult result =
          found(
              evaluate(
                  set,
                  random(n, 2 * seed),
                  random(n, 2 * seed + 1),
                  List.of(new RetrievalGroups("site", groups)),
                  1),
              Direction.IMAGE_TO_TEXT);

      Estimate gap =
          result
              .gaps()
              .getOrDefault("site", Map.of())
              .getOrDefault(RetrievalFigure.MRR, Estimate.undefined());
      assertThat(gap.value()).isPositive();
      assertThat(gap.lo()).isZero();
      assertThat(gap.hi()).isGreaterThan(gap.value());
    }
  }

  @Test
  void differencesBetweenModelsArePairedAndCorrected() {
    RetrievalSet set = pairs(60);
    FloatMatrix images = random(60, 1);
    Map<String, Map<Direction, DirectionResult>> results = new TreeMap<>();
    results.put("bad", evaluate(set, images, random(60, 2), List.of(), 1));
    results.put("good", evaluate(set, images, images, List.of(), 1));

    List<RetrievalComparison> comparisons = RetrievalComparison.all(set, results, bootstrap());

    assertThat(comparisons).hasSize(8);
    assertThat(comparisons)
        .allMatch(one -> one.adjusted() >= one.difference().p())
        .allMatch(one -> one.difference().difference().hi() < 0)
        .allMatch(one -> one.adjusted() < 0.05);
  }

  @Property(tries = 30)
  void figuresDoNotDependOnTheOrderOfCandidatesNorOnThreads(
      @ForAll @IntRange(min = 2, max = 300) int n, @ForAll @IntRange(max = 1000) int seed) {
    FloatMatrix queries = coarse(n, seed);
    FloatMatrix candidates = coarse(n, seed + 1);
    int[] order = shuffled(n, seed);
    float[] moved = new float[n * DIMENSION];
    int[] place = new int[n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(candidates.row(order[i]), 0, moved, i * DIMENSION, DIMENSION);
      place[order[i]] = i;
    }

    List<TiedRank> ranks =
        QueryRanks.of(queries, candidates, q -> List.of(q, (q + 1) % n), 1, Progress.NONE);
    List<TiedRank> others =
        QueryRanks.of(
            queries,
            new FloatMatrix(n, DIMENSION, moved),
            q -> List.of(place[q], place[(q + 1) % n]),
            3,
            Progress.NONE);

    assertThat(others).isEqualTo(ranks);
  }

  @Property(tries = 30)
  void ranksAreThoseOfTheWholeMatrix(
      @ForAll @IntRange(min = 2, max = 300) int n, @ForAll @IntRange(max = 1000) int seed) {
    FloatMatrix queries = coarse(n, seed);
    FloatMatrix candidates = coarse(n, seed + 1);

    List<TiedRank> ranks = QueryRanks.of(queries, candidates, q -> List.of(q), 2, Progress.NONE);

    for (int q = 0; q < n; q++) {
      double own = queries.dot(q, candidates, q);
      int query = q;
      int better =
          (int) IntStream.range(0, n).filter(c -> queries.dot(query, candidates, c) > own).count();
      int tied =
          (int) IntStream.range(0, n).filter(c -> queries.dot(query, candidates, c) == own).count();
      assertThat(ranks.get(q)).isEqualTo(new TiedRank(better, tied - 1, 1));
    }
  }

  @Test
  void searchGivesTheBestFirstAndEqualOnesInTheirOrder() {
    FloatMatrix query = new FloatMatrix(1, 2, new float[] {1, 0});
    FloatMatrix candidates =
        new FloatMatrix(5, 2, new float[] {0.6f, 0.8f, 1, 0, 0, 1, 0.6f, 0.8f, 0.6f, -0.8f});

    List<Match> matches = Search.best(query, candidates, 3, 2, Progress.NONE).get(0);

    assertThat(matches.stream().map(Match::candidate)).containsExactly(1, 0, 3);
    assertThat(matches.get(0).score()).isEqualTo(1);
    assertThat(Search.best(query, candidates, 9, 1, Progress.NONE).get(0)).hasSize(5);
  }

  @Test
  void whatIsNoNumberIsRefused() {
    FloatMatrix bad = new FloatMatrix(2, 1, new float[] {1, Float.NaN});
    FloatMatrix good = new FloatMatrix(2, 1, new float[] {1, 1});

    assertThatThrownBy(() -> QueryRanks.of(good, bad, q -> List.of(0), 1, Progress.NONE))
        .hasMessageContaining("not a number");
    assertThatThrownBy(() -> QueryRanks.of(bad, good, q -> List.of(0), 1, Progress.NONE))
        .hasMessageContaining("NaN");
  }

  private static Map<Direction, DirectionResult> evaluate(
      RetrievalSet set,
      FloatMatrix images,
      FloatMatrix texts,
      List<RetrievalGroups> groups,
      int threads) {
    RetrievalSettings settings = new RetrievalSettings(bootstrap(), threads, groups, 20);
    return new RetrievalEvaluation(set, settings, Progress.NONE).of(images, texts);
  }

  private static DirectionResult found(
      Map<Direction, DirectionResult> results, Direction direction) {
    return Objects.requireNonNull(results.get(direction));
  }

  private static Bootstrap bootstrap() {
    return new Bootstrap(Bootstrap.Kind.BCA, 200, 0.95, new Seed(3));
  }

  private static RetrievalSet pairs(int n) {
    return set(
        IntStream.range(0, n)
            .mapToObj(i -> sample("s" + i, "image " + i, "p" + i, "text " + i))
            .toArray(Sample[]::new));
  }

  private static RetrievalSet set(Sample... samples) {
    return RetrievalSet.of(List.of(samples), sample -> sample.image().hash().hex());
  }

  private static Sample sample(String id, String pixels, String patient, String text) {
    Sample bare = Sample.of(id, new NamedImage(pixels));
    return new Sample(
        id,
        bare.image(),
        Optional.of(text),
        Optional.of(patient),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  /** Random unit vectors. */
  private static FloatMatrix random(int n, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n * DIMENSION];
    for (int i = 0; i < n; i++) {
      double squares = 0;
      for (int k = 0; k < DIMENSION; k++) {
        values[i * DIMENSION + k] = (float) (random.nextDouble() - 0.5);
        squares += values[i * DIMENSION + k] * values[i * DIMENSION + k];
      }
      for (int k = 0; k < DIMENSION; k++) {
        values[i * DIMENSION + k] /= (float) Math.sqrt(squares);
      }
    }
    return new FloatMatrix(n, DIMENSION, values);
  }

  /** Small whole numbers: many ties. */
  private static FloatMatrix coarse(int n, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n * DIMENSION];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(2) * 0.37f;
    }
    return new FloatMatrix(n, DIMENSION, values);
  }

  private static float[] ones(int n) {
    float[] ones = new float[n];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  private static int[] shuffled(int n, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }

  private record NamedImage(String name) implements ImageSource {
    @Override
    public RgbImage read() {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public ContentHash hash() {
      return ContentHash.of(name);
    }
  }
}
