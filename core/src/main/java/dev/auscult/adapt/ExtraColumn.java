package dev.auscult.adapt;

import dev.auscult.data.LabelMode;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;

/**
 * The column of nothing found: where a sample may have several labels or none, methods made for
 * exclusive classes see one class more, and a label's log-odds are its score less that of nothing.
 */
final class ExtraColumn {
  private ExtraColumn() {}

  /** The number of columns that {@code classes} need. */
  static int columns(int classes, LabelMode mode) {
    return mode == LabelMode.MULTIPLE ? classes + 1 : classes;
  }

  /** One text per column. */
  static FloatMatrix texts(ClassTexts texts, LabelMode mode) {
    FloatMatrix vectors = texts.vectors(PromptUse.MEAN);
    return mode == LabelMode.MULTIPLE ? vectors.append(texts.none()) : vectors;
  }

  /** 1 in the columns of a sample's labels; of a sample without any, in the last. */
  static float[] values(List<Integer> labels, int columns) {
    float[] values = new float[columns];
    labels.forEach(label -> values[label] = 1);
    if (labels.isEmpty()) {
      values[columns - 1] = 1;
    }
    return values;
  }

  /** The scores of the classes. */
  static FloatMatrix takeOff(double[][] logits, LabelMode mode) {
    int columns = logits.length == 0 ? 0 : logits[0].length;
    int classes = mode == LabelMode.MULTIPLE ? columns - 1 : columns;
    float[] scores = new float[logits.length * classes];
    for (int i = 0; i < logits.length; i++) {
      double nothing = mode == LabelMode.MULTIPLE ? logits[i][classes] : 0;
      for (int c = 0; c < classes; c++) {
        scores[i * classes + c] = (float) (logits[i][c] - nothing);
      }
    }
    return new FloatMatrix(logits.length, classes, scores);
  }
}
