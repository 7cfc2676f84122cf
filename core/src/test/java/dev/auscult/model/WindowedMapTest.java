package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowedMapTest {
  private final WindowedMap map = new WindowedMap(4, 2);

  @Test
  void windowsFollowOneAnother() {
    assertThat(map.windows(0))
        .containsExactly(0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15);
  }

  @Test
  void shiftedWindowsBeginFurtherAndWrapAround() {
    assertThat(map.windows(1))
        .containsExactly(5, 6, 9, 10, 7, 4, 11, 8, 13, 14, 1, 2, 15, 12, 3, 0);
  }

  @Test
  void squaresGoDownBeforeTheyGoRight() {
    assertThat(map.squares()).containsExactly(0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15);
  }

  @Test
  void placesLeadFromOneSequenceToAnother() {
    long[] present = map.windows(1);

    long[] places = WindowedMap.places(present, map.rows());

    assertThat(LongStream.of(places).map(place -> present[(int) place]).toArray())
        .containsExactly(map.rows());
  }

  @Test
  void everyOtherBlockShiftsUnlessOneWindowIsAll() {
    assertThat(new WindowedMap(14, 7).shift(0)).isZero();
    assertThat(new WindowedMap(14, 7).shift(1)).isEqualTo(3);
    assertThat(new WindowedMap(7, 7).shift(1)).isZero();
  }

  @Test
  void oppositeOffsetsAreCountedFromBothEnds() {
    long[] offsets = map.offsets();

    assertThat(offsets).startsWith(4, 3, 1, 0).hasSize(16);
    for (int from = 0; from < 4; from++) {
      for (int to = 0; to < 4; to++) {
        assertThat(offsets[4 * from + to] + offsets[4 * to + from]).isEqualTo(8);
      }
    }
  }

  @Test
  void pixelsFromOppositeEndsAreKeptApart() {
    float[] penalties = map.penalties(1, -5);

    assertThat(penalties).hasSize(4 * 4 * 4);
    for (int i = 0; i < 16; i++) {
      assertThat(penalties[i]).isZero();
    }
    // the second window holds columns 3 and 0 of rows 1 and 2
    assertThat(penalties[16]).isZero();
    assertThat(penalties[17]).isEqualTo(-5);
    assertThat(penalties[18]).isZero();
    assertThat(penalties[19]).isEqualTo(-5);
    // in the last window every pixel comes from another corner
    for (int i = 48; i < 64; i++) {
      assertThat(penalties[i]).isEqualTo(i % 5 == 3 ? 0 : -5);
    }
  }

  @Test
  void windowsTileTheMap() {
    assertThatThrownBy(() -> new WindowedMap(10, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("windows of 7 do not tile a map of 10");
  }
}
