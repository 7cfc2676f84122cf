package dev.auscult.report;

import dev.auscult.image.RgbImage;
import dev.auscult.overlay.Reading;
import java.util.List;

/**
 * A sample with what was burned into it, as a model sees it.
 *
 * @param id the sample
 * @param truth its class
 * @param shown the versions of its image, the untouched one first
 */
public record OverlayExample(String id, String truth, List<Version> shown) {

  /** Copies the list. */
  public OverlayExample {
    shown = List.copyOf(shown);
  }

  /**
   * A version of the image.
   *
   * @param name what is burned in
   * @param image after resize and crop
   * @param readings what each model makes of it, in the order of the report
   */
  public record Version(String name, RgbImage image, List<Made> readings) {
    /** Copies the list. */
    public Version {
      readings = List.copyOf(readings);
    }
  }

  /**
   * What a model makes of a version.
   *
   * @param model its name
   * @param reading its numbers
   * @param predicted the class that it predicts
   */
  public record Made(String model, Reading reading, String predicted) {}
}
