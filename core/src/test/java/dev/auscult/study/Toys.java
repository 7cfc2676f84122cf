package dev.auscult.study;

import dev.auscult.adapt.ClassPredictions;
import dev.auscult.adapt.LabelledFeatures;
import dev.auscult.data.LabelMode;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.List;

/** Predictions made up for tests. */
final class Toys {
  private Toys() {}

  /** Samples with these labels and scores, a patient each. */
  static ClassPredictions predictions(
      List<String> names, LabelMode mode, List<List<Integer>> labels, float[] scores) {
    int n = labels.size();
    List<String> ids = new ArrayList<>();
    float[] ones = new float[n];
    for (int i = 0; i < n; i++) {
      ids.add("s" + i);
      ones[i] = 1;
    }
    return new ClassPredictions(
        new LabelledFeatures(ids, new FloatMatrix(n, 1, ones), labels, ids),
        names,
        mode,
        new FloatMatrix(n, names.size(), scores),
        labels);
  }
}
