package dev.auscult.text;

import dev.auscult.text.SentencePieceModel.Kind;
import dev.auscult.text.SentencePieceModel.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits a text into the pieces of a unigram model with the greatest sum of log probabilities (Kudo
 * 2018, section 3.2), with SentencePiece's rules: sums are 32-bit floats; of equal sums the one
 * with the longer last piece wins; a character that is no piece by itself costs 10 more than the
 * least likely piece; neighbouring unknown pieces are one.
 */
final class UnigramPieces {
  private static final float UNKNOWN_PENALTY = 10;

  private final String[] sorted;
  private final int[] ids;
  private final float[] scores;
  private final int unknownId;
  private final float unknownScore;

  UnigramPieces(SentencePieceModel model) {
    List<Piece> pieces = model.pieces();
    this.ids =
        IntStream.range(0, pieces.size())
            .filter(id -> pieces.get(id).kind() == Kind.NORMAL)
            .boxed()
            .sorted(Comparator.comparing(id -> pieces.get(id).text()))
            .mapToInt(Integer::intValue)
            .toArray();
    this.sorted = Arrays.stream(ids).mapToObj(id -> pieces.get(id).text()).toArray(String[]::new);
    this.scores = new float[ids.length];
    float least = Float.MAX_VALUE;
    for (int i = 0; i < ids.length; i++) {
      scores[i] = pieces.get(ids[i]).score();
      least = Math.min(least, scores[i]);
    }
    this.unknownId = model.unknownId();
    this.unknownScore = least - UNKNOWN_PENALTY;
  }

  /**
   * A piece in a text.
   *
   * @param start its first UTF-16 unit
   * @param end one past its last
   */
  record Found(int id, int start, int end) {}

  /** The best split of {@code text}, which has no lone surrogates. */
  List<Found> split(String text) {
    Lattice lattice = new Lattice(text.length());
    for (int start = 0, next; start < text.length(); start = next) {
      next = text.offsetByCodePoints(start, 1);
      if (!addPieces(text, start, next, lattice)) {
        lattice.add(start, next, unknownId, unknownScore);
      }
    }
    return merged(lattice.best());
  }

  /** Adds every piece that begins at {@code start}; whether one is a single character. */
  private boolean addPieces(String text, int start, int next, Lattice lattice) {
    boolean single = false;
    int low = 0;
    int high = sorted.length;
    for (int end = start + 1; end <= text.length(); end++) {
      int depth = end - 1 - start;
      char unit = text.charAt(end - 1);
      low = firstNotBelow(depth, unit, low, high);
      high = firstNotBelow(depth, unit + 1, low, high);
      if (low == high) {
        break;
      }
      if (sorted[low].length() == depth + 1) {
        lattice.add(start, end, ids[low], scores[low]);
        single |= end == next;
      }
    }
    return single;
  }

  /**
   * The first of the pieces {@code low} to {@code high}, which share their first {@code depth}
   * units, whose next unit is at least {@code unit}.
   */
  private int firstNotBelow(int depth, int unit, int low, int high) {
    int from = low;
    int to = high;
    while (from < to) {
      int middle = (from + to) >>> 1;
      String piece = sorted[middle];
      if (piece.length() > depth && piece.charAt(depth) >= unit) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  private List<Found> merged(List<Found> pieces) {
    List<Found> merged = new ArrayList<>(pieces.size());
    for (Found piece : pieces) {
      Found last = merged.isEmpty() ? piece : merged.get(merged.size() - 1);
      if (!merged.isEmpty() && piece.id() == unknownId && last.id() == unknownId) {
        merged.set(merged.size() - 1, new Found(unknownId, last.start(), piece.end()));
      } else {
        merged.add(piece);
      }
    }
    return merged;
  }

  /** The best path to every position. */
  private static final class Lattice {
    private final float[] best;
    private final int[] startOf;
    private final int[] idOf;

    private Lattice(int length) {
      best = new float[length + 1];
      startOf = new int[length + 1];
      idOf = new int[length + 1];
      Arrays.fill(startOf, -1);
    }

    private void add(int start, int end, int id, float score) {
      float sum = score + best[start];
      if (startOf[end] < 0 || sum > best[end]) {
        best[end] = sum;
        startOf[end] = start;
        idOf[end] = id;
      }
    }

    private List<Found> best() {
      List<Found> reversed = new ArrayList<>();
      for (int end = startOf.length - 1; end > 0; end = startOf[end]) {
        reversed.add(new Found(idOf[end], startOf[end], end));
      }
      Collections.reverse(reversed);
      return reversed;
    }
  }
}
