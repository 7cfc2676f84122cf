package dev.auscult.data.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import dev.auscult.data.phantom.OutcomeRule.Seen;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutcomeRuleTest {
  private static final double EXACT = 1e-12;

  @Test
  void theOneThatDecidesReachesHalfPlusHalfItsShare() {
    OutcomeRule drawing = new OutcomeRule(.6, 0, 0);

    assertThat(drawing.bestAccuracy(Seen.DRAWING)).isCloseTo(.8, within(EXACT));
    assertThat(drawing.bestAccuracy(Seen.BOTH)).isCloseTo(.8, within(EXACT));
    assertThat(drawing.bestAccuracy(Seen.TEXT)).isCloseTo(.5, within(EXACT));
    assertThat(drawing.bestAuroc(Seen.DRAWING)).isCloseTo(.8, within(EXACT));
    assertThat(drawing.bestAuroc(Seen.TEXT)).isCloseTo(.5, within(EXACT));
    assertThat(drawing.bestAuroc(Seen.NOTHING)).isCloseTo(.5, within(EXACT));
  }

  @Test
  void neitherAloneSaysAnythingOfAProduct() {
    OutcomeRule product = new OutcomeRule(0, 0, .9);

    assertThat(product.bestAccuracy(Seen.DRAWING)).isCloseTo(.5, within(EXACT));
    assertThat(product.bestAccuracy(Seen.TEXT)).isCloseTo(.5, within(EXACT));
    assertThat(product.bestAccuracy(Seen.BOTH)).isCloseTo(.95, within(EXACT));
  }

  /** By hand: P = .9, .5, .5, .1; AUROC = sum of p_i (1 - p_j) over ordered pairs, ties half. */
  @Test
  void bothTogetherRankBetterThanEither() {
    OutcomeRule rule = new OutcomeRule(.4, .4, 0);

    assertThat(rule.bestAccuracy(Seen.BOTH)).isCloseTo(.7, within(EXACT));
    assertThat(rule.bestAuroc(Seen.DRAWING)).isCloseTo(.7, within(EXACT));
    double won = .9 * (.5 + .5 + .9) + 2 * .5 * .9 + .5 * (.9 * .1 + .1 * .9) + .5 * 4 * .25;
    assertThat(rule.bestAuroc(Seen.BOTH)).isCloseTo(won / 4, within(EXACT));
  }

  @Test
  void outcomesAreDrawnAsTheRuleSays() {
    OutcomeRule rule = new OutcomeRule(.3, .2, .4);
    SketchConfig config = new SketchConfig(6000, new Seed(5), 64, rule);
    for (int drawing = -1; drawing <= 1; drawing += 2) {
      for (int text = -1; text <= 1; text += 2) {
        int s = drawing;
        int t = text;
        double[] urgent =
            IntStream.range(0, config.n())
                .mapToObj(index -> new Sketch(config, index))
                .filter(sketch -> sketch.drawingSign() == s && sketch.textSign() == t)
                .mapToDouble(sketch -> sketch.outcome().equals(Sketch.URGENT) ? 1 : 0)
                .toArray();

        // Four standard errors of a share of 1,500.
        assertThat(urgent.length).isBetween(1350, 1650);
        assertThat(java.util.Arrays.stream(urgent).average().orElseThrow())
            .isCloseTo(rule.urgent(s, t), within(.052));
      }
    }
  }

  @Test
  void sharesMustLeaveRoomForEachOther() {
    assertThatThrownBy(() -> new OutcomeRule(.6, .6, 0)).hasMessageContaining("at most 1");
    assertThatThrownBy(() -> new OutcomeRule(-.1, .6, 0)).hasMessageContaining("at least 0");
    assertThatThrownBy(() -> new OutcomeRule(Double.NaN, 0, 0)).hasMessageContaining("at least 0");
  }
}
