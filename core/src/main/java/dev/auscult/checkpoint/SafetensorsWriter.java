package dev.auscult.checkpoint;

import dev.auscult.base.AtomicFile;
import dev.auscult.tensor.FloatMatrix;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Collects tensors and writes them as one safetensors file: in the reference writer's order (larger
 * element types first, then by name) with the header padded to 8 bytes, so that equal content gives
 * equal bytes.
 */
public final class SafetensorsWriter {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int CHUNK = 1 << 16;

  private final List<Entry> entries = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> metadata = new TreeMap<>();

  private record Entry(
      String name, StoredType type, List<Long> shape, long size, AtomicFile.Content content) {}

  /** Adds free text to the header. */
  public SafetensorsWriter metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /**
   * Adds a tensor whose bytes are produced when the file is written.
   *
   * @param content writes exactly the little-endian bytes that type and shape call for
   */
  public SafetensorsWriter add(
      String name, StoredType type, List<Long> shape, AtomicFile.Content content) {
    if (name.equals(SafetensorsHeader.METADATA) || !names.add(name)) {
      throw new IllegalArgumentException("the name " + name + " is taken");
    }
    long size = TensorEntry.byteSize(type, shape);
    entries.add(new Entry(name, type, List.copyOf(shape), size, content));
    return this;
  }

  /** Adds floats in row-major order. */
  public SafetensorsWriter addFloats(String name, List<Long> shape, float[] values) {
    return addFloats(name, shape, () -> values);
  }

  /** Adds floats in row-major order that are asked for when the file is written. */
  public SafetensorsWriter addFloats(String name, List<Long> shape, Supplier<float[]> values) {
    return add(name, StoredType.F32, shape, out -> writeFloats(out, values.get()));
  }

  /** Adds whole numbers in row-major order. */
  public SafetensorsWriter addLongs(String name, List<Long> shape, long[] values) {
    return add(name, StoredType.I64, shape, out -> writeLongs(out, values));
  }

  /** Adds a matrix {@code [rows, columns]}, copied row by row when the file is written. */
  public SafetensorsWriter addMatrix(String name, FloatMatrix matrix) {
    return add(
        name,
        StoredType.F32,
        List.of((long) matrix.rows(), (long) matrix.columns()),
        out -> {
          for (int row = 0; row < matrix.rows(); row++) {
            writeFloats(out, matrix.row(row));
          }
        });
  }

  /** Adds a tensor of another file as it is. */
  public SafetensorsWriter addStored(StoredTensor tensor) {
    return add(
        tensor.name(), tensor.type(), tensor.shape(), out -> writeBytes(out, tensor.bytes()));
  }

  /**
   * Writes the file whole or not at all.
   *
   * @throws IOException if it cannot be written, or a tensor's content is longer or shorter than
   *     declared
   */
  public void write(Path target) throws IOException {
    List<Entry> ordered = new ArrayList<>(entries);
    ordered.sort(Comparator.comparing(Entry::type).thenComparing(Entry::name));
    byte[] header = header(ordered);
    AtomicFile.write(
        target,
        out -> {
          out.write(
              ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
          out.write(header);
          for (Entry entry : ordered) {
            writeContent(out, entry);
          }
        });
  }

  private byte[] header(List<Entry> ordered) {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode text = root.putObject(SafetensorsHeader.METADATA);
      metadata.forEach(text::put);
    }
    long at = 0;
    for (Entry entry : ordered) {
      ObjectNode node = root.putObject(entry.name());
      node.put("dtype", entry.type().name());
      ArrayNode shape = node.putArray("shape");
      entry.shape().forEach(dimension -> shape.add(dimension.longValue()));
      node.putArray("data_offsets").add(at).add(at + entry.size());
      at += entry.size();
    }
    byte[] json = JSON.writeValueAsBytes(root);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    if (padded.length > SafetensorsHeader.MAX_BYTES) {
      throw new IllegalArgumentException(
          "a header of %d bytes; readers accept %d"
              .formatted(padded.length, SafetensorsHeader.MAX_BYTES));
    }
    return padded;
  }

  private static void writeContent(OutputStream out, Entry entry) throws IOException {
    CountingStream counted = new CountingStream(out);
    entry.content().writeTo(counted);
    if (counted.count != entry.size()) {
      throw new IOException(
          "tensor %s produced %d bytes instead of %d"
              .formatted(entry.name(), counted.count, entry.size()));
    }
  }

  private static void writeFloats(OutputStream out, float[] values) throws IOException {
    byte[] chunk = new byte[CHUNK];
    ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK / 4) {
      int count = Math.min(CHUNK / 4, values.length - from);
      buffer.asFloatBuffer().put(values, from, count);
      out.write(chunk, 0, 4 * count);
    }
  }

  private static void writeLongs(OutputStream out, long[] values) throws IOException {
    byte[] chunk = new byte[CHUNK];
    ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK / 8) {
      int count = Math.min(CHUNK / 8, values.length - from);
      buffer.asLongBuffer().put(values, from, count);
      out.write(chunk, 0, 8 * count);
    }
  }

  private static void writeBytes(OutputStream out, ByteBuffer bytes) throws IOException {
    byte[] chunk = new byte[CHUNK];
    while (bytes.hasRemaining()) {
      int length = Math.min(chunk.length, bytes.remaining());
      bytes.get(chunk, 0, length);
      out.write(chunk, 0, length);
    }
  }

  private static final class CountingStream extends FilterOutputStream {
    private long count;

    CountingStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      count += length;
    }
  }
}
