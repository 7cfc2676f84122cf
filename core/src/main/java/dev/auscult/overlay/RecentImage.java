package dev.auscult.overlay;

import dev.auscult.base.ContentHash;
import dev.auscult.data.ImageSource;
import dev.auscult.image.RgbImage;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/** An image that is decoded once for all that is painted on it, as long as memory allows. */
final class RecentImage implements ImageSource {
  private final ImageSource image;
  private final ContentHash hash;
  private @Nullable SoftReference<RgbImage> decoded;

  RecentImage(ImageSource image) {
    this.image = image;
    this.hash = image.hash();
  }

  @Override
  public String name() {
    return image.name();
  }

  @Override
  public synchronized RgbImage read() {
    RgbImage known = decoded == null ? null : decoded.get();
    if (known == null) {
      known = image.read();
      decoded = new SoftReference<>(known);
    }
    return known;
  }

  @Override
  public ContentHash hash() {
    return hash;
  }
}
