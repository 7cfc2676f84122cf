package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to download one content, held by one thread of one process at a time. A process that
 * dies gives it up. The file stays: removing it would let two others lock two different files.
 */
final class BlobLock implements AutoCloseable {
  /** What this process holds or tries; a lock of the system belongs to all its threads. */
  private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private BlobLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Waits until the lock is free, and takes it.
   *
   * @param cache whose content is locked
   * @param pulse called while waiting; it throws if the user wants to stop
   * @param busy is run once if another holds the lock
   * @throws InputException if the lock file cannot be written, or the file system knows no locks
   */
  static BlobLock take(RepositoryCache cache, BlobId blob, Runnable pulse, Runnable busy) {
    Path path = cache.lock(blob);
    boolean told = false;
    while (true) {
      BlobLock lock = tryTake(path, cache.root());
      if (lock != null) {
        return lock;
      }
      if (!told) {
        busy.run();
        told = true;
      }
      Waiting.pause(Waiting.TICK, pulse);
    }
  }

  private static @Nullable BlobLock tryTake(Path path, Path root) {
    if (!TAKEN.add(path)) {
      return null;
    }
    @Nullable FileChannel channel = null;
    boolean taken = false;
    try {
      channel = DiskFailure.asked(root, () -> open(path));
      taken = isLocked(channel, path);
      return taken ? new BlobLock(path, channel) : null;
    } finally {
      if (!taken) {
        release(path, channel);
      }
    }
  }

  private static FileChannel open(Path path) throws IOException {
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static boolean isLocked(FileChannel channel, Path path) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      throw new InputException(
          path.toString(),
          "a file system without locks (" + e.getMessage() + ")",
          "one with locks",
          "set HF_HUB_CACHE to a folder on a local disk",
          e);
    }
  }

  private static void release(Path path, @Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The system drops the lock with the process at the latest.
    } finally {
      TAKEN.remove(path);
    }
  }

  @Override
  public void close() {
    release(path, channel);
  }
}
