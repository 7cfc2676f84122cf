package dev.auscult.fusion;

import dev.auscult.data.Sample;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;

/**
 * Embedded pairs of image and text whose outcome is known.
 *
 * @param samples where they come from, one per row
 * @param images unit rows {@code [n, d]}
 * @param texts unit rows {@code [n, d]}
 * @param outcomes number of each sample's outcome
 */
public record PairedFeatures(
    List<Sample> samples, FloatMatrix images, FloatMatrix texts, List<Integer> outcomes) {

  /** Copies the lists and checks the sizes. */
  public PairedFeatures {
    samples = List.copyOf(samples);
    outcomes = List.copyOf(outcomes);
    if (images.rows() != samples.size()
        || texts.rows() != samples.size()
        || outcomes.size() != samples.size()) {
      throw new IllegalArgumentException(
          "%d samples, %d images, %d texts, %d outcomes"
              .formatted(samples.size(), images.rows(), texts.rows(), outcomes.size()));
    }
  }

  /** The number of samples. */
  public int size() {
    return samples.size();
  }

  /** Whom each sample is of: its patient, else itself. */
  public List<String> patients() {
    return samples.stream()
        .map(sample -> sample.patient().orElse("sample " + sample.id()))
        .toList();
  }

  /** The samples at these rows, in this order. */
  public PairedFeatures rows(List<Integer> rows) {
    return new PairedFeatures(
        rows.stream().map(samples::get).toList(),
        rows(images, rows),
        rows(texts, rows),
        rows.stream().map(outcomes::get).toList());
  }

  private static FloatMatrix rows(FloatMatrix matrix, List<Integer> rows) {
    float[] values = new float[rows.size() * matrix.columns()];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(matrix.row(rows.get(i)), 0, values, i * matrix.columns(), matrix.columns());
    }
    return new FloatMatrix(rows.size(), matrix.columns(), values);
  }

  /** What each outcome's logit is trained on: one outcome per sample. */
  List<List<Integer>> labels() {
    return outcomes.stream().map(List::of).toList();
  }
}
