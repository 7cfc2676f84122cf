package dev.auscult.shapley;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One side's part of some coalitions, every distinct one encoded once.
 *
 * @param vectors of the distinct ones
 * @param rows for each coalition, which vector is its own
 */
record EncodedSlice(Vectors vectors, List<Integer> rows) {

  /**
   * Encodes a side's part.
   *
   * @param from the number of the side's first player
   */
  static EncodedSlice of(GameSide side, List<Coalition> coalitions, int from) {
    Map<Coalition, Integer> distinct = new LinkedHashMap<>();
    List<Integer> rows = new ArrayList<>();
    for (Coalition coalition : coalitions) {
      Coalition part = coalition.slice(from, side.players());
      rows.add(distinct.computeIfAbsent(part, c -> distinct.size()));
    }
    return new EncodedSlice(side.encode(List.copyOf(distinct.keySet())), rows);
  }

  /** For each coalition, which vector is its own. */
  int[] numbers() {
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }
}
