package dev.auscult.adapt;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What training gave.
 *
 * @param adapter the adapter
 * @param curve the training loss, in order; empty where nothing is trained step by step
 * @param chosen what was chosen on the validation split, by the name and value of the method's
 *     setting that would fix it; empty if nothing was
 */
public record Adaptation(Adapter adapter, List<EpochLoss> curve, Map<String, String> chosen) {

  /**
   * The mean training loss of an epoch.
   *
   * @param epoch from 1
   * @param loss natural logarithm
   */
  public record EpochLoss(int epoch, double loss) {}

  /** Copies list and map. */
  public Adaptation {
    curve = List.copyOf(curve);
    chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
  }
}
