package dev.auscult.adapt;

import dev.auscult.base.InputException;
import dev.auscult.data.LabelMode;
import dev.auscult.tensor.Tensor;
import java.util.List;

/** {@link ClassLoss} of logits that the engine computed. */
final class LogitLoss {
  private LogitLoss() {}

  /**
   * The mean loss of a batch; its derivative flows back from the logits.
   *
   * @param logits {@code [n, columns]}
   * @param labels of each row
   * @param share of the batch that the rows are, where it is computed in parts
   * @throws InputException if the loss is not finite
   */
  static double backward(Tensor logits, List<List<Integer>> labels, LabelMode mode, double share) {
    int columns = (int) logits.size(1);
    double[] values = logits.detach().toDoubles();
    double[][] rows = new double[labels.size()][columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, i * columns, rows[i], 0, columns);
    }
    double loss = ClassLoss.of(rows, labels, mode);
    requireFinite(loss);
    float[] derivative = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      derivative[i] = (float) (share * rows[i / columns][i % columns]);
    }
    logits.backward(Tensor.of(derivative, labels.size(), columns));
    return loss;
  }

  private static void requireFinite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new InputException(
          "training", "a loss of " + loss, "a finite one", "lower --set learning-rate");
    }
  }
}
