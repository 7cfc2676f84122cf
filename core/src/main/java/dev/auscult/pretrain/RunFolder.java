package dev.auscult.pretrain;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder of a run: {@code best} and {@code last}, checkpoints in Hugging Face layout, and
 * {@code state.safetensors}, from which the same command continues.
 */
record RunFolder(Path path) {

  Path best() {
    return path.resolve("best");
  }

  Path last() {
    return path.resolve("last");
  }

  StateFile state() {
    return new StateFile(path.resolve("state.safetensors"));
  }

  /**
   * Makes the folder if need be.
   *
   * @throws InputException if it cannot be written
   */
  void create() {
    try {
      Files.createDirectories(path);
      Files.delete(Files.createTempFile(path, ".writable", ""));
    } catch (IOException e) {
      throw new InputException(
          path.toString(),
          "it cannot be written (" + e.getMessage() + ")",
          "a folder for checkpoints",
          "name another one with --out",
          e);
    }
  }

  /**
   * The state of an earlier part of the run.
   *
   * @param entries configuration and data of the run now
   * @return empty if there was none
   * @throws InputException if the folder holds a run of another configuration or other data, with
   *     the differences
   */
  Optional<RunState> resumable(Map<String, String> entries) {
    if (!state().exists()) {
      return Optional.empty();
    }
    RunState state = state().read();
    List<String> differences = ConfigEntries.differences(entries, state.entries());
    if (!differences.isEmpty()) {
      throw new InputException(
          path.toString(),
          "a run of another configuration (now: %s)".formatted(String.join("; ", differences)),
          "the same configuration and data, or an empty folder",
          "name another folder with --out");
    }
    return Optional.of(state);
  }
}
