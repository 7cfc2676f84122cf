package dev.auscult.features;

import dev.auscult.metric.Bootstrap;
import dev.auscult.projection.ProjectionMethod;
import java.util.List;

/**
 * The choices of a feature study.
 *
 * @param groupings what the classes are, each by itself
 * @param projection how maps are made
 * @param samples at most so many images of each data set, chosen by the seed
 * @param texts whether texts are embedded too
 * @param bootstrap how intervals are found; its seed also chooses images and makes maps
 * @param threads how many to use; no figure depends on it
 */
public record FeatureSettings(
    List<Grouping> groupings,
    ProjectionMethod projection,
    int samples,
    TextUse texts,
    Bootstrap bootstrap,
    int threads) {
  /** Folds of cross-validation; a class needs as many patients. */
  public static final int FOLDS = 5;

  /** Neighbours that vote. */
  public static final int NEIGHBOURS = 5;

  /** Below this p-value, corrected after Holm, a difference is clear. */
  public static final double LEVEL = .05;

  /** Whether texts take part. */
  public enum TextUse {
    /** Images with their texts, by models that have an encoder of texts. */
    PAIRED,
    /** Images only. */
    NONE
  }

  /** The resamples of every figure and the exchanges of every comparison. */
  Bootstrap resampling() {
    return new Bootstrap(
        bootstrap.kind(),
        bootstrap.resamples(),
        bootstrap.level(),
        bootstrap.seed().derive("features"));
  }

  /** Copies the list and checks the numbers. */
  public FeatureSettings {
    groupings = List.copyOf(groupings);
    if (groupings.isEmpty()) {
      throw new IllegalArgumentException("no grouping");
    }
    if (samples < 4 || threads < 1) {
      throw new IllegalArgumentException("%d samples, %d threads".formatted(samples, threads));
    }
  }
}
