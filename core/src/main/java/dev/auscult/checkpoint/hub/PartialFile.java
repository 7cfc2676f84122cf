package dev.auscult.checkpoint.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Content on its way: what has arrived so far, and the hash over it. */
final class PartialFile implements AutoCloseable {
  private static final int CHUNK = 1 << 20;

  private final Path path;
  private final HubFile file;
  private final FileChannel channel;
  private MessageDigest digest;
  private long size;

  private PartialFile(Path path, HubFile file, FileChannel channel) {
    this.path = path;
    this.file = file;
    this.channel = channel;
    this.digest = file.blob().digest(file.size());
  }

  /** Goes on with what is there, or begins; a link in its place is not followed. */
  static PartialFile open(Path path, HubFile file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    PartialFile partial = new PartialFile(path, file, channel);
    try {
      partial.digestWhatIsThere();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return partial;
  }

  private void digestWhatIsThere() throws IOException {
    if (channel.size() > file.size()) {
      restart();
      return;
    }
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    while (channel.read(chunk) >= 0) {
      chunk.flip();
      size += chunk.remaining();
      digest.update(chunk);
      chunk.clear();
    }
  }

  /** How many bytes there are. */
  long size() {
    return size;
  }

  /** Whether as many bytes are there as the content has. */
  boolean isFull() {
    return size == file.size();
  }

  /** Throws away what is there. */
  void restart() throws IOException {
    channel.truncate(0);
    channel.position(0);
    digest = file.blob().digest(file.size());
    size = 0;
  }

  /** Adds bytes at the end. */
  void append(ByteBuffer bytes) throws IOException {
    digest.update(bytes.duplicate());
    size += bytes.remaining();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The hash of what is there, in hexadecimal; afterwards only {@link #restart} may be called. */
  String hash() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Gives the file its final name, once it is safely on the disk. */
  void moveTo(Path target) throws IOException {
    channel.force(true);
    channel.close();
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes the file. */
  void delete() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
