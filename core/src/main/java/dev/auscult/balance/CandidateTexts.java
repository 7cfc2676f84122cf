package dev.auscult.balance;

import dev.auscult.balance.ScoredTexts.Question;
import dev.auscult.model.DualEncoder;
import dev.auscult.shapley.Vectors;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The embeddings of candidate answers; those of questions that come again are remembered. Each
 * question's are encoded by themselves, so that what is remembered changes nobody's batches.
 */
final class CandidateTexts {
  /** Floats of embeddings kept for questions that come again: 64 MB. */
  private static final long MOST_VALUES = 16_000_000;

  private static final int TOGETHER = 512;

  private final DualEncoder encoder;
  private final Runnable betweenBatches;
  private final Map<Question, FloatMatrix> embedded = new LinkedHashMap<>(16, 0.75f, true);
  private long values;

  /**
   * @param betweenBatches called before each batch; may stop a long encoding by throwing
   */
  CandidateTexts(DualEncoder encoder, Runnable betweenBatches) {
    this.encoder = encoder;
    this.betweenBatches = betweenBatches;
  }

  /** Embeds the candidates of some questions. */
  void prepare(Collection<Question> questions) {
    Set<Question> fresh = new LinkedHashSet<>(questions);
    fresh.removeIf(embedded::containsKey);
    for (Question question : fresh) {
      float[] rows = encode(ids(question));
      keep(question, new FloatMatrix(question.candidates().size(), encoder.dimension(), rows));
    }
  }

  private float[] encode(List<int[]> ids) {
    float[] rows = new float[Math.multiplyExact(ids.size(), encoder.dimension())];
    for (int from = 0; from < ids.size(); from += TOGETHER) {
      betweenBatches.run();
      List<int[]> batch = ids.subList(from, Math.min(ids.size(), from + TOGETHER));
      float[] encoded = encoder.encodeTexts(batch.toArray(int[][]::new)).toArray();
      System.arraycopy(encoded, 0, rows, from * encoder.dimension(), encoded.length);
    }
    return rows;
  }

  private List<int[]> ids(Question question) {
    List<int[]> ids = new ArrayList<>();
    for (int candidate = 0; candidate < question.candidates().size(); candidate++) {
      ids.add(encoder.tokenizer().encode(question.text(candidate)).ids());
    }
    return ids;
  }

  private void keep(Question question, FloatMatrix rows) {
    embedded.put(question, rows);
    values += size(rows);
  }

  /** Forgets what was not asked for lately. */
  void forgetOldest() {
    var eldest = embedded.values().iterator();
    while (values > MOST_VALUES && embedded.size() > 1) {
      values -= size(eldest.next());
      eldest.remove();
    }
  }

  private static long size(FloatMatrix rows) {
    return (long) rows.rows() * rows.columns();
  }

  /**
   * The embeddings of all candidates but one.
   *
   * @param target the one; all are given if it is none of them
   */
  Vectors others(Question question, String target) {
    FloatMatrix texts = embedded(question);
    int left = question.candidates().indexOf(target);
    int count = left < 0 ? texts.rows() : texts.rows() - 1;
    float[] values = new float[count * texts.columns()];
    int at = 0;
    for (int candidate = 0; candidate < texts.rows(); candidate++) {
      for (int k = 0; candidate != left && k < texts.columns(); k++) {
        values[at++] = texts.get(candidate, k);
      }
    }
    return new Vectors(count, texts.columns(), values);
  }

  private FloatMatrix embedded(Question question) {
    FloatMatrix texts = embedded.get(question);
    if (texts == null) {
      throw new IllegalStateException("not prepared: " + question.before());
    }
    return texts;
  }

  /**
   * The candidate that fits an image best: the first of the best, candidates being sorted.
   *
   * @param image the embedding of the whole image
   */
  int best(Question question, double[] image) {
    FloatMatrix texts = embedded(question);
    int best = 0;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int candidate = 0; candidate < texts.rows(); candidate++) {
      double score = 0;
      for (int k = 0; k < image.length; k++) {
        score += image[k] * texts.get(candidate, k);
      }
      if (score > bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return best;
  }
}
