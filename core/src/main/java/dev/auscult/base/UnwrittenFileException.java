package dev.auscult.base;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/** A file could not be written, most often because the disk is full; an earlier version stays. */
public final class UnwrittenFileException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  private UnwrittenFileException(Path file, IOException cause) {
    super(file.toString(), null, reason(cause));
    initCause(cause);
  }

  /** What kept {@code file} from being written. */
  static UnwrittenFileException of(Path file, IOException cause) {
    return cause instanceof UnwrittenFileException known
        ? known
        : new UnwrittenFileException(file, cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof FileSystemException failure) {
      return failure.getReason() == null ? words(failure) : failure.getReason();
    }
    return String.valueOf(cause.getMessage());
  }

  /** The type in words, e.g. "access denied", with the file it is about. */
  private static String words(FileSystemException failure) {
    String type = failure.getClass().getSimpleName().replace("Exception", "");
    String words = type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return "%s: %s".formatted(failure.getFile(), words);
  }
}
