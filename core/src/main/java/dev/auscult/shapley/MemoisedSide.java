package dev.auscult.shapley;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A side that encodes every distinct coalition once, however often it is asked. */
public final class MemoisedSide implements GameSide {
  private final GameSide side;
  private final Map<Coalition, Place> known = new HashMap<>();
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
    Set<Coalition> fresh = new LinkedHashSet<>(coalitions);
    fresh.removeIf(known::containsKey);
    List<Coalition> unknown = List.copyOf(fresh);
    if (!unknown.isEmpty()) {
      Vectors vectors = side.encode(unknown);
      for (int c = 0; c < unknown.size(); c++) {
        known.put(unknown.get(c), new Place(vectors, c));
      }
    }
  }

  private Place place(Coalition coalition) {
    Place place = known.get(coalition);
    if (place == null) {
      throw new IllegalStateException("not encoded: " + coalition);
    }
    return place;
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
