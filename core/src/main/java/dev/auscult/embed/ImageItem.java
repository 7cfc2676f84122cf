package dev.auscult.embed;

import dev.auscult.data.ImageSource;
import dev.auscult.data.Sample;

/**
 * An image to embed.
 *
 * @param id the name of its row
 * @param image not yet read
 */
public record ImageItem(String id, ImageSource image) {

  /** The image of a sample, under the sample's id. */
  public static ImageItem of(Sample sample) {
    return new ImageItem(sample.id(), sample.image());
  }
}
