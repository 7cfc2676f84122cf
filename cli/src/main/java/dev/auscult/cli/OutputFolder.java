package dev.auscult.cli;

import dev.auscult.base.AtomicFile;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.UnwrittenFileException;
import dev.auscult.data.SharedPatients;
import dev.auscult.report.ResultJson;
import dev.auscult.report.RunReport;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of {@code --out}. It belongs to one configured run: the same command goes on in it, a
 * different one is refused, and two at once are too. A run that began here and ended before it kept
 * anything leaves no trace, so that a mended command may take the same folder.
 */
final class OutputFolder implements AutoCloseable {
  private static final String OPTION = "--out";
  static final String RUN = "run.json";
  private static final String LOCK = ".auscult.lock";

  private final Path path;
  private final FileChannel lock;
  private final FolderTraces traces;
  private boolean begun;

  private OutputFolder(Path path, FileChannel lock, FolderTraces traces) {
    this.path = path;
    this.lock = lock;
    this.traces = traces;
  }

  /**
   * Makes the folder ready before any work is done.
   *
   * @throws InputException if it cannot be written or is in use
   */
  static OutputFolder open(Path path) {
    try {
      FolderTraces traces = FolderTraces.before(path, LOCK);
      Files.createDirectories(path);
      OutputFolder folder = new OutputFolder(path, lock(path), traces);
      AtomicFile.removeLeftovers(path);
      return folder;
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /**
   * Takes the folder for one run, or goes on in it.
   *
   * @param command which command writes it
   * @param config every choice that changes the result
   * @throws InputException if it belongs to another run, naming the differences, or to nobody
   */
  void claim(String command, Map<String, @Nullable Object> config) {
    Map<String, @Nullable Object> run = describe(command, config);
    Path file = path.resolve(RUN);
    try {
      if (Files.exists(file)) {
        refuseOtherRun(read(file), JsonMapper.shared().readTree(ResultJson.line(run)));
      } else {
        refuseForeignFiles();
        Files.deleteIfExists(path.resolve(SharedPatients.FILE));
        AtomicFile.writeString(file, ResultJson.pretty(run));
        begun = true;
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /**
   * What the claimed run left when it finished: its {@code result.json}; empty if it or the page is
   * not there.
   */
  Optional<String> finished() throws IOException {
    return Files.exists(file(RunReport.FILE)) && Files.exists(file(RunReport.PAGE))
        ? Optional.of(Files.readString(file(RunReport.FILE)))
        : Optional.empty();
  }

  private static InputException unwritable(Path path, IOException failure) {
    return new InputException(
        OPTION + " " + path,
        "a folder that cannot be written (" + reason(failure) + ")",
        "a folder to write results into",
        "choose another folder",
        failure);
  }

  private static String reason(IOException failure) {
    if (failure instanceof UnwrittenFileException unwritten) {
      return unwritten.getFile() + ": " + unwritten.getReason();
    }
    String type = failure.getClass().getSimpleName().replace("Exception", "");
    return type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // This process holds it: the same answer as for another process.
    }
    channel.close();
    throw new InputException(
        OPTION + " " + path,
        "another run writing there",
        "one run per folder",
        "wait for it, or choose another folder");
  }

  private static Map<String, @Nullable Object> describe(
      String command, Map<String, @Nullable Object> config) {
    Map<String, @Nullable Object> run = new LinkedHashMap<>();
    run.put("command", command);
    run.put("config", new TreeMap<>(config));
    run.put("hash", ContentHash.of(command, ResultJson.line(new TreeMap<>(config))).hex());
    return run;
  }

  private void refuseForeignFiles() throws IOException {
    Optional<Path> foreign = anyFile(path);
    if (foreign.isPresent()) {
      throw new InputException(
          OPTION + " " + path,
          "a folder with other files (" + foreign.get().getFileName() + ")",
          "an empty or new folder, or one that this command began",
          "choose another folder");
    }
  }

  static JsonNode read(Path file) throws IOException {
    try {
      return JsonMapper.shared().readTree(Files.readString(file));
    } catch (JacksonException e) {
      throw new InputException(
          file.toString(), "no JSON", "what an earlier run wrote", "choose another folder", e);
    }
  }

  private void refuseOtherRun(JsonNode earlier, JsonNode now) {
    List<String> differences = new ArrayList<>();
    if (!earlier.path("command").equals(now.path("command"))) {
      differences.add(
          "command " + earlier.path("command") + " there, " + now.path("command") + " now");
    } else {
      differences.addAll(differences(earlier.path("config"), now.path("config"), "there", "now"));
    }
    if (!differences.isEmpty()) {
      throw new InputException(
          OPTION + " " + path,
          "a run of another configuration (" + String.join("; ", differences) + ")",
          "the same configuration",
          "choose another folder, or repeat the earlier command to resume it");
    }
  }

  /** What differs between two configurations, in words. */
  static List<String> differences(JsonNode first, JsonNode second, String where, String elsewhere) {
    TreeSet<String> names = new TreeSet<>(first.propertyNames());
    names.addAll(second.propertyNames());
    return names.stream()
        .filter(name -> !first.path(name).equals(second.path(name)))
        .map(
            name ->
                "%s %s %s, %s %s"
                    .formatted(
                        name, shown(first.path(name)), where, shown(second.path(name)), elsewhere))
        .toList();
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "nothing" : value.toString();
  }

  private static Optional<Path> anyFile(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
          .filter(file -> !ShardFolder.isNamedLikeOne(file))
          .filter(file -> !file.endsWith(SharedPatients.FILE))
          .findFirst();
    }
  }

  /** The folder. */
  Path path() {
    return path;
  }

  /** A file in it. */
  Path file(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      if (begun) {
        traces.withdraw(Set.of(RUN, LOCK));
      } else {
        traces.remove();
      }
    }
  }
}
