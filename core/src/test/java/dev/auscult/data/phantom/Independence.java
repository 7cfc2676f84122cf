package dev.auscult.data.phantom;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Pearson's test of independence of two properties. */
final class Independence {
  private Independence() {}

  /** The chi-square statistic of the contingency table of two properties. */
  static <T> double chiSquare(List<T> items, Function<T, ?> one, Function<T, ?> other) {
    Map<Object, Integer> rows = new HashMap<>();
    Map<Object, Integer> columns = new HashMap<>();
    Map<List<Object>, Integer> cells = new HashMap<>();
    for (T item : items) {
      Object row = one.apply(item);
      Object column = other.apply(item);
      rows.merge(row, 1, Integer::sum);
      columns.merge(column, 1, Integer::sum);
      cells.merge(List.of(row, column), 1, Integer::sum);
    }
    double statistic = 0;
    for (Map.Entry<Object, Integer> row : rows.entrySet()) {
      for (Map.Entry<Object, Integer> column : columns.entrySet()) {
        double expected = (double) row.getValue() * column.getValue() / items.size();
        double seen = cells.getOrDefault(List.of(row.getKey(), column.getKey()), 0);
        statistic += (seen - expected) * (seen - expected) / expected;
      }
    }
    return statistic;
  }
}
