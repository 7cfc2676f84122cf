package dev.auscult.features;

/**
 * A class of images.
 *
 * @param name as the data has it
 * @param images how many show it
 * @param patients how many people these are of
 */
public record ImageClass(String name, int images, int patients) {

  /** Whether there are enough patients for every fold of cross-validation to have one. */
  public boolean isMeasured() {
    return patients >= FeatureSettings.FOLDS;
  }
}
