package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GroupBalanceTest {
  private static AuditedSample sample(int i, Optional<Double> tscore) {
    return new AuditedSample(
        new SampleFigures(
            "s" + i,
            1,
            tscore,
            new ModalityScores(0, 0, 0, 1),
            Optional.of(i % 4 == 0),
            1,
            new Effort(8, 8, "", 1, OptionalLong.empty())),
        "p" + i / 2);
  }

  /** Odd pairs of samples belong to "b", whose TScore is .2 higher; the last ones are few. */
  private static List<GroupBalance> groups() {
    List<AuditedSample> samples = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      double noise = (i * 37 % 10) / 100.0;
      samples.add(sample(i, Optional.of((i / 2 % 2 == 0 ? 0.4 : 0.6) + noise)));
    }
    samples.add(sample(100, Optional.empty()));
    samples.add(sample(102, Optional.of(0.5)));
    samples.add(sample(104, Optional.of(0.5)));
    return GroupBalance.of(
        samples,
        id -> {
          int i = Integer.parseInt(id.substring(1));
          return i == 104
              ? Optional.empty()
              : Optional.of(i >= 100 ? "few" : i / 2 % 2 == 0 ? "a" : "b");
        },
        20,
        Bootstrap.bca(new Seed(1)));
  }

  @Test
  void everyGroupHasItsSizeItsBalanceAndItsDistanceFromTheOthers() {
    List<GroupBalance> groups = groups();

    assertThat(groups.stream().map(GroupBalance::value)).containsExactly("a", "b", "few");
    GroupBalance b = groups.get(1);
    assertThat(b.n()).isEqualTo(50);
    assertThat(b.patients()).isEqualTo(25);
    // .6 plus a mean noise of .045 (whole tens of samples), hence delta 2 * .645 - 1
    assertThat(b.delta().value()).isCloseTo(0.29, within(0.01));
    Estimate difference = b.difference().orElseThrow().difference();
    assertThat(difference.value()).isCloseTo(0.4, within(0.02));
    assertThat(difference.lo()).isPositive();
    assertThat(groups.get(0).difference().orElseThrow().difference().hi()).isNegative();
    assertThat(b.difference().orElseThrow().p()).isLessThan(1e-6);
    assertThat(b.accuracy()).isPresent();
  }

  @Test
  void smallGroupsAreShownAndNotCompared() {
    GroupBalance few = groups().get(2);

    assertThat(few.n()).isEqualTo(1);
    assertThat(few.undefined()).isEqualTo(1);
    assertThat(few.difference()).isEmpty();
    assertThat(few.toJson()).containsEntry("compared", false).containsEntry("n", 1);
  }
}
