package dev.auscult.retrieval;

import dev.auscult.metric.Bootstrap;
import java.util.List;

/**
 * Choices of an evaluation.
 *
 * @param bootstrap makes the intervals
 * @param threads how many to use; no figure depends on it
 * @param groups attributes by which queries are told apart
 * @param minimum patients from which on a group is compared with others
 */
public record RetrievalSettings(
    Bootstrap bootstrap, int threads, List<RetrievalGroups> groups, int minimum) {
  /** Copies the list and checks the numbers. */
  public RetrievalSettings {
    groups = List.copyOf(groups);
    if (threads < 1 || minimum < 1) {
      throw new IllegalArgumentException(threads + " threads, groups of " + minimum);
    }
  }
}
