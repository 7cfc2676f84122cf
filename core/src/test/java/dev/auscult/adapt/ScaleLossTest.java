package dev.auscult.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.adapt.LabelHierarchy.Member;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Small cases whose values are known, and gradients against finite differences. */
class ScaleLossTest {
  private static final double STATED = 5e-11;

  @Test
  void supervisedContrastOfUnitVectors() {
    double[][] rows = {circle(0), circle(30), circle(90), circle(180)};

    assertThat(contrast(.1, rows, 0, 0, 1, 1)).isCloseTo(1.2597946530, within(STATED));
    assertThat(contrast(1, rows, 0, 0, 1, 1)).isCloseTo(.7390979253, within(STATED));
    assertThat(contrast(.5, rows, 0, 0, 1, 2)).isCloseTo(2 * .1491556668, within(2 * STATED));
    assertThat(contrast(.3, new double[][] {circle(7), circle(7), circle(7)}, 4, 4, 4))
        .isCloseTo(Math.log(2), within(1e-14));
  }

  /** The values stated are means over all anchors, a single one counting 0. */
  @Test
  void supervisedContrastOfSimilarityRows() {
    double[][] rows = {{.9, .1}, {.8, .3}, {.2, .7}};
    int[][] labels = {{0}, {0}, {1}};

    double raw = contrast(.1, RowNormalisation.RAW).add(rows, labels, 1, new double[3][2]);
    double unit = contrast(.1, RowNormalisation.UNIT).add(rows, labels, 1, new double[3][2]);

    assertThat(raw).isCloseTo(.0096131883 * 3 / 2, within(1e-10));
    assertThat(unit).isCloseTo(.0086947261 * 3 / 2, within(1e-10));
  }

  @Test
  void hasNoLossWithoutPositives() {
    double[][] gradient = new double[3][2];

    double loss =
        contrast(.1, RowNormalisation.UNIT)
            .add(new double[][] {{1, 0}, {0, 1}, {1, 1}}, new int[][] {{0}, {1}, {}}, 1, gradient);

    assertThat(loss).isZero();
    assertThat(gradient).isDeepEqualTo(new double[3][2]);
  }

  /** Copies of a sample, one per label, as separate rows would be the same but for each other. */
  @Test
  void aRowWithTwoLabelsIsTwoAnchorsThatDoNotSeeEachOther() {
    double[][] rows = {{.9, .1}, {.8, .3}, {.2, .7}};
    int[][] labels = {{0, 1}, {0}, {1}};
    double tau = .5;
    double s01 = (.9 * .8 + .1 * .3) / tau;
    double s02 = (.9 * .2 + .1 * .7) / tau;
    double s12 = (.8 * .2 + .3 * .7) / tau;
    double first = Math.log(Math.exp(s01) + Math.exp(s02)) - s01;
    double second = Math.log(Math.exp(s01) + Math.exp(s02)) - s02;
    double third = Math.log(2 * Math.exp(s01) + Math.exp(s12)) - s01;
    double fourth = Math.log(2 * Math.exp(s02) + Math.exp(s12)) - s02;

    double loss = contrast(tau, RowNormalisation.RAW).add(rows, labels, 1, new double[3][2]);

    assertThat(loss).isCloseTo((first + second + third + fourth) / 4, within(1e-14));
  }

  @Test
  void crossEntropiesByCombinationClassAndConcept() {
    double[][] z = {{.9, .2, .1}, {.3, .5, .4}, {.1, .2, .8}};
    ScaleLoss loss =
        new ScaleLoss(hierarchy(), 10, contrast(.1, RowNormalisation.UNIT), onlyCrossEntropies());

    ScaleLoss.Terms terms =
        loss.of(z, new int[] {0, 1, 2}, labels(0, 1, 2), new int[] {0, 1, 2}, new double[3][3]);

    assertThat(terms.combinations()).isCloseTo(.13741248, within(5e-9));
    assertThat(terms.classes()).isCloseTo(.10535759, within(5e-9));
    assertThat(terms.concepts()).isCloseTo(.10554961, within(5e-9));
    assertThat(terms.total())
        .isCloseTo(terms.combinations() + terms.classes() + terms.concepts(), within(1e-15));
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    for (RowNormalisation normalisation : RowNormalisation.values()) {
      for (LossReduction reduction : LossReduction.values()) {
        ScaleLoss loss =
            new ScaleLoss(
                hierarchy(),
                7,
                new SupervisedContrast(.3, normalisation, reduction),
                new ScaleWeights(.7, .9, .5, .4));
        requireGradient(loss, new int[] {0, 1, 2}, new int[][] {{0}, {1}, {2}, {0, 2}, {}, {1}});
        requireGradient(loss, new int[] {0, 4, -1}, new int[][] {{0}, {1}, {1}, {0, 1}, {}, {1}});
      }
    }
  }

  private static void requireGradient(ScaleLoss loss, int[] columns, int[][] labels) {
    int[] texts = {0, 1, 2, 0, 1};
    double[][] cosines = random(6, 5);
    double[][] gradient = new double[6][5];
    loss.of(cosines, columns, labels, texts, gradient);

    double step = 1e-6;
    for (int i = 0; i < 6; i++) {
      for (int t = 0; t < 5; t++) {
        double at = cosines[i][t];
        cosines[i][t] = at + step;
        double above = loss.of(cosines, columns, labels, texts, new double[6][5]).total();
        cosines[i][t] = at - step;
        double below = loss.of(cosines, columns, labels, texts, new double[6][5]).total();
        cosines[i][t] = at;
        assertThat(gradient[i][t])
            .as("row %d column %d", i, t)
            .isCloseTo((above - below) / (2 * step), within(1e-7));
      }
    }
  }

  private static double[][] random(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(5);
    return IntStream.range(0, rows)
        .mapToObj(i -> random.doubles(columns, -1, 1).toArray())
        .toArray(double[][]::new);
  }

  private static ScaleWeights onlyCrossEntropies() {
    return new ScaleWeights(1, 1, 0, 0);
  }

  /** Classes {0, 1} and {2}, concepts {0, 2} and {1}. */
  private static LabelHierarchy hierarchy() {
    return new LabelHierarchy(
        List.of("first", "second"),
        List.of("here", "there"),
        List.of(new Member("a", 0, 0), new Member("b", 0, 1), new Member("c", 1, 0)));
  }

  private static SupervisedContrast contrast(double tau, RowNormalisation normalisation) {
    return new SupervisedContrast(tau, normalisation, LossReduction.MEAN);
  }

  private static double contrast(double tau, double[][] rows, int... labels) {
    return contrast(tau, RowNormalisation.RAW)
        .add(rows, labels(labels), 1, new double[rows.length][2]);
  }

  private static int[][] labels(int... labels) {
    return IntStream.of(labels).mapToObj(label -> new int[] {label}).toArray(int[][]::new);
  }

  private static double[] circle(double degrees) {
    double angle = Math.toRadians(degrees);
    return new double[] {Math.cos(angle), Math.sin(angle)};
  }
}
