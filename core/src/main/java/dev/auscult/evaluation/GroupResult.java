package dev.auscult.evaluation;

import dev.auscult.metric.Estimate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of a subgroup.
 *
 * @param attribute e.g. {@code sex}, or of an intersection {@code sex & site}
 * @param value e.g. {@code female}, or {@code female & A}
 * @param n observations
 * @param patients how many patients they are of
 * @param standing whether the group takes part in gaps and findings
 * @param figures by name
 */
public record GroupResult(
    String attribute,
    String value,
    int n,
    int patients,
    Standing standing,
    Map<String, Estimate> figures) {
  /** Whether a group is compared with others. */
  public enum Standing {
    /** It is. */
    RANKED,
    /** It has fewer patients than asked for: shown, not compared. */
    TOO_SMALL,
    /** Nothing is known of the attribute: shown, not compared. */
    UNKNOWN
  }

  /** Copies the map. */
  public GroupResult {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }
}
