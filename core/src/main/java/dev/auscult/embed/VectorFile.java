package dev.auscult.embed;

import dev.auscult.base.ContentHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Vectors in one file that processes share: a header, then records of one size, each with its own
 * checksum. Records are only ever appended, under a lock; the next writer cuts off what a crash
 * left of the last one. A record whose checksum fails is as good as absent.
 *
 * <p>Header (48 bytes): magic, the space's hash, dimension, checksum. Record: the content's hash
 * (32 bytes), the vector, checksum. Numbers are little-endian.
 */
final class VectorFile implements EmbeddingCache.CachedVectors {
  private static final Logger LOG = LoggerFactory.getLogger(VectorFile.class);
  private static final byte[] MAGIC = "AUSCVEC1".getBytes(StandardCharsets.US_ASCII);
  private static final int HASH_BYTES = 32;
  private static final int CHECKSUM_BYTES = 4;
  private static final int HEADER_BYTES = MAGIC.length + HASH_BYTES + 4 + CHECKSUM_BYTES;
  private static final int SCAN_BYTES = 1 << 20;

  /** A file lock excludes other processes; this excludes other users within this one. */
  private static final Object IN_PROCESS = new Object();

  private final FileChannel channel;
  private final int dimension;
  private final int recordBytes;
  private final Map<ContentHash, Long> positions = new ConcurrentHashMap<>();

  private VectorFile(FileChannel channel, int dimension) {
    this.channel = channel;
    this.dimension = dimension;
    this.recordBytes = HASH_BYTES + Float.BYTES * dimension + CHECKSUM_BYTES;
  }

  /** Opens or begins the file; one that is not of this space and dimension begins anew. */
  static VectorFile open(Path file, ContentHash space, int dimension) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      VectorFile vectors = new VectorFile(channel, dimension);
      vectors.begin(header(space, dimension));
      vectors.scan();
      return vectors;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static ByteBuffer header(ContentHash space, int dimension) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).put(HexFormat.of().parseHex(space.hex())).putInt(dimension);
    return seal(header);
  }

  /** Ends a buffer with the checksum over everything before. */
  private static ByteBuffer seal(ByteBuffer buffer) {
    return buffer.putInt(checksum(buffer, buffer.position())).flip();
  }

  private static int checksum(ByteBuffer buffer, int length) {
    CRC32 crc = new CRC32();
    crc.update(buffer.slice(0, length));
    return (int) crc.getValue();
  }

  private void begin(ByteBuffer header) throws IOException {
    synchronized (IN_PROCESS) {
      FileLock lock = channel.lock();
      try {
        ByteBuffer found = ByteBuffer.allocate(HEADER_BYTES);
        if (readFully(found, 0) && found.flip().equals(header)) {
          return;
        }
        if (channel.size() > 0) {
          LOG.warn("a file of the embedding cache is damaged and begins anew");
        }
        channel.truncate(0);
        writeFully(header, 0);
      } finally {
        lock.release();
      }
    }
  }

  /** Learns which contents the file holds; their checksums are verified when they are read. */
  private void scan() throws IOException {
    long records = (channel.size() - HEADER_BYTES) / recordBytes;
    int perRead = Math.max(1, SCAN_BYTES / recordBytes);
    for (long first = 0; first < records; first += perRead) {
      int count = (int) Math.min(perRead, records - first);
      ByteBuffer block = ByteBuffer.allocate(count * recordBytes);
      if (!readFully(block, position(first))) {
        return;
      }
      for (int i = 0; i < count; i++) {
        positions.put(hash(block, i * recordBytes), position(first + i));
      }
    }
  }

  private long position(long record) {
    return HEADER_BYTES + record * recordBytes;
  }

  private static ContentHash hash(ByteBuffer buffer, int from) {
    byte[] hash = new byte[HASH_BYTES];
    buffer.get(from, hash);
    return new ContentHash(HexFormat.of().formatHex(hash));
  }

  @Override
  public float @Nullable [] find(ContentHash content) {
    Long position = positions.get(content);
    if (position == null) {
      return null;
    }
    ByteBuffer record = ByteBuffer.allocate(recordBytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      if (!readFully(record, position) || !isWhole(record, content)) {
        positions.remove(content);
        LOG.warn("a record of the embedding cache is damaged and is computed anew");
        return null;
      }
    } catch (IOException e) {
      LOG.warn("the embedding cache cannot be read, computing instead: {}", e.toString());
      return null;
    }
    float[] vector = new float[dimension];
    record.position(HASH_BYTES).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }

  private boolean isWhole(ByteBuffer record, ContentHash content) {
    int body = recordBytes - CHECKSUM_BYTES;
    return checksum(record, body) == record.getInt(body) && hash(record, 0).equals(content);
  }

  @Override
  public void add(Map<ContentHash, float[]> vectors) {
    try {
      synchronized (IN_PROCESS) {
        FileLock lock = channel.lock();
        try {
          append(vectors);
        } finally {
          lock.release();
        }
      }
    } catch (IOException e) {
      LOG.warn("the embedding cache cannot be written, going on without: {}", e.toString());
    }
  }

  private void append(Map<ContentHash, float[]> vectors) throws IOException {
    long end = position((channel.size() - HEADER_BYTES) / recordBytes);
    channel.truncate(end);
    for (Map.Entry<ContentHash, float[]> entry : vectors.entrySet()) {
      writeFully(record(entry.getKey(), entry.getValue()), end);
      positions.put(entry.getKey(), end);
      end += recordBytes;
    }
  }

  private ByteBuffer record(ContentHash content, float[] vector) {
    ByteBuffer record = ByteBuffer.allocate(recordBytes).order(ByteOrder.LITTLE_ENDIAN);
    record.put(HexFormat.of().parseHex(content.hex()));
    for (float value : vector) {
      record.putFloat(value);
    }
    return seal(record);
  }

  private boolean readFully(ByteBuffer buffer, long from) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        return false;
      }
    }
    return true;
  }

  private void writeFully(ByteBuffer buffer, long from) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer, from + buffer.position());
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("the embedding cache did not close: {}", e.toString());
    }
  }
}
