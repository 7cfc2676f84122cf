package dev.auscult.model;

import dev.auscult.model.TextTower.Padding;
import dev.auscult.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Texts as a {@link TextTower} takes them.
 *
 * @param ids {@code [n, length]} int64
 * @param present {@code [n, length]} float32, 1 where a token takes part in attention and 0 where
 *     it is padding or hidden
 * @param pooled {@code [n]} int64, the position of each row whose final state is read
 */
public record TokenBatch(Tensor ids, Tensor present, Tensor pooled) {

  /** The same of texts that are read where their tower reads them. */
  public static TokenBatch of(TextTower tower, int[][] ids) {
    return of(tower, ids, Arrays.stream(ids).mapToInt(tower::pooledPosition).toArray());
  }

  /**
   * A batch of texts of any lengths, filled up as their tower wants it; the innermost scope owns
   * it.
   *
   * @param ids one row per text, unpadded
   * @param pooled for each row the position that is read
   */
  public static TokenBatch of(TextTower tower, int[][] ids, int[] pooled) {
    return of(tower, ids, pooled, null);
  }

  /**
   * The same with hidden tokens.
   *
   * @param hidden for each id whether it is hidden from attention; null for none
   */
  static TokenBatch of(TextTower tower, int[][] ids, int[] pooled, boolean @Nullable [][] hidden) {
    int length =
        IntStream.range(0, ids.length).map(i -> length(tower, ids[i], pooled[i])).max().orElse(0);
    long[] padded = new long[ids.length * length];
    float[] present = new float[padded.length];
    Arrays.fill(padded, tower.padId());
    for (int i = 0; i < ids.length; i++) {
      int filled = tower.padding() == Padding.CUT ? pooled[i] + 1 : ids[i].length;
      for (int j = 0; j < filled; j++) {
        padded[i * length + j] = ids[i][j];
        present[i * length + j] = hidden != null && hidden[i][j] ? 0 : 1;
      }
    }
    return new TokenBatch(
        Tensor.of(padded, ids.length, length),
        Tensor.of(present, ids.length, length),
        Tensor.of(Arrays.stream(pooled).asLongStream().toArray(), ids.length));
  }

  /** How many positions of a text are computed when it is alone. */
  static int length(TextTower tower, int[] ids, int pooled) {
    return switch (tower.padding()) {
      case CUT -> pooled + 1;
      case HIDDEN -> ids.length;
      case READ -> tower.context();
    };
  }
}
