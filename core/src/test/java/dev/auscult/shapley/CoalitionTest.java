package dev.auscult.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CoalitionTest {
  @Test
  void holdsThePlayersItWasGiven() {
    Coalition coalition = Coalition.of(130, 0, 64, 129);

    assertThat(coalition.size()).isEqualTo(3);
    assertThat(coalition.contains(64)).isTrue();
    assertThat(coalition.contains(63)).isFalse();
    assertThat(coalition).hasToString("{0, 64, 129} of 130");
  }

  @Test
  void refusesPlayersThatTheGameDoesNotHave() {
    assertThatThrownBy(() -> Coalition.of(4, 4)).hasMessageContaining("player 4 of 4");
    assertThatThrownBy(() -> Coalition.empty(4).contains(-1)).hasMessageContaining("player -1");
  }

  @Property(tries = 200)
  void complementHoldsExactlyTheOthers(
      @ForAll @IntRange(min = 0, max = 200) int players, @ForAll Set<Integer> picked) {
    int[] present =
        picked.stream().mapToInt(p -> p).filter(p -> p >= 0 && p < players).distinct().toArray();
    Coalition coalition = Coalition.of(players, present);
    Coalition others = coalition.complement();

    assertThat(coalition.size() + others.size()).isEqualTo(players);
    for (int player = 0; player < players; player++) {
      assertThat(coalition.contains(player)).isNotEqualTo(others.contains(player));
    }
    assertThat(others.complement()).isEqualTo(coalition).hasSameHashCodeAs(coalition);
  }

  @Test
  void sliceRenumbersItsPlayers() {
    assertThat(Coalition.of(10, 1, 6, 9).slice(6, 4)).isEqualTo(Coalition.of(4, 0, 3));
  }

  @Test
  void withAddsAPlayerAndLeavesTheOriginal() {
    Coalition coalition = Coalition.of(3, 1);

    assertThat(coalition.with(2)).isEqualTo(Coalition.of(3, 1, 2));
    assertThat(coalition).isEqualTo(Coalition.of(3, 1));
  }
}
