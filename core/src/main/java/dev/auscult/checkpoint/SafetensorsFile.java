package dev.auscult.checkpoint;

import dev.auscult.base.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  private static final long MAX_WINDOW = Integer.MAX_VALUE;

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
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(new ChannelSource(channel), file.toString());
    } catch (NoSuchFileException e) {
      throw new InputException(
          file.toString(), "no such file", "a safetensors file", "check the path", e);
    } catch (IOException e) {
      throw new InputException(
          file.toString(),
          "it cannot be read (" + e.getMessage() + ")",
          "a readable safetensors file",
          "check the path and its permissions",
          e);
    }
  }

  private static SafetensorsFile read(ChannelSource source, String name) throws IOException {
    long headerBytes = headerBytes(source, name);
    byte[] json = source.bytes(PREFIX, (int) headerBytes);
    long dataBegin = PREFIX + headerBytes;
    SafetensorsHeader header = SafetensorsHeader.parse(json, source.size() - dataBegin, name);
    return new SafetensorsFile(name, header, map(source, dataBegin, header.entries(), name));
  }

  private static long headerBytes(ChannelSource source, String name) throws IOException {
    if (source.size() < PREFIX) {
      throw new InputException(
          name,
          source.size() + " bytes",
          "a safetensors file of at least 8",
          "the file is cut short: obtain it again");
    }
    long length =
        ByteBuffer.wrap(source.bytes(0, (int) PREFIX)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > SafetensorsHeader.MAX_BYTES) {
      throw new InputException(
          name,
          "a header of %s bytes".formatted(Long.toUnsignedString(length)),
          "at most %d".formatted(SafetensorsHeader.MAX_BYTES),
          "this is no safetensors file, or it is damaged: obtain it again");
    }
    if (length > source.size() - PREFIX) {
      throw new InputException(
          name,
          "a header of %d bytes in a file of %d".formatted(length, source.size()),
          "a header within the file",
          "the file is cut short: obtain it again");
    }
    return length;
  }

  /** Maps runs of whole tensors, each run within what one mapping can hold. */
  private static Map<String, StoredTensor> map(
      ChannelSource source, long dataBegin, List<TensorEntry> entries, String name)
      throws IOException {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    int from = 0;
    while (from < entries.size()) {
      long begin = entries.get(from).begin();
      int to = from;
      while (to < entries.size() && entries.get(to).end() - begin <= MAX_WINDOW) {
        to++;
      }
      if (to == from) {
        TensorEntry large = entries.get(from);
        throw new InputException(
            name,
            "tensor \"%s\" of %d bytes".formatted(large.name(), large.size()),
            "at most %d in one tensor".formatted(MAX_WINDOW),
            "store it with 16-bit elements");
      }
      long end = entries.get(to - 1).end();
      ByteBuffer window = source.map(dataBegin + begin, end - begin);
      for (TensorEntry entry : entries.subList(from, to)) {
        tensors.put(entry.name(), view(entry, dataBegin, begin, window));
      }
      from = to;
    }
    return tensors;
  }

  /**
   * Writers before 2023 did not pad the header, so that no tensor lies on a multiple of its element
   * size in memory; those tensors are copied, outside the heap, to where one can compute on them.
   */
  private static StoredTensor view(
      TensorEntry entry, long dataBegin, long windowBegin, ByteBuffer window) {
    ByteBuffer bytes = window.slice((int) (entry.begin() - windowBegin), (int) entry.size());
    if (dataBegin % entry.type().bytes() != 0) {
      bytes = ByteBuffer.allocateDirect((int) entry.size()).put(bytes).flip().asReadOnlyBuffer();
    }
    return new StoredTensor(entry, bytes);
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

  /** The file as bytes and mappings. */
  private record ChannelSource(FileChannel channel) {
    long size() throws IOException {
      return channel.size();
    }

    byte[] bytes(long at, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, at + buffer.position()) < 0) {
          throw new EOFException("it became shorter while it was read");
        }
      }
      return buffer.array();
    }

    ByteBuffer map(long at, long length) throws IOException {
      return length == 0
          ? ByteBuffer.allocateDirect(0).asReadOnlyBuffer()
          : channel.map(MapMode.READ_ONLY, at, length);
    }
  }
}
