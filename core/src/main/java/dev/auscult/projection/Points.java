package dev.auscult.projection;

/** Rows that can be projected, and their distances. */
final class Points {
  private Points() {}

  /**
   * Checks that there are rows, all of one length and of finite numbers.
   *
   * @throws IllegalArgumentException if not
   */
  static void check(double[][] rows) {
    if (rows.length == 0 || rows[0].length == 0) {
      throw new IllegalArgumentException("no points to project");
    }
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != rows[0].length) {
        throw new IllegalArgumentException(
            "point %d has %d coordinates, point 0 has %d"
                .formatted(i, rows[i].length, rows[0].length));
      }
      for (double value : rows[i]) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException("point %d has the coordinate %s".formatted(i, value));
        }
      }
    }
  }

  /**
   * Checks that there are enough rows for neighbourhoods to mean anything.
   *
   * @throws IllegalArgumentException if there are fewer than {@value PlanarMap#FEWEST}
   */
  static void checkEnough(double[][] rows) {
    check(rows);
    if (rows.length < PlanarMap.FEWEST) {
      throw new IllegalArgumentException(
          "%d points; a map of neighbourhoods needs %d".formatted(rows.length, PlanarMap.FEWEST));
    }
  }

  /** Squared Euclidean distances {@code [n, n]}: symmetric to the last bit, 0 of equal rows. */
  static double[][] squaredDistances(double[][] rows, Workers workers) {
    double[][] squares = new double[rows.length][rows.length];
    workers.each(
        rows.length,
        i -> {
          for (int j = 0; j < rows.length; j++) {
            squares[i][j] = i == j ? 0 : squaredDistance(rows[i], rows[j]);
          }
        });
    return squares;
  }

  private static double squaredDistance(double[] a, double[] b) {
    double even = 0;
    double odd = 0;
    int k = 0;
    for (; k + 2 <= a.length; k += 2) {
      double first = a[k] - b[k];
      double second = a[k + 1] - b[k + 1];
      even += first * first;
      odd += second * second;
    }
    if (k < a.length) {
      even += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return even + odd;
  }
}
