package dev.auscult.tensor;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * An n-dimensional array in native memory with automatic differentiation. Operations return new
 * tensors (often views of the same memory); the innermost {@link Scope} of the thread owns them.
 * Functions of neural networks are in {@link Functions}.
 */
public final class Tensor implements AutoCloseable {
  final org.bytedeco.pytorch.Tensor pointer;

  Tensor(org.bytedeco.pytorch.Tensor pointer) {
    this.pointer = pointer;
  }

  // --- making tensors -------------------------------------------------------------------------

  /** A copy of {@code values} as float32 of the given shape. */
  public static Tensor of(float[] values, long... shape) {
    Tensor tensor = empty(DType.FLOAT32, values.length, shape);
    if (values.length > 0) {
      new FloatPointer(tensor.pointer.data_ptr()).put(values, 0, values.length);
    }
    return tensor;
  }

  /** A copy of {@code values} as float64 of the given shape. */
  public static Tensor of(double[] values, long... shape) {
    Tensor tensor = empty(DType.FLOAT64, values.length, shape);
    if (values.length > 0) {
      new DoublePointer(tensor.pointer.data_ptr()).put(values, 0, values.length);
    }
    return tensor;
  }

  /** A copy of {@code values} as int64 of the given shape. */
  public static Tensor of(long[] values, long... shape) {
    Tensor tensor = empty(DType.INT64, values.length, shape);
    if (values.length > 0) {
      new LongPointer(tensor.pointer.data_ptr()).put(values, 0, values.length);
    }
    return tensor;
  }

  /** A copy of a matrix, {@code [rows, columns]} float32. */
  public static Tensor of(FloatMatrix matrix) {
    return of(matrix.toArray(), matrix.rows(), matrix.columns());
  }

  /** Zeros of float32. */
  public static Tensor zeros(long... shape) {
    return new Tensor(torch.zeros(shape));
  }

  /** One value everywhere, float32. */
  public static Tensor full(double value, long... shape) {
    return zeros(shape).assign(value);
  }

  /**
   * A read-only view of a mapped file's bytes, row-major; nothing is copied. The mapping stays as
   * long as any tensor views it, however this object ends.
   *
   * @param bytes a direct buffer from its position to its limit, little endian, exactly filled
   */
  public static Tensor mapped(ByteBuffer bytes, DType dtype, long... shape) {
    requireElements(bytes.remaining() / (long) dtype.bytes(), shape);
    return mapped(bytes, dtype, shape, MappedMemory.rowMajor(shape));
  }

  /**
   * The same where neighbours along dimension {@code d} lie {@code strides[d]} elements apart.
   *
   * @param bytes reaches from the first element to the end of the farthest one
   * @param strides in elements, not negative, one for each dimension
   */
  public static Tensor mapped(ByteBuffer bytes, DType dtype, long[] shape, long[] strides) {
    return new Tensor(MappedMemory.view(bytes, dtype, shape, strides));
  }

  /** Joins tensors along a dimension they may differ in. */
  public static Tensor cat(List<Tensor> parts, long dimension) {
    return new Tensor(torch.cat(vector(parts), dimension));
  }

  /** Joins tensors of one shape along a new dimension. */
  public static Tensor stack(List<Tensor> parts, long dimension) {
    return new Tensor(torch.stack(vector(parts), dimension));
  }

  /**
   * Makes a tensor that no scope owns: it lives until it is closed. For parameters and the state of
   * optimisers.
   */
  public static Tensor unscoped(Supplier<Tensor> maker) {
    try (Scope scope = Scope.inference()) {
      Tensor tensor = maker.get();
      tensor.pointer.retainReference();
      scope.release(tensor);
      return tensor;
    }
  }

  private static TensorVector vector(List<Tensor> parts) {
    return new TensorVector(
        parts.stream().map(part -> part.pointer).toArray(org.bytedeco.pytorch.Tensor[]::new));
  }

  private static Tensor empty(DType dtype, long elements, long... shape) {
    requireElements(elements, shape);
    return new Tensor(torch.empty(shape, new TensorOptions(dtype.scalarType), null));
  }

  private static void requireElements(long elements, long... shape) {
    if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != elements) {
      throw new IllegalArgumentException(
          "%d values do not fill %s".formatted(elements, Arrays.toString(shape)));
    }
  }

  // --- looking at tensors ---------------------------------------------------------------------

  /** Extents, outermost first. */
  public long[] shape() {
    long[] shape = new long[(int) pointer.dim()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = pointer.size(i);
    }
    return shape;
  }

  /** The extent of one dimension; negative counts from the last. */
  public long size(int dimension) {
    return pointer.size(dimension);
  }

  /** The number of dimensions. */
  public int rank() {
    return (int) pointer.dim();
  }

  /** The number of elements. */
  public long elements() {
    return pointer.numel();
  }

  /** The element type. */
  public DType dtype() {
    return DType.of(pointer.scalar_type());
  }

  /** The value of a tensor with one element. */
  public double item() {
    return toDoubles()[0];
  }

  /** All values as float32, row-major. */
  public float[] toFloats() {
    try (Scope scope = Scope.inference()) {
      float[] values = new float[Math.toIntExact(elements())];
      Tensor plain = to(DType.FLOAT32).contiguous();
      if (values.length > 0) {
        new FloatPointer(plain.pointer.data_ptr()).get(values);
      }
      return values;
    }
  }

  /** All values as float64, row-major. */
  public double[] toDoubles() {
    try (Scope scope = Scope.inference()) {
      double[] values = new double[Math.toIntExact(elements())];
      Tensor plain = to(DType.FLOAT64).contiguous();
      if (values.length > 0) {
        new DoublePointer(plain.pointer.data_ptr()).get(values);
      }
      return values;
    }
  }

  /** All values as int64, row-major. */
  public long[] toLongs() {
    try (Scope scope = Scope.inference()) {
      long[] values = new long[Math.toIntExact(elements())];
      Tensor plain = to(DType.INT64).contiguous();
      if (values.length > 0) {
        new LongPointer(plain.pointer.data_ptr()).get(values);
      }
      return values;
    }
  }

  /** A {@code [rows, columns]} tensor as a matrix on the heap. */
  public FloatMatrix toMatrix() {
    if (rank() != 2) {
      throw new IllegalArgumentException("not a matrix: " + Arrays.toString(shape()));
    }
    return new FloatMatrix((int) size(0), (int) size(1), toFloats());
  }

  @Override
  public String toString() {
    return dtype() + Arrays.toString(shape());
  }

  // --- gradients ------------------------------------------------------------------------------

  /** The same values, cut off from what computed them. */
  public Tensor detach() {
    return new Tensor(pointer.detach());
  }

  /** Asks for gradients with respect to this tensor, which must not be computed from others. */
  public Tensor requireGradient() {
    pointer.set_requires_grad(true);
    return this;
  }

  /** Whether operations on this tensor are recorded. */
  public boolean requiresGradient() {
    return pointer.requires_grad();
  }

  /** Adds the gradients of this scalar to every tensor that requires them. */
  public void backward() {
    pointer.backward();
  }

  /** Backward with this tensor's own gradient given, of the same shape. */
  public void backward(Tensor gradient) {
    pointer.backward(
        gradient.pointer,
        new org.bytedeco.pytorch.BoolOptional(),
        false,
        new org.bytedeco.pytorch.TensorArrayRefOptional());
  }

  /**
   * Backward from several tensors at once.
   *
   * @param gradients with respect to each of {@code tensors}, of the same shapes
   */
  public static void backward(List<Tensor> tensors, List<Tensor> gradients) {
    torch.backward(
        vector(tensors),
        vector(gradients),
        new org.bytedeco.pytorch.BoolOptional(),
        false,
        new TensorVector());
  }

  /** Whether {@link #backward} has left a gradient here. */
  public boolean hasGradient() {
    try (Scope scope = Scope.inference()) {
      return pointer.grad().defined();
    }
  }

  /** The gradient that {@link #backward} left here. */
  public Tensor gradient() {
    return new Tensor(pointer.grad());
  }

  /** Sets the gradient to nothing. */
  public void clearGradient() {
    try (Scope scope = Scope.inference()) {
      pointer.mutable_grad().reset();
    }
  }

  // --- arithmetic, with broadcasting ----------------------------------------------------------

  /** Element-wise sum. */
  public Tensor add(Tensor other) {
    return new Tensor(pointer.add(other.pointer));
  }

  /** Adds a number. */
  public Tensor add(double number) {
    return new Tensor(pointer.add(new Scalar(number)));
  }

  /** Element-wise difference. */
  public Tensor subtract(Tensor other) {
    return new Tensor(pointer.sub(other.pointer));
  }

  /** Element-wise product. */
  public Tensor multiply(Tensor other) {
    return new Tensor(pointer.mul(other.pointer));
  }

  /** Times a number. */
  public Tensor multiply(double number) {
    return new Tensor(pointer.mul(new Scalar(number)));
  }

  /** Element-wise quotient. */
  public Tensor divide(Tensor other) {
    return new Tensor(pointer.div(other.pointer));
  }

  /** Matrix product over the last two dimensions, batched over the others. */
  public Tensor matmul(Tensor other) {
    return new Tensor(pointer.matmul(other.pointer));
  }

  /** Element-wise exponential. */
  public Tensor exp() {
    return new Tensor(pointer.exp());
  }

  /** Element-wise natural logarithm. */
  public Tensor log() {
    return new Tensor(pointer.log());
  }

  /** Element-wise square root. */
  public Tensor sqrt() {
    return new Tensor(pointer.sqrt());
  }

  /** The sum of all elements. */
  public Tensor sum() {
    return new Tensor(pointer.sum());
  }

  /** Sums over one dimension, which disappears. */
  public Tensor sum(long dimension) {
    return new Tensor(pointer.sum(dimension));
  }

  /** The mean of all elements. */
  public Tensor mean() {
    return new Tensor(pointer.mean());
  }

  /** The mean over one dimension, which disappears. */
  public Tensor mean(long dimension) {
    return new Tensor(pointer.mean(dimension));
  }

  // --- shapes ---------------------------------------------------------------------------------

  /** The same elements in another shape; one extent may be -1. */
  public Tensor reshape(long... shape) {
    return new Tensor(pointer.reshape(shape));
  }

  /** Swaps two dimensions. */
  public Tensor transpose(long first, long second) {
    return new Tensor(pointer.transpose(first, second));
  }

  /** Reorders the dimensions. */
  public Tensor permute(long... order) {
    return new Tensor(pointer.permute(order));
  }

  /** {@code length} entries of one dimension from {@code start}. */
  public Tensor narrow(long dimension, long start, long length) {
    return new Tensor(pointer.narrow(dimension, start, length));
  }

  /** Inserts a dimension of extent 1. */
  public Tensor unsqueeze(long dimension) {
    return new Tensor(pointer.unsqueeze(dimension));
  }

  /** Repeats dimensions of extent 1 without copying; -1 keeps an extent. */
  public Tensor expand(long... shape) {
    return new Tensor(pointer.expand(shape));
  }

  /** Picks entries of one dimension by number ({@code indices} int64, rank 1). */
  public Tensor indexSelect(long dimension, Tensor indices) {
    return new Tensor(pointer.index_select(dimension, indices.pointer));
  }

  /** The same in one block of memory. */
  public Tensor contiguous() {
    return new Tensor(pointer.contiguous());
  }

  /** The same values as another element type; itself if it is that type already. */
  public Tensor to(DType dtype) {
    return new Tensor(pointer.to(dtype.scalarType));
  }

  /** A copy in memory of its own. */
  public Tensor copy() {
    return new Tensor(pointer.clone());
  }

  // --- in place; for leaves of the computation only -------------------------------------------

  /** Overwrites every element with {@code value}, unrecorded. */
  public Tensor assign(double value) {
    try (Scope scope = Scope.inference()) {
      pointer.fill_(new Scalar(value));
    }
    return this;
  }

  /** Overwrites the elements with those of {@code source}, unrecorded. */
  public Tensor assign(Tensor source) {
    try (Scope scope = Scope.inference()) {
      pointer.copy_(source.pointer);
    }
    return this;
  }

  /** Limits every element to {@code [low, high]}, unrecorded. */
  public Tensor clampInPlace(double low, double high) {
    try (Scope scope = Scope.inference()) {
      pointer.clamp_(
          new org.bytedeco.pytorch.ScalarOptional(new Scalar(low)),
          new org.bytedeco.pytorch.ScalarOptional(new Scalar(high)));
    }
    return this;
  }

  /** Frees the native memory now; only for tensors that no scope owns. */
  @Override
  public void close() {
    pointer.close();
  }
}
