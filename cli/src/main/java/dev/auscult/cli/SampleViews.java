package dev.auscult.cli;

import dev.auscult.data.ImageSource;
import dev.auscult.data.Sample;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.RgbImage;
import dev.auscult.report.AuditedModel;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Samples as models see them. A page asks for one sample under every model, so the images and views
 * of the last sample are kept.
 */
final class SampleViews {
  private final Map<String, Sample> samples;
  private final Map<ImageSource, RgbImage> decoded = new HashMap<>();
  private final Map<ImageTransform, AuditedModel.View> views = new HashMap<>();
  private @Nullable String last;

  SampleViews(Map<String, Sample> samples) {
    this.samples = samples;
  }

  /**
   * A sample after a model's resizing and cropping.
   *
   * @throws dev.auscult.base.InputException if an image can no longer be read
   */
  AuditedModel.View of(String id, ImageTransform transform) {
    if (!id.equals(last)) {
      decoded.clear();
      views.clear();
      last = id;
    }
    return views.computeIfAbsent(transform, t -> view(id, t));
  }

  private AuditedModel.View view(String id, ImageTransform transform) {
    Sample sample = samples.get(id);
    if (sample == null) {
      throw new IllegalStateException("a row of a sample that is not in the data: " + id);
    }
    Map<String, RgbImage> regions = new TreeMap<>();
    sample
        .regions()
        .forEach((name, mask) -> regions.put(name, transform.resizeAndCrop(read(mask))));
    return new AuditedModel.View(transform.resizeAndCrop(read(sample.image())), regions);
  }

  private RgbImage read(ImageSource image) {
    return decoded.computeIfAbsent(image, ImageSource::read);
  }
}
