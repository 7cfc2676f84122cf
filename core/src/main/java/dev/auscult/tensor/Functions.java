package dev.auscult.tensor;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.InterpolateFuncOptions;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kBicubic;
import org.jspecify.annotations.Nullable;

/** The functions neural networks are made of; all differentiable. */
public final class Functions {
  /** Far above any attention score, and its negative within the range of every float type. */
  private static final double HIDDEN = 1e30;

  private Functions() {}

  /**
   * {@code input weight^T + bias}. Inputs whose elements lie apart are brought together first: the
   * engine would copy the weight for every row of them instead.
   *
   * @param input {@code [..., in]}
   * @param weight {@code [out, in]}
   * @param bias {@code [out]}, or null for none
   */
  public static Tensor linear(Tensor input, Tensor weight, @Nullable Tensor bias) {
    return new Tensor(torch.linear(input.pointer.contiguous(), weight.pointer, optional(bias)));
  }

  /**
   * Normalises the last dimension to mean 0 and variance 1, then scales and shifts.
   *
   * @param weight {@code [d]}
   * @param bias {@code [d]}
   * @param epsilon added to the variance
   */
  public static Tensor layerNorm(Tensor input, Tensor weight, Tensor bias, double epsilon) {
    return new Tensor(
        torch.layer_norm(
            input.pointer,
            new long[] {weight.size(0)},
            optional(weight),
            optional(bias),
            epsilon,
            false));
  }

  /**
   * Two-dimensional convolution.
   *
   * @param input {@code [n, in, h, w]}
   * @param weight {@code [out, in, kh, kw]}
   * @param bias {@code [out]}, or null for none
   * @param stride pixels between two outputs, in both directions
   * @param padding rows and columns of zeros on every side
   */
  public static Tensor conv2d(
      Tensor input, Tensor weight, @Nullable Tensor bias, long stride, long padding) {
    return new Tensor(
        torch.conv2d(
            input.pointer,
            weight.pointer,
            optional(bias),
            square(stride),
            square(padding),
            square(1),
            1));
  }

  /**
   * The same image with the channels of a pixel next to each other in memory, the order in which
   * convolutions are fastest; they hand it on to their results.
   *
   * @param input {@code [n, channels, h, w]}
   */
  public static Tensor channelsLast(Tensor input) {
    return new Tensor(input.pointer.contiguous(torch.MemoryFormat.ChannelsLast));
  }

  /**
   * The largest value of every square window.
   *
   * @param input {@code [n, channels, h, w]}
   * @param size side of a window
   * @param stride pixels between two windows
   * @param padding rows and columns of minus infinity on every side, at most half the size
   */
  public static Tensor maxPool2d(Tensor input, long size, long stride, long padding) {
    return new Tensor(
        torch.max_pool2d(
            input.pointer, square(size), square(stride), square(padding), square(1), false));
  }

  /**
   * The mean of every square window; windows touch and do not overlap, and what does not fill one
   * is left out.
   *
   * @param input {@code [n, channels, h, w]}
   * @param size side of a window
   */
  public static Tensor averagePool2d(Tensor input, long size) {
    return new Tensor(torch.avg_pool2d(input.pointer, square(size)));
  }

  /**
   * Rows of {@code table} {@code [n, d]} by number: {@code ids} {@code [...]} to {@code [..., d]}.
   */
  public static Tensor embedding(Tensor table, Tensor ids) {
    return new Tensor(torch.embedding(table.pointer, ids.pointer));
  }

  /** {@code max(x, 0)}. */
  public static Tensor relu(Tensor input) {
    return new Tensor(torch.relu(input.pointer));
  }

  /** {@code max(x, 0)} in place of {@code x}, which nobody else needs any more. */
  public static Tensor rectify(Tensor input) {
    return new Tensor(input.pointer.relu_());
  }

  /** {@code sum + addend} in place of {@code sum}, which nobody else needs any more. */
  public static Tensor accumulate(Tensor sum, Tensor addend) {
    return new Tensor(sum.pointer.add_(addend.pointer));
  }

  /** The exact GELU, {@code x Phi(x)}. */
  public static Tensor gelu(Tensor input) {
    return new Tensor(torch.gelu(input.pointer));
  }

  /** The tanh approximation of GELU. */
  public static Tensor geluTanh(Tensor input) {
    return new Tensor(torch.gelu(input.pointer, "tanh"));
  }

  /** OpenAI's GELU, {@code x sigmoid(1.702 x)}. */
  public static Tensor quickGelu(Tensor input) {
    org.bytedeco.pytorch.Tensor scaled = input.pointer.mul(new Scalar(1.702));
    return new Tensor(
        scaled.requires_grad()
            ? input.pointer.mul(torch.sigmoid(scaled))
            : scaled.sigmoid_().mul_(input.pointer));
  }

  /** The logistic function. */
  public static Tensor sigmoid(Tensor input) {
    return new Tensor(torch.sigmoid(input.pointer));
  }

  /** Hyperbolic tangent. */
  public static Tensor tanh(Tensor input) {
    return new Tensor(torch.tanh(input.pointer));
  }

  /** Exponentials normalised to sum 1 over one dimension. */
  public static Tensor softmax(Tensor input, long dimension) {
    return new Tensor(input.pointer.softmax(dimension));
  }

  /** Logarithm of {@link #softmax}. */
  public static Tensor logSoftmax(Tensor input, long dimension) {
    return new Tensor(input.pointer.log_softmax(dimension));
  }

  /**
   * Mean cross-entropy, natural logarithm.
   *
   * @param logits {@code [n, classes]}
   * @param targets {@code [n]} int64
   */
  public static Tensor crossEntropy(Tensor logits, Tensor targets) {
    return new Tensor(torch.cross_entropy_loss(logits.pointer, targets.pointer));
  }

  /** Divides by the Euclidean norm over the last dimension. */
  public static Tensor l2Normalize(Tensor input) {
    return new Tensor(
        input.pointer.div(
            input.pointer.norm(
                new org.bytedeco.pytorch.ScalarOptional(new Scalar(2.0)), new long[] {-1}, true)));
  }

  /**
   * Attention, {@code softmax(q k^T / sqrt(d) + mask) v}: the engine's fused kernel for float32,
   * plain products for bfloat16, each the faster there.
   *
   * @param query {@code [n, heads, length, d]}; key and value alike
   * @param mask added to the scores, broadcast to {@code [n, heads, length, length]}; null for none
   */
  public static Tensor attention(Tensor query, Tensor key, Tensor value, @Nullable Tensor mask) {
    if (query.dtype() != DType.BFLOAT16) {
      return new Tensor(
          torch.scaled_dot_product_attention(
              query.pointer,
              key.pointer,
              value.pointer,
              optional(mask),
              0.0,
              false,
              new DoubleOptional(),
              false));
    }
    double scale = 1 / Math.sqrt((double) query.size(-1));
    Tensor scores = query.multiply(scale).matmul(key.transpose(-2, -1));
    return softmax(mask == null ? scores : scores.add(mask), -1).matmul(value);
  }

  /** A mask for {@link #attention}: 0 on and below the diagonal, minus infinity above. */
  public static Tensor causalMask(long length, DType dtype) {
    return new Tensor(torch.triu(Tensor.full(Double.NEGATIVE_INFINITY, length, length).pointer, 1))
        .to(dtype);
  }

  /**
   * Cubic convolution to another size, the centres of the outermost pixels half a pixel from the
   * edge.
   *
   * @param input {@code [n, channels, h, w]} float32
   * @param antialias whether the kernel grows as the image shrinks and has Pillow's parameter -0.5;
   *     -0.75 otherwise
   * @return {@code [n, channels, height, width]}
   */
  public static Tensor resizeBicubic(Tensor input, long height, long width, boolean antialias) {
    InterpolateFuncOptions options = new InterpolateFuncOptions();
    options.size().put(new LongVector(height, width));
    options.mode().put(new kBicubic());
    options.align_corners().put(false);
    options.antialias().put(antialias);
    return new Tensor(torch.interpolate(input.pointer, options));
  }

  /**
   * A mask for {@link #attention} that hides what is absent: 0 where {@code present} is 1, and
   * where it is 0 a number beside which any score vanishes. Where all are absent each counts the
   * same.
   *
   * @param present {@code [n, length]} float32
   * @return {@code [n, 1, 1, length]}
   */
  public static Tensor presenceMask(Tensor present, DType dtype) {
    return present
        .add(-1)
        .multiply(HIDDEN)
        .to(dtype)
        .reshape(present.size(0), 1, 1, present.size(1));
  }

  /**
   * Sets a share of the elements to 0 and divides the others by what is left of 1 (Srivastava
   * 2014).
   *
   * @param seed which elements: the same for the same seed and shape, whatever else is drawn
   */
  public static Tensor dropout(Tensor input, double share, long seed) {
    org.bytedeco.pytorch.Tensor kept = torch.empty_like(input.pointer.detach());
    kept.bernoulli_(1 - share, new GeneratorOptional(torch.make_generator_cpu(seed)));
    return new Tensor(input.pointer.mul(kept.div_(new Scalar(1 - share))));
  }

  private static long[] square(long side) {
    return new long[] {side, side};
  }

  private static TensorOptional optional(@Nullable Tensor tensor) {
    return tensor == null ? new TensorOptional() : new TensorOptional(tensor.pointer);
  }
}
