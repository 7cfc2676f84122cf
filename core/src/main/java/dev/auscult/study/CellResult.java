package dev.auscult.study;

import dev.auscult.tensor.FloatMatrix;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a fit gave.
 *
 * @param cell which fit
 * @param fitted samples that were fitted on
 * @param validated samples that settings were chosen on
 * @param chosen what was chosen on them, by name
 * @param seconds the fit took, by the clock
 * @param scores of the test samples {@code [n, combinations]}
 */
public record CellResult(
    StudyCell cell,
    int fitted,
    int validated,
    Map<String, String> chosen,
    double seconds,
    FloatMatrix scores) {

  /** Copies the map. */
  public CellResult {
    chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
  }
}
