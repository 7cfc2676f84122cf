package dev.auscult.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.util.CombinatoricsUtils;
import org.junit.jupiter.api.Test;

class FactorisedShapleyTest {
  private static BilinearGame unstructured(int nI, int nT) {
    return new BilinearGame(Games.unstructured(nI, 5, 11), Games.unstructured(nT, 5, 12), 3.5);
  }

  private static FactorisedShapley latin(int imageOrders, int textOrders, long seed) {
    return new FactorisedShapley(
        OrderPlan.latin(imageOrders), OrderPlan.latin(textOrders), new Seed(seed));
  }

  @Test
  void weighsInterleavingsAsTheBinomialFormulaSays() {
    double[][] h = InterleavingWeights.of(7, 5);

    for (int s = 0; s < 7; s++) {
      for (int t = 0; t <= 5; t++) {
        double expected =
            CombinatoricsUtils.binomialCoefficientDouble(s + t, s)
                * CombinatoricsUtils.binomialCoefficientDouble(6 - s + 5 - t, 5 - t)
                / CombinatoricsUtils.binomialCoefficientDouble(12, 7);
        assertThat(h[s][t]).isCloseTo(expected, within(1e-15));
      }
    }
  }

  @Property(tries = 50)
  void weightsAreProbabilities(
      @ForAll @IntRange(min = 1, max = 600) int own,
      @ForAll @IntRange(min = 0, max = 80) int other) {
    for (double[] row : InterleavingWeights.of(own, other)) {
      double sum = 0;
      for (double weight : row) {
        assertThat(weight).isBetween(0.0, 1 + 1e-12);
        sum += weight;
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void sumsAllInterleavingsOfAnImageOrderAndATextOrderInClosedForm() {
    BilinearGame game = unstructured(6, 4);
    Order image = Order.of(4, 0, 5, 2, 1, 3);
    Order text = Order.of(2, 0, 3, 1);
    List<Order> joint = new ArrayList<>();
    for (Order i : List.of(image, image.reversed())) {
      for (Order t : List.of(text, text.reversed())) {
        joint.addAll(Games.interleavings(i, t));
      }
    }
    assertThat(joint).hasSize(4 * 210);

    Attribution closed =
        encoded(game, List.of(image, image.reversed()), List.of(text, text.reversed()))
            .attribution();

    double[] truth = Games.meanMarginals(game, joint);
    for (int i = 0; i < 10; i++) {
      assertThat(closed.value(i)).isCloseTo(truth[i], within(1e-13));
    }
  }

  @Test
  void isExactOnceAllOrdersOfBothSidesAreUsed() {
    BilinearGame game = unstructured(5, 4);

    EncodedGame encoded = encoded(game, Games.allOrders(5), Games.allOrders(4));

    Attribution exact = new ExactShapley().attribute(game);
    // A plain sum over 362,880 orders carries rounding errors of its own.
    double[] byDefinition = Games.meanMarginals(game, Games.allOrders(9));
    for (int i = 0; i < 9; i++) {
      assertThat(encoded.attribution().value(i)).isCloseTo(exact.value(i), within(1e-13));
      assertThat(encoded.attribution().value(i)).isCloseTo(byDefinition[i], within(1e-11));
    }
  }

  @Test
  void givesInteractionsThatAreExactOnceAllOrdersAreUsed() {
    BilinearGame game = unstructured(5, 4);

    double[][] closed = encoded(game, Games.allOrders(5), Games.allOrders(4)).interactions();

    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 4; j++) {
        assertThat(closed[i][j]).isCloseTo(interaction(game, i, 5 + j), within(1e-13));
      }
    }
  }

  @Test
  void estimatesInteractionsWithoutBias() {
    BilinearGame game =
        new BilinearGame(Games.encoderLike(4, 6, 1), Games.encoderLike(3, 6, 2), 10);
    int runs = 4000;
    double sum = 0;
    double squares = 0;
    for (int seed = 0; seed < runs; seed++) {
      double estimate = latin(8, 8, seed).encode(game).interactions()[1][2];
      sum += estimate / runs;
      squares += estimate * estimate / runs;
    }

    double standardError = Math.sqrt((squares - sum * sum) / runs);
    assertThat(sum).isCloseTo(interaction(game, 1, 6), within(4 * standardError));
  }

  /** The Shapley interaction index by its definition (Grabisch and Roubens 1999). */
  private static double interaction(CooperativeGame game, int i, int j) {
    int n = game.players();
    double index = 0;
    for (int mask = 0; mask < 1 << n; mask++) {
      if ((mask >>> i & 1) == 1 || (mask >>> j & 1) == 1) {
        continue;
      }
      Coalition without = Coalition.ofMask(n, mask);
      Coalition both = without.with(i).with(j);
      double[] f = game.values(List.of(without, without.with(i), without.with(j), both));
      double weight =
          1 / ((n - 1) * CombinatoricsUtils.binomialCoefficientDouble(n - 2, without.size()));
      index += weight * (f[3] - f[1] - f[2] + f[0]);
    }
    return index;
  }

  @Property(tries = 30)
  void distributesExactlyTheGainOfTheFullCoalition(
      @ForAll @IntRange(min = 0, max = 60) int nI,
      @ForAll @IntRange(min = 0, max = 30) int nT,
      @ForAll long seed) {
    BilinearGame game =
        new BilinearGame(Games.encoderLike(nI, 16, seed), Games.encoderLike(nT, 16, seed + 1), 100);

    Attribution attribution = latin(8, 4, seed).attribute(game);

    assertThat(attribution.efficiencyGap()).isCloseTo(0, within(1e-10));
    assertThat(attribution.fullValue() - attribution.emptyValue())
        .isCloseTo(attribution.values().stream().mapToDouble(v -> v).sum(), within(1e-10));
  }

  @Test
  void givesExactlyNothingToPlayersWithoutEffect() {
    GameSide useful = Games.encoderLike(5, 8, 3);
    GameSide image = Games.side(6, 8, c -> first(useful.encode(List.of(c.slice(1, 5)))));
    BilinearGame game = new BilinearGame(image, Games.encoderLike(4, 8, 4), 50);

    Attribution attribution = latin(8, 8, 1).attribute(game);

    assertThat(attribution.value(0)).isZero();
    assertThat(attribution.standardError(0)).isZero();
    assertThat(attribution.value(1)).isNotZero();
  }

  private static float[] first(Vectors vectors) {
    float[] vector = new float[vectors.dimension()];
    for (int k = 0; k < vector.length; k++) {
      vector[k] = vectors.get(0, k);
    }
    return vector;
  }

  @Test
  void treatsPlayersAlikeThatAreAlike() {
    GameSide counted =
        Games.side(
            5,
            2,
            c -> {
              int alike = (c.contains(1) ? 1 : 0) + (c.contains(3) ? 1 : 0);
              return new float[] {(float) Math.sqrt(alike + c.size()), alike * c.size()};
            });
    BilinearGame game = new BilinearGame(counted, Games.unstructured(4, 2, 9), 1);

    Attribution attribution = encoded(game, Games.allOrders(5), Games.allOrders(4)).attribution();

    assertThat(attribution.value(1)).isCloseTo(attribution.value(3), within(1e-13));
    assertThat(attribution.value(0)).isCloseTo(attribution.value(4), within(1e-13));
    assertThat(attribution.value(0)).isNotCloseTo(attribution.value(1), within(1e-3));
  }

  @Test
  void needsASingleOrderWhereThePlayersJustAddUp() {
    double[] worth = {0.5, -2, 3, 0.25, 1, -1.5};
    GameSide image = Games.side(4, 2, c -> new float[] {worthOf(c, worth, 0), 1});
    GameSide text = Games.side(2, 2, c -> new float[] {1, worthOf(c, worth, 4)});
    Order anyImage = Order.of(2, 0, 3, 1);
    Order anyText = Order.of(1, 0);

    Attribution attribution =
        encoded(
                new BilinearGame(image, text, 2),
                List.of(anyImage, anyImage.reversed()),
                List.of(anyText, anyText.reversed()))
            .attribution();

    for (int i = 0; i < 6; i++) {
      assertThat(attribution.value(i)).isCloseTo(2 * worth[i], within(1e-14));
    }
  }

  private static float worthOf(Coalition coalition, double[] worth, int from) {
    float sum = 0;
    for (int i = 0; i < coalition.players(); i++) {
      sum += coalition.contains(i) ? (float) worth[from + i] : 0;
    }
    return sum;
  }

  @Property(tries = 30)
  void spendsThePassesOfTheFormula(
      @ForAll @IntRange(min = 1, max = 50) int nI,
      @ForAll @IntRange(min = 1, max = 30) int nT,
      @ForAll @IntRange(min = 4, max = 20) int orders) {
    long[] encoded = new long[2];
    BilinearGame game =
        new BilinearGame(
            counting(Games.encoderLike(nI, 4, 1), encoded, 0),
            counting(Games.encoderLike(nT, 4, 2), encoded, 1),
            1);
    FactorisedShapley estimator = latin(orders, 8, 1);

    Attribution attribution = estimator.attribute(game);

    int p = estimator.image().orders();
    int q = estimator.text().orders();
    assertThat(attribution.passes()).isEqualTo(new Passes(encoded[0], encoded[1]));
    assertThat(attribution.passes().image())
        .isEqualTo(distinctPrefixes(estimator.image().draw(nI, new Seed(1).derive("image"))))
        .isLessThanOrEqualTo(p * (nI - 1) + 2);
    assertThat(attribution.passes().text())
        .isEqualTo(distinctPrefixes(estimator.text().draw(nT, new Seed(1).derive("text"))))
        .isLessThanOrEqualTo(q * (nT - 1) + 2);
    assertThat(estimator.image().passes(nI) + estimator.text().passes(nT))
        .isEqualTo(p * (nI - 1) + q * (nT - 1) + 4);
  }

  private static long distinctPrefixes(List<Order> orders) {
    return orders.stream()
        .flatMap(
            order ->
                IntStream.rangeClosed(0, order.players())
                    .mapToObj(size -> Coalition.prefix(order, size)))
        .distinct()
        .count();
  }

  @Test
  void encodesEachCoalitionOfFewPlayersOnce() {
    BilinearGame game = unstructured(49, 3);

    Attribution attribution = latin(8, 32, 1).attribute(game);

    assertThat(attribution.passes().text()).isEqualTo(8);
  }

  private static GameSide counting(GameSide side, long[] encoded, int at) {
    return new GameSide() {
      @Override
      public int players() {
        return side.players();
      }

      @Override
      public Vectors encode(List<Coalition> coalitions) {
        encoded[at] += coalitions.size();
        return side.encode(coalitions);
      }
    };
  }

  @Test
  void givesTheSameBitsForAnyBatchAndAnyThread() throws Exception {
    GameSide image = Games.encoderLike(49, 32, 1);
    GameSide text = Games.encoderLike(17, 32, 2);
    Attribution alone = latin(8, 8, 4).attribute(new BilinearGame(image, text, 20));
    List<Callable<Attribution>> tasks = new ArrayList<>();
    for (int batch : new int[] {1, 2, 7, 64, 1000}) {
      BilinearGame batched = new BilinearGame(batched(image, batch), batched(text, batch), 20);
      tasks.add(() -> latin(8, 8, 4).attribute(batched));
    }

    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Attribution> run : threads.invokeAll(tasks)) {
        assertThat(run.get().values()).isEqualTo(alone.values());
        assertThat(run.get().standardErrors()).isEqualTo(alone.standardErrors());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static GameSide batched(GameSide side, int batch) {
    return new GameSide() {
      @Override
      public int players() {
        return side.players();
      }

      @Override
      public Vectors encode(List<Coalition> coalitions) {
        float[] values = new float[32 * coalitions.size()];
        for (int from = 0; from < coalitions.size(); from += batch) {
          int to = Math.min(coalitions.size(), from + batch);
          Vectors part = side.encode(coalitions.subList(from, to));
          for (int at = 32 * from; at < 32 * to; at++) {
            values[at] = part.get(at / 32 - from, at % 32);
          }
        }
        return new Vectors(coalitions.size(), 32, values);
      }
    };
  }

  @Test
  void knowsTheGameOfTwoPlayers() {
    BilinearGame game = unstructured(6, 3);
    EncodedGame encoded = latin(4, 4, 1).encode(game);
    Coalition onlyImage = Coalition.of(9, 0, 1, 2, 3, 4, 5);

    double[] values =
        game.values(
            List.of(Coalition.empty(9), onlyImage, onlyImage.complement(), Coalition.full(9)));

    assertThat(encoded.emptyValue()).isCloseTo(values[0], within(1e-14));
    assertThat(encoded.imageOnlyValue()).isCloseTo(values[1], within(1e-14));
    assertThat(encoded.textOnlyValue()).isCloseTo(values[2], within(1e-14));
    assertThat(encoded.fullValue()).isCloseTo(values[3], within(1e-14));
  }

  @Test
  void isExactForSidesOfUpToTwoPlayers() {
    for (int[] players : new int[][] {{1, 1}, {1, 0}, {0, 1}, {2, 1}, {1, 2}, {2, 2}, {0, 0}}) {
      BilinearGame game = unstructured(players[0], players[1]);

      Attribution estimated = latin(4, 4, 1).attribute(game);

      Attribution exact = new ExactShapley().attribute(game);
      for (int i = 0; i < game.players(); i++) {
        assertThat(estimated.value(i)).isCloseTo(exact.value(i), within(1e-13));
        assertThat(estimated.standardError(i)).isCloseTo(0, within(1e-13));
      }
    }
  }

  static EncodedGame encoded(BilinearGame game, List<Order> image, List<Order> text) {
    return new EncodedGame(
        EncodedOrders.encode(game.image(), OrderPlan.independent(image.size() / 2), image),
        EncodedOrders.encode(game.text(), OrderPlan.independent(text.size() / 2), text),
        game.scale());
  }
}
