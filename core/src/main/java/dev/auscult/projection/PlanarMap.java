package dev.auscult.projection;

import java.util.List;

/** Points on a plane, one for each row that was projected, with what to know about them. */
public final class PlanarMap {
  /** Fewer points than this have no neighbourhoods that a map could keep. */
  public static final int FEWEST = 4;

  private final double[][] places;
  private final List<String> notes;

  /**
   * Takes ownership of {@code places}.
   *
   * @param places {@code [n][2]}
   * @param notes in plain sentences, e.g. that a setting was reduced
   * @throws IllegalArgumentException if a place has not two finite coordinates
   */
  PlanarMap(double[][] places, List<String> notes) {
    for (double[] place : places) {
      if (place.length != 2 || !Double.isFinite(place[0]) || !Double.isFinite(place[1])) {
        throw new IllegalArgumentException("a place is not two finite coordinates");
      }
    }
    this.places = places;
    this.notes = List.copyOf(notes);
  }

  /** The number of points. */
  public int size() {
    return places.length;
  }

  /** The first coordinate of a point. */
  public double x(int point) {
    return places[point][0];
  }

  /** The second coordinate of a point. */
  public double y(int point) {
    return places[point][1];
  }

  /** What to know about this map, in plain sentences; often nothing. */
  public List<String> notes() {
    return notes;
  }

  /** A copy of all places, {@code [n][2]}. */
  public double[][] toArray() {
    double[][] copy = new double[places.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = places[i].clone();
    }
    return copy;
  }
}
