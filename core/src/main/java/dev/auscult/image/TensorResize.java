package dev.auscult.image;

/**
 * A resize of values that are already normalised, as PyTorch's {@code interpolate} and
 * torchvision's {@code Resize} of tensors do it in 32-bit floats; nothing is rounded to 8 bits or
 * clipped.
 *
 * @param target the size it gives
 * @param kernel the interpolation
 */
public record TensorResize(PixelSize target, Kernel kernel) {

  /** PyTorch's cubic convolutions. */
  public enum Kernel {
    /**
     * Four pixels in each direction whatever the scale, a = -3/4, edges repeated: {@code
     * mode="bicubic", align_corners=False, antialias=False}, which torchvision before 0.17 does to
     * tensors.
     */
    BICUBIC,
    /**
     * Stretched by the scale when the image shrinks, a = -1/2: {@code antialias=True}, which
     * torchvision from 0.17 on does to tensors.
     */
    ANTIALIASED_BICUBIC
  }

  /** The values of one or more images at the target size. */
  PixelBatch apply(PixelBatch images) {
    FloatResampler across = FloatResampler.of(images.width(), target.width(), kernel);
    FloatResampler down = FloatResampler.of(images.height(), target.height(), kernel);
    int planes = images.count() * images.channels();
    float[] rows = across.alongRows(images.values(), planes * images.height());
    float[] values = down.alongColumns(rows, planes, target.width());
    return new PixelBatch(
        images.count(), images.channels(), target.height(), target.width(), values);
  }
}
