package dev.auscult.model;

import dev.auscult.tensor.DType;
import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A square two-dimensional convolution.
 *
 * @param weight {@code [out, in, size, size]}
 * @param bias {@code [out]}, or null for none
 * @param stride pixels between two outputs
 */
public record Convolution(Tensor weight, @Nullable Tensor bias, int stride) {
  /** What every published network adds to the variance: the default of PyTorch. */
  private static final double EPSILON = 1e-5;

  /**
   * A convolution without bias and the batch normalisation after it as one: in inference the
   * normalisation is an affine map per channel (Ioffe 2015, equation 11), which the convolution's
   * weights can take in. Computed in float32.
   *
   * @param convolution name of the convolution
   * @param norm name of the normalisation
   */
  static Convolution normalized(
      Parameters parameters, String convolution, String norm, int stride) {
    DType dtype = parameters.dtype();
    Tensor folded =
        parameters.derive(
            () ->
                Functions.channelsLast(
                    parameters
                        .once(convolution + ".weight")
                        .multiply(scale(parameters, norm).reshape(-1, 1, 1, 1))
                        .to(dtype)));
    Tensor shift =
        parameters.derive(
            () -> {
              Tensor mean = parameters.once(norm + ".running_mean");
              return parameters
                  .once(norm + ".bias")
                  .subtract(mean.multiply(scale(parameters, norm)))
                  .to(dtype);
            });
    return new Convolution(folded, shift, stride);
  }

  /** {@code weight / sqrt(variance + epsilon)}. */
  private static Tensor scale(Parameters parameters, String norm) {
    Tensor variance = parameters.once(norm + ".running_var");
    return parameters.once(norm + ".weight").divide(variance.add(EPSILON).sqrt());
  }

  /** Adds the tensors of {@link #normalized}. */
  static void putShapes(
      TensorShapes shapes, String convolution, String norm, long outputs, long inputs, long size) {
    shapes
        .tensor(convolution + ".weight", outputs, inputs, size, size)
        .norm(norm, outputs)
        .tensor(norm + ".running_mean", outputs)
        .tensor(norm + ".running_var", outputs);
  }

  /**
   * {@code [n, in, h, w]} to {@code [n, out, h / stride, w / stride]}: zeros around the image keep
   * its size.
   */
  public Tensor forward(Tensor input) {
    return Functions.conv2d(input, weight, bias, stride, weight.size(3) / 2);
  }

  /** The same, and negative results set to zero. */
  Tensor rectified(Tensor input) {
    return Functions.rectify(forward(input));
  }
}
