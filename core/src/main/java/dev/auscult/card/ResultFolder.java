package dev.auscult.card;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.model.ModelIdentity;
import dev.auscult.report.Provenance;
import dev.auscult.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command left in its output folder.
 *
 * @param path the folder
 * @param command which command, e.g. {@code evaluate}
 * @param commandLine as it was typed
 * @param version of Auscult that wrote it
 * @param started when, as written
 * @param models that were used
 * @param data that they were used on; empty of a command without
 * @param result the figures
 * @param files {@code result.json} and the rows beside it
 */
public record ResultFolder(
    Path path,
    String command,
    String commandLine,
    String version,
    String started,
    List<ModelIdentity> models,
    Optional<Provenance.Data> data,
    JsonNode result,
    List<Path> files) {
  private static final long LARGEST = 32L << 20;
  private static final int MOST_FILES = 200;
  private static final Pattern COMMAND =
      Pattern.compile("auscult ([a-z][a-z-]{0,30})( .*)?", Pattern.DOTALL);
  private static final Pattern ROWS = Pattern.compile(".*\\.(csv|jsonl|json|safetensors)");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** Copies the lists. */
  public ResultFolder {
    models = List.copyOf(models);
    files = List.copyOf(files);
  }

  /**
   * Reads a folder.
   *
   * @throws InputException if it is no output folder of a finished command
   */
  public static ResultFolder read(Path folder) {
    Path file = folder.resolve(RunReport.FILE);
    JsonNode root = json(file);
    JsonNode provenance = root.path("provenance");
    Matcher command = COMMAND.matcher(text(file, root, "command"));
    if (!command.matches()) {
      throw broken(file, "the command '" + shortened(root.path("command").asString()) + "'");
    }
    if (!root.path("result").isObject() || !provenance.isObject()) {
      throw broken(file, "no objects 'result' and 'provenance'");
    }
    return new ResultFolder(
        folder,
        command.group(1),
        shortened(text(file, root, "command")),
        text(file, provenance, "version"),
        text(file, provenance, "started"),
        models(file, provenance),
        data(file, provenance.path("data")),
        root.path("result"),
        files(folder));
  }

  private static JsonNode json(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new InputException(
            file.toString(),
            "no such file",
            "the output folder of a finished command",
            "run the command to its end, or name another folder");
      }
      if (Files.size(file) > LARGEST) {
        throw broken(file, Files.size(file) + " bytes, more than " + LARGEST);
      }
      JsonNode root = JsonMapper.shared().readTree(Files.readString(file));
      if (root == null || !root.isObject()) {
        throw broken(file, "no JSON object");
      }
      return root;
    } catch (JacksonException | IOException e) {
      throw new InputException(
          file.toString(),
          "no JSON in UTF-8",
          "what a command of auscult wrote",
          "run the command again",
          e);
    }
  }

  private static InputException broken(Path file, String found) {
    return new InputException(
        file.toString(), found, "what a command of auscult wrote", "run the command again");
  }

  private static String text(Path file, JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isString() || value.stringValue().isBlank()) {
      throw broken(file, "no text under '" + key + "'");
    }
    return value.stringValue();
  }

  private static String shortened(String text) {
    return text.length() <= 300 ? text : text.substring(0, 297) + "...";
  }

  private static List<ModelIdentity> models(Path file, JsonNode provenance) {
    List<ModelIdentity> models = new ArrayList<>();
    if (!provenance.path("model").isArray()) {
      throw broken(file, "no list 'provenance.model'");
    }
    for (JsonNode model : provenance.path("model")) {
      JsonNode notice = model.path("notice");
      models.add(
          new ModelIdentity(
              shortened(text(file, model, "name")),
              shortened(text(file, model, "family")),
              hash(file, model, "weights"),
              hash(file, model, "configuration"),
              model.path("commit").isString()
                  ? Optional.of(shortened(model.path("commit").stringValue()))
                  : Optional.empty(),
              notice.isString() ? Optional.of(shortened(notice.stringValue())) : Optional.empty()));
    }
    return models;
  }

  private static ContentHash hash(Path file, JsonNode node, String key) {
    String hex = text(file, node, key);
    if (!HASH.matcher(hex).matches()) {
      throw broken(file, "'" + shortened(hex) + "' under '" + key + "', which is no SHA-256");
    }
    return new ContentHash(hex);
  }

  private static Optional<Provenance.Data> data(Path file, JsonNode data) {
    if (data.isNull() || data.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        new Provenance.Data(
            shortened(text(file, data, "name")),
            hash(file, data, "hash"),
            count(file, data, "n"),
            count(file, data, "skipped")));
  }

  private static int count(Path file, JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isInt() || value.intValue() < 0) {
      throw broken(file, "no count under '" + key + "'");
    }
    return value.intValue();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder, 2)) {
      List<Path> files =
          all.filter(file -> ROWS.matcher(String.valueOf(file.getFileName())).matches())
              .filter(Files::isRegularFile)
              .sorted()
              .limit(MOST_FILES + 1L)
              .toList();
      if (files.size() > MOST_FILES) {
        throw broken(folder, "more than " + MOST_FILES + " files");
      }
      return files;
    } catch (IOException e) {
      throw new InputException(
          folder.toString(), "a folder that cannot be read", "an output folder", "check it", e);
    }
  }
}
