package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TiedRankTest {
  @Test
  void withoutTiesItIsTheRank() {
    TiedRank third = new TiedRank(2, 0, 1);

    assertThat(third.recallAt(2)).isZero();
    assertThat(third.recallAt(3)).isEqualTo(1);
    assertThat(third.reciprocal()).isEqualTo(1 / 3.0);
    assertThat(third.expected()).isEqualTo(3);
  }

  @Test
  void aModelThatScoresAllAlikeGetsWhatChanceGives() {
    TiedRank blind = TiedRank.byChance(100, 1);

    assertThat(blind.recallAt(10)).isCloseTo(0.1, within(1e-12));
    assertThat(blind.expected()).isEqualTo(50.5);
    double harmonic = 0;
    for (int place = 1; place <= 100; place++) {
      harmonic += 1.0 / place / 100;
    }
    assertThat(blind.reciprocal()).isCloseTo(harmonic, within(1e-12));
  }

  @Test
  void ranksNeedARelevantItem() {
    assertThatThrownBy(() -> new TiedRank(0, 0, 0)).hasMessageContaining("0 relevant");
  }

  @Property
  void recallGrowsWithKFromNothingToOne(
      @ForAll @IntRange(max = 50) int better,
      @ForAll @IntRange(max = 50) int tied,
      @ForAll @IntRange(min = 1, max = 20) int relevant) {
    TiedRank rank = new TiedRank(better, tied, relevant);

    double last = 0;
    double expected = 0;
    double reciprocal = 0;
    for (int k = 1; k <= better + tied + 1; k++) {
      double recall = rank.recallAt(k);
      assertThat(recall).isBetween(last - 1e-12, 1.0);
      expected += (recall - last) * k;
      reciprocal += (recall - last) / k;
      last = recall;
    }
    assertThat(last).isEqualTo(1);
    assertThat(rank.expected()).isCloseTo(expected, within(1e-9));
    assertThat(rank.reciprocal()).isCloseTo(reciprocal, within(1e-9));
  }
}
