package dev.auscult.checkpoint;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors file, memory-mapped: opening it reads the header only, and a tensor's bytes come
 * into memory when they are first touched. The file must not change while a tensor of it is in use.
 *
 * <p>Format: 8 bytes, the header's length as an unsigned little-endian number; the header, JSON;
 * the tensors' bytes without gaps.
 */
public final class SafetensorsFile {
  private static final long PREFIX = 8;

  private final String name;
  private final SafetensorsHeader header;
  private final Map<String, StoredTensor> tensors;

  private SafetensorsFile(
      String name, SafetensorsHeader header, Map<String, StoredTensor> tensors) {
    this.name = name;
    this.header = header;
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /**
   * Opens and checks a file.
   *
   * @throws InputException if it is no well-formed safetensors file; nothing larger than its header
   *     has then been allocated
   */
  public static SafetensorsFile open(Path file) {
    return MappedFile.read(file, "a safetensors file", SafetensorsFile::read);
  }

  private static SafetensorsFile read(MappedFile file) throws IOException {
    long headerBytes = headerBytes(file);
    byte[] json = file.bytes(PREFIX, (int) headerBytes);
    long dataBegin = PREFIX + headerBytes;
    SafetensorsHeader header = SafetensorsHeader.parse(json, file.size() - dataBegin, file.name());
    return new SafetensorsFile(file.name(), header, map(file, dataBegin, header.entries()));
  }

  private static long headerBytes(MappedFile file) throws IOException {
    if (file.size() < PREFIX) {
      throw new InputException(
          file.name(),
          file.size() + " bytes",
          "a safetensors file of at least 8",
          "the file is cut short: obtain it again");
    }
    long length =
        ByteBuffer.wrap(file.bytes(0, (int) PREFIX)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > SafetensorsHeader.MAX_BYTES) {
      throw new InputException(
          file.name(),
          "a header of %s bytes".formatted(Long.toUnsignedString(length)),
          "at most %d".formatted(SafetensorsHeader.MAX_BYTES),
          "this is no safetensors file, or it is damaged: obtain it again");
    }
    if (length > file.size() - PREFIX) {
      throw new InputException(
          file.name(),
          "a header of %d bytes in a file of %d".formatted(length, file.size()),
          "a header within the file",
          "the file is cut short: obtain it again");
    }
    return length;
  }

  private static Map<String, StoredTensor> map(
      MappedFile file, long dataBegin, List<TensorEntry> entries) throws IOException {
    List<MappedFile.Range> ranges = new ArrayList<>();
    for (TensorEntry entry : entries) {
      if (entry.size() > MappedFile.MAX_WINDOW) {
        throw new InputException(
            file.name(),
            "tensor \"%s\" of %d bytes".formatted(entry.name(), entry.size()),
            "at most %d in one tensor".formatted(MappedFile.MAX_WINDOW),
            "store it with 16-bit elements");
      }
      ranges.add(new MappedFile.Range(dataBegin + entry.begin(), dataBegin + entry.end()));
    }
    List<ByteBuffer> mapped = file.map(ranges);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < mapped.size(); i++) {
      TensorEntry entry = entries.get(i);
      tensors.put(entry.name(), stored(file, entry, dataBegin, mapped.get(i)));
    }
    return tensors;
  }

  /**
   * Writers before 2023 did not pad the header, so that no tensor lies on a multiple of its element
   * size in memory; those tensors are copied, outside the heap, to where one can compute on them.
   */
  private static StoredTensor stored(
      MappedFile file, TensorEntry entry, long dataBegin, ByteBuffer mapped) {
    ByteBuffer bytes = dataBegin % entry.type().bytes() == 0 ? mapped : MappedFile.aligned(mapped);
    return new StoredTensor(
        entry.name(),
        entry.type(),
        StridedShape.rowMajor(entry.shape()),
        bytes,
        file.from(dataBegin + entry.begin()));
  }

  /** The file's name, for messages. */
  public String name() {
    return name;
  }

  /** The names of all tensors, in the order of their bytes. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /** The tensor of that name, or null. */
  public @Nullable StoredTensor find(String tensor) {
    return tensors.get(tensor);
  }

  /**
   * The tensor of that name.
   *
   * @throws InputException if there is none
   */
  public StoredTensor get(String tensor) {
    StoredTensor found = tensors.get(tensor);
    if (found == null) {
      throw new InputException(
          name, "no tensor \"" + tensor + "\"", "one", "check that this is the right file");
    }
    return found;
  }

  /** The header's free text. */
  public Map<String, String> metadata() {
    return header.metadata();
  }
}
