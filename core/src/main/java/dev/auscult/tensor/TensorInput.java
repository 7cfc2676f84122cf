package dev.auscult.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Reads tensors from elsewhere into memory of their own and converts them on the way, piece by
 * piece, so that no second copy of a whole tensor is ever in memory.
 */
public final class TensorInput {
  private static final int PIECE = 1 << 20;

  private TensorInput() {}

  /** Where the bytes of a tensor come from. */
  @FunctionalInterface
  public interface Source {
    /**
     * Fills a buffer.
     *
     * @param at how many bytes of the tensor precede
     * @param into is filled from its position to its limit
     */
    void read(long at, ByteBuffer into);
  }

  /**
   * Reads a tensor.
   *
   * @param source its elements in row-major order, little endian
   * @param stored their type there
   * @param dtype the type they are converted to
   */
  public static Tensor read(Source source, DType stored, DType dtype, long... shape) {
    Tensor tensor = empty(dtype, shape);
    try (Scope scope = Scope.inference()) {
      Tensor flat = tensor.reshape(-1);
      long count = flat.elements();
      Tensor piece = stored == dtype ? flat : empty(stored, Math.min(PIECE, count));
      for (long at = 0; at < count; at += PIECE) {
        long length = Math.min(PIECE, count - at);
        Tensor read = piece.narrow(0, stored == dtype ? at : 0, length);
        source.read(at * stored.bytes(), bytes(read, stored));
        if (stored != dtype) {
          flat.narrow(0, at, length).assign(read);
        }
      }
    }
    return tensor;
  }

  private static Tensor empty(DType dtype, long... shape) {
    return new Tensor(
        torch.empty(Arrays.copyOf(shape, shape.length), new TensorOptions(dtype.scalarType), null));
  }

  private static ByteBuffer bytes(Tensor contiguous, DType dtype) {
    long length = contiguous.elements() * dtype.bytes();
    return new BytePointer(contiguous.pointer.data_ptr())
        .capacity(length)
        .asByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
