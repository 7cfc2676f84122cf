package dev.auscult.overlay;

import dev.auscult.base.Progress;
import dev.auscult.data.Sample;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.TextItem;
import dev.auscult.metric.TiedRank;
import dev.auscult.tensor.FloatMatrix;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The different texts of the data, among which an image's own is looked for. */
public final class TextPool {
  private final Map<String, Integer> rowOf;
  private final FloatMatrix vectors;

  private TextPool(Map<String, Integer> rowOf, FloatMatrix vectors) {
    this.rowOf = rowOf;
    this.vectors = vectors;
  }

  /** Embeds the texts of samples, equal ones once; those without one have no rank. */
  public static TextPool of(List<Sample> samples, Embedder embedder, Progress progress) {
    Set<String> texts = new LinkedHashSet<>();
    samples.forEach(sample -> sample.text().filter(text -> !text.isBlank()).ifPresent(texts::add));
    Map<String, Integer> rowOf = new HashMap<>();
    texts.forEach(text -> rowOf.put(text, rowOf.size()));
    List<TextItem> items = texts.stream().map(text -> new TextItem(text, text)).toList();
    return new TextPool(
        rowOf,
        items.isEmpty()
            ? new FloatMatrix(0, 0, new float[0])
            : embedder.texts(items, progress).embeddings().vectors());
  }

  /** How many different texts there are. */
  public int size() {
    return rowOf.size();
  }

  /**
   * The rank of a sample's own text by similarity to an image, from 1, its expectation where texts
   * tie; {@code NaN} without one.
   *
   * @param images embedded by the same model
   */
  double rank(Sample sample, FloatMatrix images, int row) {
    Integer own = sample.text().map(rowOf::get).orElse(null);
    if (own == null || rowOf.size() < 2) {
      return Double.NaN;
    }
    double score = images.dot(row, vectors, own);
    int better = 0;
    int tied = 0;
    for (int text = 0; text < vectors.rows(); text++) {
      double other = text == own ? Double.NEGATIVE_INFINITY : images.dot(row, vectors, text);
      better += other > score ? 1 : 0;
      tied += other == score ? 1 : 0;
    }
    return new TiedRank(better, tied, 1).expected();
  }
}
