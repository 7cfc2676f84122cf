package dev.auscult.model;

import dev.auscult.model.TextTower.Padding;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
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

  /** How many positions of a text are computed when it is alone. */
  private int length(int[] ids, int pooled) {
    return switch (tower.padding()) {
      case CUT -> pooled + 1;
      case HIDDEN -> ids.length;
      case READ -> tower.context();
    };
  }

  private void encode(
      int[][] ids, int[] pooled, boolean @Nullable [][] hidden, int[] chosen, float[] rows) {
    int last = chosen[chosen.length - 1];
    int length = length(ids[last], pooled[last]);
    long[] padded = new long[chosen.length * length];
    float[] present = new float[padded.length];
    long[] positions = new long[chosen.length];
    Arrays.fill(padded, tower.padId());
    for (int i = 0; i < chosen.length; i++) {
      int[] row = ids[chosen[i]];
      positions[i] = pooled[chosen[i]];
      int filled = tower.padding() == Padding.CUT ? pooled[chosen[i]] + 1 : row.length;
      for (int j = 0; j < filled; j++) {
        padded[i * length + j] = row[j];
        present[i * length + j] = hidden != null && hidden[chosen[i]][j] ? 0 : 1;
      }
    }
    int dimension = tower.dimension();
    try (Scope scope = Scope.inference()) {
      TokenBatch batch =
          new TokenBatch(
              Tensor.of(padded, chosen.length, length),
              Tensor.of(present, chosen.length, length),
              Tensor.of(positions, chosen.length));
      float[] embedded = ImageInference.unitRows(tower.forward(batch));
      for (int i = 0; i < chosen.length; i++) {
        System.arraycopy(embedded, i * dimension, rows, chosen[i] * dimension, dimension);
      }
    }
  }
}
