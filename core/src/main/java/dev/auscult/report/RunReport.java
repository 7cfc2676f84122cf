package dev.auscult.report;

import dev.auscult.base.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a command found, in the one form that every command writes: {@code {command, config,
 * provenance: {version, model, data, seed, host, started, seconds}, result}}.
 *
 * <p>The same command on the same input gives the same bytes, also when it was interrupted and
 * resumed, except for {@code provenance.host}, {@code provenance.started}, {@code
 * provenance.seconds} and every {@code seconds} inside {@code result}.
 *
 * @param command the command line, e.g. {@code auscult audit --model phantom --task isa}
 * @param config every choice in force, defaults included; written sorted by name
 * @param provenance where the result came from
 * @param result the figures, written in the order of the map: hand over a {@link LinkedHashMap} or
 *     a sorted map
 */
public record RunReport(
    String command,
    Map<String, @Nullable Object> config,
    Provenance provenance,
    Map<String, @Nullable Object> result) {

  /** The file's name in every output directory. */
  public static final String FILE = "result.json";

  /** The page beside it that a person reads. */
  public static final String PAGE = "index.html";

  /** Copies the maps. */
  public RunReport {
    config = Collections.unmodifiableMap(new TreeMap<>(config));
    result = Collections.unmodifiableMap(new LinkedHashMap<>(result));
  }

  /** The report as JSON. */
  public String toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("command", command);
    json.put("config", config);
    json.put("provenance", provenance.toJson());
    json.put("result", result);
    return ResultJson.pretty(json);
  }

  /**
   * Writes {@code result.json} into {@code folder}, whole or not at all.
   *
   * @throws IOException if the folder cannot be written
   */
  public void write(Path folder) throws IOException {
    AtomicFile.writeString(folder.resolve(FILE), toJson());
  }
}
