package dev.auscult.overlay;

import dev.auscult.base.ContentHash;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.overlay.ClassScorer.ClassScores;
import dev.auscult.overlay.OverlayCases.Case;
import dev.auscult.tensor.FloatMatrix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a model made of embedded images, by their hash. */
final class Readings {
  private final Map<String, Integer> rowOf = new HashMap<>();
  private final Map<String, String> reasons = new HashMap<>();
  private final FloatMatrix vectors;
  private final List<ClassScores> scores;
  private final TextPool pool;

  /**
   * @param run whose ids are hashes
   */
  Readings(EmbeddingRun run, ClassScorer scorer, TextPool pool) {
    List<String> ids = run.embeddings().ids();
    for (int row = 0; row < ids.size(); row++) {
      rowOf.put(ids.get(row), row);
    }
    run.skipped().forEach(entry -> reasons.put(entry.id(), entry.reason()));
    this.vectors = run.embeddings().vectors();
    this.scores = scorer.of(run.embeddings());
    this.pool = pool;
  }

  /** Why one of some images has no embedding; empty if all have. */
  Optional<String> trouble(List<ContentHash> images) {
    return images.stream()
        .flatMap(hash -> Optional.ofNullable(reasons.get(hash.hex())).stream())
        .findFirst();
  }

  /** What the model made of an image of a sample. */
  Reading of(ContentHash image, Case sample, OptionalInt named) {
    Integer row = rowOf.get(image.hex());
    if (row == null) {
      throw new IllegalStateException("not embedded: a version of " + sample.sample().id());
    }
    ClassScores of = scores.get(row);
    return new Reading(
        of.probabilities().get(sample.truth()),
        of.margin(sample.truth()),
        named.isPresent() ? of.probabilities().get(named.getAsInt()) : Double.NaN,
        of.predicted(),
        pool.rank(sample.sample(), vectors, row));
  }
}
