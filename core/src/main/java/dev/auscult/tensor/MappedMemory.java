package dev.auscult.tensor;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
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

  static org.bytedeco.pytorch.Tensor view(ByteBuffer bytes, DType dtype, long... shape) {
    if (!bytes.isDirect()) {
      throw new IllegalArgumentException("only direct buffers can be viewed in place");
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
          RELEASE,
          new TensorOptions(dtype.scalarType));
    }
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
