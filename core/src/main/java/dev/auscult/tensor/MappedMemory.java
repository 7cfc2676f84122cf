package dev.auscult.tensor;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.PointerConsumer;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Keeps mapped buffers alive for exactly as long as the engine's storage refers to them: the engine
 * calls back when the last tensor on the storage is gone.
 */
final class MappedMemory {
  /** Buffers in use by address; several storages may begin at one address. */
  private static final Map<Long, Holding> HELD = new ConcurrentHashMap<>();

  private static final Release RELEASE = unscoped();

  private record Holding(ByteBuffer buffer, long storages) {}

  private MappedMemory() {}

  /** The strides of elements one after another, the last dimension fastest. */
  static long[] rowMajor(long... shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= Math.max(1, shape[i]);
    }
    return strides;
  }

  /** A tensor over the buffer, which reaches exactly to its farthest element. */
  static org.bytedeco.pytorch.Tensor view(
      ByteBuffer bytes, DType dtype, long[] shape, long[] strides) {
    if (!bytes.isDirect()) {
      throw new IllegalArgumentException("only direct buffers can be viewed in place");
    }
    if (bytes.remaining() != Math.multiplyExact(span(shape, strides), dtype.bytes())) {
      throw new IllegalArgumentException(
          "%d bytes for %s%s with strides %s"
              .formatted(
                  bytes.remaining(), dtype, Arrays.toString(shape), Arrays.toString(strides)));
    }
    if (!bytes.hasRemaining()) {
      return torch.empty(shape, new TensorOptions(dtype.scalarType), null);
    }
    try (BytePointer start = new BytePointer(bytes)) {
      long address = start.address() + start.position();
      HELD.merge(
          address,
          new Holding(bytes, 1),
          (old, fresh) -> new Holding(old.buffer(), old.storages() + 1));
      return torch.from_blob(
          new BytePointer(start).position(start.position()),
          shape,
          strides,
          RELEASE,
          new TensorOptions(dtype.scalarType),
          new DeviceOptional());
    }
  }

  /** One more than the distance from the first element to the farthest; 0 if there are none. */
  private static long span(long[] shape, long[] strides) {
    if (shape.length != strides.length
        || LongStream.concat(Arrays.stream(shape), Arrays.stream(strides)).anyMatch(n -> n < 0)) {
      throw new IllegalArgumentException(
          "shape %s with strides %s".formatted(Arrays.toString(shape), Arrays.toString(strides)));
    }
    long last = 0;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] == 0) {
        return 0;
      }
      last = Math.addExact(last, Math.multiplyExact(shape[i] - 1, strides[i]));
    }
    return Math.addExact(last, 1);
  }

  /** How many mapped views the engine still refers to. */
  static long inUse() {
    AtomicLong sum = new AtomicLong();
    HELD.values().forEach(holding -> sum.addAndGet(holding.storages()));
    return sum.get();
  }

  /** The callback must outlive every scope. */
  private static Release unscoped() {
    try (PointerScope scope = new PointerScope()) {
      Release release = new Release();
      release.retainReference();
      scope.detach(release);
      return release;
    }
  }

  private static final class Release extends PointerConsumer {
    @Override
    public void call(Pointer storage) {
      HELD.computeIfPresent(
          storage.address(),
          (address, holding) ->
              holding.storages() == 1
                  ? null
                  : new Holding(holding.buffer(), holding.storages() - 1));
    }
  }
}
