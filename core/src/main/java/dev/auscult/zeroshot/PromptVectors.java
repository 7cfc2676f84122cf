package dev.auscult.zeroshot;

import dev.auscult.base.Progress;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.TextItem;
import dev.auscult.tensor.FloatMatrix;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The unit vectors of prompts: embedded once, whatever classifiers are made of them. Immutable. */
public final class PromptVectors {
  private final FloatMatrix vectors;
  private final Map<String, Integer> rowOf;

  private PromptVectors(FloatMatrix vectors, Map<String, Integer> rowOf) {
    this.vectors = vectors;
    this.rowOf = rowOf;
  }

  /** Embeds texts. */
  public static PromptVectors of(Collection<String> texts, Embedder embedder, Progress progress) {
    List<TextItem> items = texts.stream().distinct().map(text -> new TextItem(text, text)).toList();
    Map<String, Integer> rowOf = new HashMap<>();
    items.forEach(item -> rowOf.put(item.text(), rowOf.size()));
    return new PromptVectors(embedder.texts(items, progress).embeddings().vectors(), rowOf);
  }

  int dimension() {
    return vectors.columns();
  }

  /**
   * The mean of the vectors of texts.
   *
   * @throws IllegalArgumentException if one of them was not embedded
   */
  double[] mean(Collection<String> texts) {
    double[] mean = new double[dimension()];
    for (String text : texts) {
      Integer row = rowOf.get(text);
      if (row == null) {
        throw new IllegalArgumentException("a text that was not embedded: " + text);
      }
      for (int k = 0; k < mean.length; k++) {
        mean[k] += vectors.get(row, k) / (double) texts.size();
      }
    }
    return mean;
  }

  /** The same at length 1; 0 stays 0. */
  double[] unitMean(Collection<String> texts) {
    double[] mean = mean(texts);
    double squares = 0;
    for (double value : mean) {
      squares += value * value;
    }
    for (int k = 0; k < mean.length && squares > 0; k++) {
      mean[k] /= Math.sqrt(squares);
    }
    return mean;
  }
}
