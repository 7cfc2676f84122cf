package dev.auscult.overlay;

import java.util.List;

/**
 * Everything that was tried on one sample.
 *
 * @param id the sample
 * @param cluster its patient, or its image where the patient is not known
 * @param truth the class that is right
 * @param trials by condition, then by kind, in the order of the design
 */
public record OverlaidSample(String id, String cluster, int truth, List<Trial> trials) {
  /** Copies the list. */
  public OverlaidSample {
    trials = List.copyOf(trials);
  }

  /** What the model makes of the image as it is. */
  public Reading original() {
    return trials.get(0).original();
  }
}
