package dev.auscult.model;

import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Scope;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Runs a text tower without gradients over as many texts as there are, texts of similar lengths
 * together, and takes only unit rows out.
 */
record TextInference(TextTower tower) {

  /**
   * Embeds texts, {@code [n, dimension]}.
   *
   * @param hidden for each id whether it is hidden from attention; null for none
   */
  FloatMatrix encode(int[][] ids, int[] pooled, boolean @Nullable [][] hidden) {
    new TextLimits(tower.context(), tower.vocabulary()).check(ids, pooled);
    if (hidden != null) {
      TextLimits.checkHidden(ids, hidden);
    }
    float[] rows = new float[Math.multiplyExact(ids.length, tower.dimension())];
    int[] order = BatchSize.ascending(ids.length, text -> length(ids[text], pooled[text]));
    int from = 0;
    while (from < order.length) {
      int to = from + 1;
      while (to < order.length && to - from < atOnce(ids[order[to]], pooled[order[to]])) {
        to++;
      }
      encode(ids, pooled, hidden, Arrays.copyOfRange(order, from, to), rows);
      from = to;
    }
    return new FloatMatrix(ids.length, tower.dimension(), rows);
  }

  private int atOnce(int[] ids, int pooled) {
    return BatchSize.of(tower.activations(length(ids, pooled)));
  }

  private int length(int[] ids, int pooled) {
    return TokenBatch.length(tower, ids, pooled);
  }

  private void encode(
      int[][] ids, int[] pooled, boolean @Nullable [][] hidden, int[] chosen, float[] rows) {
    int[][] own = Arrays.stream(chosen).mapToObj(text -> ids[text]).toArray(int[][]::new);
    int[] read = Arrays.stream(chosen).map(text -> pooled[text]).toArray();
    boolean[][] dark =
        hidden == null
            ? null
            : Arrays.stream(chosen).mapToObj(text -> hidden[text]).toArray(boolean[][]::new);
    int dimension = tower.dimension();
    try (Scope scope = Scope.inference()) {
      TokenBatch batch = TokenBatch.of(tower, own, read, dark);
      float[] embedded = ImageInference.unitRows(tower.forward(batch));
      for (int i = 0; i < chosen.length; i++) {
        System.arraycopy(embedded, i * dimension, rows, chosen[i] * dimension, dimension);
      }
    }
  }
}
