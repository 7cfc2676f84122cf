package dev.auscult.study;

import dev.auscult.tensor.FloatMatrix;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a fit gave.
 *
 * @param cell which fit
 * @param fitted samples and views of them that were fitted on in the end
 * @param validated those of the samples that settings and threshold were chosen on before
 * @param chosen settings that were chosen, by name
 * @param threshold from which log-odds on a finding is called; 0 where labels exclude each other
 * @param seconds the fit took, by the clock, choosing included
 * @param scores of the test samples {@code [n, combinations]}
 */
public record CellResult(
    StudyCell cell,
    int fitted,
    int validated,
    Map<String, String> chosen,
    float threshold,
    double seconds,
    FloatMatrix scores) {

  /** Copies the map. */
  public CellResult {
    chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
  }
}
