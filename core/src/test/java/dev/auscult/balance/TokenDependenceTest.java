package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.Seed;
import dev.auscult.metric.Estimate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenDependenceTest {
  private final Map<String, Integer> tokens = new HashMap<>();

  private AuditedSample sample(int i, double tscore, int length) {
    tokens.put("s" + i, length);
    return new AuditedSample(
        new SampleFigures(
            "s" + i,
            1,
            Double.isNaN(tscore) ? Optional.empty() : Optional.of(tscore),
            new ModalityScores(0, 0, 0, 1),
            Optional.empty(),
            1,
            new Effort(4, 4, "text", 1, OptionalLong.empty())),
        "p" + i);
  }

  @Test
  void isMinusOneWhereLongerTextsAlwaysTakeMore() {
    List<AuditedSample> samples = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      samples.add(sample(i, 0.3 + 0.05 * i, 5 + i));
    }
    samples.add(sample(99, Double.NaN, 3));

    Estimate rho = TokenDependence.of(samples, tokens, new Seed(1));

    assertThat(rho.value()).isEqualTo(-1);
    assertThat(rho.n()).as("undefined samples do not count").isEqualTo(12);
  }

  @Test
  void coversZeroWhereLengthSaysNothing() {
    SplittableRandom random = new Seed(5).random();
    List<AuditedSample> samples = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      samples.add(sample(i, random.nextDouble(), random.nextInt(5, 40)));
    }

    Estimate rho = TokenDependence.of(samples, tokens, new Seed(1));

    assertThat(rho.lo()).isNegative();
    assertThat(rho.hi()).isPositive();
  }

  @Test
  void isUndefinedWhereAllTextsHaveOneLength() {
    List<AuditedSample> samples = List.of(sample(1, 0.2, 7), sample(2, 0.4, 7), sample(3, 0.9, 7));

    assertThat(TokenDependence.of(samples, tokens, new Seed(1)).value()).isNaN();
  }
}
