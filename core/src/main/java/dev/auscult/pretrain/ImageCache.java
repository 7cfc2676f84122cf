package dev.auscult.pretrain;

import dev.auscult.base.ContentHash;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.RgbImage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The resized images of samples, kept while they fit so that later epochs need not decode them
 * again; gray ones take a third. What is kept changes the speed, never the pixels.
 */
final class ImageCache {
  private final List<PairedSample> samples;
  private final ImageTransform transform;
  private final Map<ContentHash, byte[]> kept = new ConcurrentHashMap<>();
  private final AtomicLong bytesLeft;

  ImageCache(List<PairedSample> samples, ImageTransform transform, long bytes) {
    this.samples = samples;
    this.transform = transform;
    this.bytesLeft = new AtomicLong(bytes);
  }

  /**
   * The pixels that the model would see of a sample's image, before normalisation.
   *
   * @throws dev.auscult.base.InputException if the image cannot be decoded
   */
  RgbImage get(int sample) {
    ContentHash hash = samples.get(sample).imageHash();
    byte[] stored = kept.get(hash);
    if (stored != null) {
      return restored(stored);
    }
    RgbImage resized = transform.resizeAndCrop(samples.get(sample).image().read());
    byte[] compact = compact(resized);
    if (bytesLeft.addAndGet(-compact.length) >= 0) {
      kept.put(hash, compact);
    } else {
      bytesLeft.addAndGet(compact.length);
    }
    return resized;
  }

  private RgbImage restored(byte[] stored) {
    int width = transform.crop().width();
    int height = transform.crop().height();
    if (stored.length == 3 * width * height) {
      return new RgbImage(width, height, stored.clone());
    }
    byte[] rgb = new byte[3 * stored.length];
    for (int i = 0; i < stored.length; i++) {
      rgb[3 * i] = stored[i];
      rgb[3 * i + 1] = stored[i];
      rgb[3 * i + 2] = stored[i];
    }
    return new RgbImage(width, height, rgb);
  }

  /** One byte per pixel if the image is gray. */
  private static byte[] compact(RgbImage image) {
    byte[] rgb = image.toBytes();
    byte[] gray = new byte[rgb.length / 3];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = rgb[3 * i];
      if (rgb[3 * i + 1] != gray[i] || rgb[3 * i + 2] != gray[i]) {
        return rgb;
      }
    }
    return gray;
  }
}
