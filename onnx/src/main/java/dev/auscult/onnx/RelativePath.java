package dev.auscult.onnx;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Paths that a stranger's file names. */
final class RelativePath {
  private RelativePath() {}

  /** The file of that name inside the folder; empty if the name leads out of it or is none. */
  static Optional<Path> in(Path folder, String name) {
    try {
      Path named = Path.of(name);
      Path resolved = folder.resolve(named).normalize();
      boolean inside =
          !named.isAbsolute()
              && named.getRoot() == null
              && !name.contains("\\")
              && !name.contains(":")
              && resolved.startsWith(folder.normalize())
              && !resolved.equals(folder.normalize());
      return inside ? Optional.of(resolved) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
