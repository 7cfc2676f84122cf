package dev.auscult.retrieval;

import dev.auscult.base.Progress;
import dev.auscult.metric.TiedRank;
import dev.auscult.tensor.FloatMatrix;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Measures how well a model's embeddings find texts by images and images by texts. */
public final class RetrievalEvaluation {
  private final RetrievalSet set;
  private final RetrievalSettings settings;
  private final Progress progress;

  /**
   * @param set the pairs
   * @param settings how figures are made
   */
  public RetrievalEvaluation(RetrievalSet set, RetrievalSettings settings, Progress progress) {
    this.set = set;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Evaluates both directions.
   *
   * @param images unit rows {@code [images of the set, d]}
   * @param texts unit rows {@code [texts of the set, d]}
   */
  public Map<Direction, DirectionResult> of(FloatMatrix images, FloatMatrix texts) {
    Map<Direction, DirectionResult> results = new EnumMap<>(Direction.class);
    results.put(Direction.IMAGE_TO_TEXT, of(Direction.IMAGE_TO_TEXT, images, texts));
    results.put(Direction.TEXT_TO_IMAGE, of(Direction.TEXT_TO_IMAGE, texts, images));
    return Collections.unmodifiableMap(results);
  }

  private DirectionResult of(Direction direction, FloatMatrix queries, FloatMatrix candidates) {
    check(queries, set.queries(direction));
    check(candidates, set.candidates(direction));
    List<TiedRank> ranks =
        QueryRanks.of(
            queries,
            candidates,
            query -> set.relevant(direction, query),
            settings.threads(),
            progress);
    return new DirectionFigures(set, direction, ranks, settings, progress).result();
  }

  private static void check(FloatMatrix vectors, List<RetrievalItem> items) {
    if (vectors.rows() != items.size()) {
      throw new IllegalArgumentException(
          "%d vectors of %d items".formatted(vectors.rows(), items.size()));
    }
  }
}
