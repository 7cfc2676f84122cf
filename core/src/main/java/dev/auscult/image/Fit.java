package dev.auscult.image;

import dev.auscult.image.Resampler.Extent;
import dev.auscult.image.Resampler.Frame;

/**
 * Resizes an image and cuts out its centre; of the resized image only that centre is computed.
 *
 * @param resize how the image becomes large enough
 * @param resample the filter, antialiased as Pillow's
 * @param crop the centre that remains
 */
public record Fit(Resize resize, Resample resample, Crop crop) implements PixelStep {

  /** Resized to {@code target} whatever the aspect ratio, nothing cut. */
  public static Fit squash(PixelSize target, Resample resample) {
    return new Fit(new Resize.Squash(target), resample, Crop.transformers(target));
  }

  /** torchvision's {@code Resize(edge)} and {@code CenterCrop(side)} of a Pillow image. */
  public static Fit torchvision(int edge, Resample resample, int side) {
    return new Fit(
        new Resize.ShortestEdge(edge), resample, Crop.torchvision(PixelSize.square(side)));
  }

  /** The same with a square crop of another size, and an edge that keeps its ratio to it. */
  Fit resized(int side) {
    double factor = (double) side / crop.size().width();
    return new Fit(
        resize.scaled(factor),
        resample,
        new Crop(PixelSize.square(side), crop.centring(), crop.fill()));
  }

  @Override
  public RgbImage apply(RgbImage image) {
    Frame frame = frame(image);
    Extent resized = resized(frame.size());
    return crop.pad(Resampler.resize(image, frame, resized, resample, crop.window(resized)));
  }

  /** Where the image lies in the black frame that is resized. */
  private Frame frame(RgbImage image) {
    if (resize instanceof Resize.PaddedSquare square) {
      long side = Math.max(square.pixels(), Math.max(image.width(), image.height()));
      return new Frame(
          new Extent(side, side), (side - image.height()) / 2, (side - image.width()) / 2);
    }
    return Frame.around(image);
  }

  private Extent resized(Extent from) {
    if (resize instanceof Resize.ShortestEdge edge) {
      return from.width() <= from.height()
          ? new Extent(longEdge(edge.pixels(), from.height(), from.width()), edge.pixels())
          : new Extent(edge.pixels(), longEdge(edge.pixels(), from.width(), from.height()));
    }
    if (resize instanceof Resize.LongestEdge edge) {
      double ratio = (double) edge.pixels() / Math.max(from.height(), from.width());
      return atLeastOne((long) (from.height() * ratio), (long) (from.width() * ratio));
    }
    if (resize instanceof Resize.Cover cover) {
      return divided(from, Math.min(down(from, cover.target()), across(from, cover.target())));
    }
    if (resize instanceof Resize.Contain contain) {
      return divided(from, Math.max(down(from, contain.target()), across(from, contain.target())));
    }
    if (resize instanceof Resize.Squash squash) {
      return new Extent(squash.target().height(), squash.target().width());
    }
    if (resize instanceof Resize.PaddedSquare square) {
      return new Extent(square.pixels(), square.pixels());
    }
    return from;
  }

  private static long longEdge(int shortTarget, long longSide, long shortSide) {
    return (long) ((double) (shortTarget * longSide) / shortSide);
  }

  private static double down(Extent from, PixelSize target) {
    return (double) from.height() / target.height();
  }

  private static double across(Extent from, PixelSize target) {
    return (double) from.width() / target.width();
  }

  private static Extent divided(Extent from, double ratio) {
    return atLeastOne(
        (long) Math.rint(from.height() / ratio), (long) Math.rint(from.width() / ratio));
  }

  private static Extent atLeastOne(long height, long width) {
    return new Extent(Math.max(1, height), Math.max(1, width));
  }
}
