package dev.auscult.checkpoint.hub;

import dev.auscult.base.ByteUnit;
import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.stream.Stream;

/** Tells what is wrong with the disk that holds the cache. */
final class DiskFailure {
  private static final String ELSEWHERE = "set HF_HUB_CACHE to a folder on another disk";

  private DiskFailure() {}

  /** Something that is asked of files. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws IOException;
  }

  /** Something that is done to files. */
  @FunctionalInterface
  interface Deed {
    void perform() throws IOException;
  }

  /**
   * Asks, and explains why there is no answer.
   *
   * @param cache the folder of the cache, for the message
   */
  static <T> T asked(Path cache, Question<T> question) {
    try {
      return question.ask();
    } catch (IOException | ReadOnlyFileSystemException e) {
      throw explain(cache, e);
    }
  }

  /**
   * Does it, and explains why it cannot be done.
   *
   * @param cache the folder of the cache, for the message
   */
  static void done(Path cache, Deed deed) {
    asked(
        cache,
        () -> {
          deed.perform();
          return true;
        });
  }

  private static InputException explain(Path cache, Exception failure) {
    if (isFull(String.valueOf(failure.getMessage()))) {
      return new InputException(
          "cache " + cache,
          "a full disk",
          "room for the model",
          "free some space and repeat the command, which goes on with what has arrived, or "
              + ELSEWHERE,
          failure);
    }
    return new InputException(
        "cache " + cache,
        "it cannot be written (%s)".formatted(reason(failure)),
        "a folder that may be written",
        "check its permissions, or set HF_HUB_CACHE to another folder",
        failure);
  }

  /** The wording of Linux, macOS and Windows, in that order, and of quotas. */
  private static boolean isFull(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return Stream.of("no space left", "not enough space", "quota exceeded")
        .anyMatch(lower::contains);
  }

  private static String reason(Exception failure) {
    if (failure instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    if (failure instanceof ReadOnlyFileSystemException) {
      return "read-only";
    }
    return failure instanceof FileSystemException file && file.getReason() != null
        ? file.getFile() + ": " + file.getReason()
        : String.valueOf(failure.getMessage());
  }

  /**
   * Refuses a download that the disk has no room for.
   *
   * @param wanted bytes that are still to come
   * @param free bytes that may be written; 0 or less if the disk does not say
   */
  static void requireRoom(Path cache, long wanted, long free) {
    if (free > 0 && wanted > free) {
      throw new InputException(
          "cache " + cache,
          ByteUnit.words(free) + " of free space",
          ByteUnit.words(wanted) + " for what is to be downloaded",
          "free some space, or " + ELSEWHERE);
    }
  }
}
