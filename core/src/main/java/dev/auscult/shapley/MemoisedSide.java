package dev.auscult.shapley;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A side that encodes every distinct coalition once, however often it is asked. */
public final class MemoisedSide implements GameSide {
  private final GameSide side;
  private final Map<Coalition, Place> known = new LinkedHashMap<>();
  private long asked;

  /** Where a coalition's vector is. */
  private record Place(Vectors vectors, int row) {}

  /** Remembers what {@code side} encodes. */
  public MemoisedSide(GameSide side) {
    this.side = side;
  }

  @Override
  public int players() {
    return side.players();
  }

  @Override
  public Vectors encode(List<Coalition> coalitions) {
    asked += coalitions.size();
    encodeUnknown(coalitions);
    if (coalitions.isEmpty()) {
      return side.encode(coalitions);
    }
    int dimension = place(coalitions.get(0)).vectors().dimension();
    float[] values = new float[Math.multiplyExact(coalitions.size(), dimension)];
    for (int c = 0; c < coalitions.size(); c++) {
      Place place = place(coalitions.get(c));
      place.vectors().copy(place.row(), values, c * dimension);
    }
    return new Vectors(coalitions.size(), dimension, values);
  }

  private void encodeUnknown(List<Coalition> coalitions) {
    List<Coalition> unknown = unknown(coalitions);
    if (!unknown.isEmpty()) {
      learn(unknown, side.encode(unknown));
    }
  }

  /** Those of some coalitions that are not encoded yet, each once, in their order. */
  public List<Coalition> unknown(List<Coalition> coalitions) {
    Set<Coalition> fresh = new LinkedHashSet<>(coalitions);
    fresh.removeIf(known::containsKey);
    return List.copyOf(fresh);
  }

  /**
   * Takes vectors that were encoded elsewhere, together with those of other sides.
   *
   * @param coalitions of this side
   * @param vectors one for each
   */
  public void learn(List<Coalition> coalitions, Vectors vectors) {
    for (int c = 0; c < coalitions.size(); c++) {
      known.put(coalitions.get(c), new Place(vectors, c));
    }
  }

  private Place place(Coalition coalition) {
    Place place = known.get(coalition);
    if (place == null) {
      throw new IllegalStateException("not encoded: " + coalition);
    }
    return place;
  }

  /** The distinct coalitions that were encoded, in the order in which they were. */
  public List<Coalition> encodedCoalitions() {
    return List.copyOf(known.keySet());
  }

  /** How many vectors were asked for. */
  public long asked() {
    return asked;
  }

  /** How many distinct coalitions were encoded: encoder passes. */
  public long encoded() {
    return known.size();
  }
}
