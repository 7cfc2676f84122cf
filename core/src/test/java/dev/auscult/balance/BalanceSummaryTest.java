package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BalanceSummaryTest {
  private static BalanceConfig config(AlignmentLevel.Kind level) {
    return BalanceConfig.faithful(AuditTask.VQA, new Seed(1)).withLevel(level);
  }

  private static List<AuditedSample> rows() {
    double[] tscores = {0.5, 0.58, 0.35, 0.2, Double.NaN};
    double[] scores = {2, 4, 6, 10, -2};
    List<AuditedSample> rows = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rows.add(
          new AuditedSample(
              new SampleFigures(
                  "s" + i,
                  scores[i],
                  Double.isNaN(tscores[i]) ? Optional.empty() : Optional.of(tscores[i]),
                  new ModalityScores(1, 2, 4, scores[i]),
                  Optional.of(i < 2),
                  100 + i,
                  new Effort(8, 8, "", 50, OptionalLong.empty())),
              "p" + i));
    }
    return rows;
  }

  @Test
  void leavesUndefinedSamplesOutOfSharesButCountsThem() {
    ModalityBalance balance =
        new BalanceSummary(config(AlignmentLevel.Kind.COSINE), 20).of(rows(), 1.5);

    assertThat(balance.n()).isEqualTo(4);
    assertThat(balance.undefined()).isEqualTo(1);
    assertThat(balance.tscore().value()).isCloseTo(0.4075, within(1e-15));
    assertThat(balance.iscore().value()).isCloseTo(0.5925, within(1e-15));
    assertThat(balance.delta().value()).isCloseTo(-0.185, within(1e-15));
    assertThat(balance.delta().sd()).isCloseTo(2 * balance.tscore().sd(), within(1e-15));
    assertThat(balance.tscore().lo()).isBetween(0.2, 0.4075);
    assertThat(balance.tscore().hi()).isBetween(0.4075, 0.58);
    assertThat(balance.balanced01().value()).as("of 0, 0.16, -0.3, -0.6").isEqualTo(0.25);
    assertThat(balance.balanced02().value()).as("of 0, 0.16, -0.3, -0.6").isEqualTo(0.5);
    assertThat(balance.accuracy().orElseThrow().value()).isEqualTo(0.4);
    assertThat(balance.cost()).isEqualTo(new ModalityBalance.Cost(510, 1.5));
  }

  @Test
  void averagesTheGameOfTwoPlayers() {
    ModalityBalance balance =
        new BalanceSummary(config(AlignmentLevel.Kind.COSINE), 20).of(rows(), 1);

    // empty 1, image 2, text 4, full F: text (3 + F - 2)/2, image (1 + F - 4)/2, synergy F - 5
    assertThat(balance.modalities().text().value()).isCloseTo((4 + 1) / 2.0, within(1e-15));
    assertThat(balance.modalities().image().value()).isCloseTo((4 - 3) / 2.0, within(1e-15));
    assertThat(balance.modalities().synergy().value()).isCloseTo(4 - 5, within(1e-15));
  }

  @Test
  void reportsSimilarityInFourWays() {
    assertThat(level(AlignmentLevel.Kind.COSINE)).isCloseTo(0.2, within(1e-15));
    assertThat(level(AlignmentLevel.Kind.HALVED_COSINE)).isCloseTo(0.6, within(1e-15));
    assertThat(level(AlignmentLevel.Kind.MIN_MAX)).isCloseTo(0.5, within(1e-15));
    double logistic = 0;
    for (double score : new double[] {2, 4, 6, 10, -2}) {
      logistic += 1 / (1 + Math.exp(-score)) / 5;
    }
    assertThat(level(AlignmentLevel.Kind.SIGMOID)).isCloseTo(logistic, within(1e-15));
  }

  private static double level(AlignmentLevel.Kind kind) {
    return new BalanceSummary(config(kind), 20).of(rows(), 1).level().mean();
  }

  @Test
  void writesTheKeysThatScriptsRelyOn() {
    Map<String, ?> json =
        new BalanceSummary(config(AlignmentLevel.Kind.MIN_MAX), 20).of(rows(), 1).toJson();

    assertThat(json.keySet())
        .containsExactly(
            "n",
            "undefined",
            "tscore",
            "iscore",
            "delta",
            "balanced_0_1",
            "balanced_0_2",
            "l_norm",
            "l_norm_kinds",
            "accuracy",
            "modality_shapley",
            "intervals",
            "encoder_passes",
            "seconds");
    assertThat(keys(json, "delta")).isEqualTo("[mean, sd, lo, hi]");
    assertThat(keys(json, "l_norm")).isEqualTo("[kind, mean, sd, lo, hi]");
    assertThat(keys(json, "intervals"))
        .isEqualTo("[balanced_0_1, balanced_0_2, accuracy, text, image, synergy]");
    assertThat(keys(json, "modality_shapley")).isEqualTo("[text, image, synergy]");
  }

  private static String keys(Map<String, ?> json, String of) {
    return ((Map<?, ?>) java.util.Objects.requireNonNull(json.get(of))).keySet().toString();
  }
}
