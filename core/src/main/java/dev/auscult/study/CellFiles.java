package dev.auscult.study;

import dev.auscult.base.AtomicFile;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.tensor.FloatMatrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The finished cells of a study on disk, each in a file that appears whole or not at all, so that a
 * study that was interrupted goes on with the others.
 */
final class CellFiles {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path folder;
  private final ContentHash study;

  /**
   * @param folder of the study
   * @param study hash of everything that a cell depends on: a cell of another study is refused
   */
  CellFiles(Path folder, ContentHash study) {
    this.folder = folder.resolve("cells");
    this.study = study;
  }

  /**
   * A finished cell; empty if it is not finished.
   *
   * @throws InputException if the file is damaged or of another study
   */
  Optional<CellResult> read(StudyCell cell, int samples, int combinations) {
    Path file = folder.resolve(cell.file());
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      if (!json.path("study").asString("").equals(study.hex())) {
        throw damaged(file, "a fit of another study", null);
      }
      return Optional.of(
          new CellResult(
              cell,
              json.path("fitted").intValue(),
              json.path("validated").intValue(),
              chosen(json.path("chosen")),
              json.path("threshold").floatValue(),
              json.path("seconds").doubleValue(),
              scores(file, json.path("scores"), samples, combinations)));
    } catch (JacksonException e) {
      throw damaged(file, "no JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> chosen(JsonNode json) {
    Map<String, String> chosen = new LinkedHashMap<>();
    json.properties().forEach(entry -> chosen.put(entry.getKey(), entry.getValue().asString("")));
    return chosen;
  }

  private static FloatMatrix scores(Path file, JsonNode rows, int samples, int combinations) {
    float[] values = new float[samples * combinations];
    int next = 0;
    for (JsonNode row : rows) {
      for (JsonNode value : row) {
        if (next < values.length) {
          values[next] = value.floatValue();
        }
        next++;
      }
    }
    if (next != values.length) {
      throw damaged(file, next + " scores instead of " + values.length, null);
    }
    return new FloatMatrix(samples, combinations, values);
  }

  private static InputException damaged(
      Path file, String found, @org.jspecify.annotations.Nullable Throwable cause) {
    return new InputException(
        file.toString(),
        found,
        "a finished fit of this study",
        "remove the file to compute it again",
        cause);
  }

  /** Keeps a finished cell. */
  void write(CellResult result) {
    Path file = folder.resolve(result.cell().file());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("study", study.hex());
    json.put("cell", result.cell().toString());
    json.put("fitted", result.fitted());
    json.put("validated", result.validated());
    json.put("chosen", result.chosen());
    json.put("threshold", result.threshold());
    json.put("seconds", result.seconds());
    json.put("scores", rows(result.scores()));
    try {
      AtomicFile.writeString(file, JSON.writeValueAsString(json) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<List<Float>> rows(FloatMatrix scores) {
    List<List<Float>> rows = new ArrayList<>();
    for (int i = 0; i < scores.rows(); i++) {
      List<Float> row = new ArrayList<>();
      for (int k = 0; k < scores.columns(); k++) {
        row.add(scores.get(i, k));
      }
      rows.add(row);
    }
    return rows;
  }
}
