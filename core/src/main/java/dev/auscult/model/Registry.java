package dev.auscult.model;

import dev.auscult.checkpoint.hub.FileSelection;
import dev.auscult.checkpoint.hub.HubReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public models that are known: a data file with one entry per model. A folder whose files do
 * not tell which published model they are can say so in a file {@value #HINT} ({@link ModelHint}).
 */
public final class Registry {
  /** Says of a folder what its files do not tell. */
  public static final String HINT = "auscult.json";

  private static final String HUB = "hf:";
  private static final Registry STANDARD = read();

  private final List<PublishedModel> models;

  private Registry(List<PublishedModel> models) {
    this.models = List.copyOf(models);
  }

  /** The registry that comes with the library. */
  public static Registry standard() {
    return STANDARD;
  }

  /** All models. */
  public List<PublishedModel> models() {
    return models;
  }

  /** The model of that short name. */
  public Optional<PublishedModel> byId(String id) {
    return models.stream().filter(model -> model.id().equals(id)).findFirst();
  }

  /** The model published under that name on the hub, whatever the case of its letters. */
  public Optional<PublishedModel> byHubName(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return models.stream()
        .filter(
            model ->
                model.hub().filter(hub -> hub.toLowerCase(Locale.ROOT).equals(wanted)).isPresent())
        .findFirst();
  }

  /** The files of a repository that its model needs. */
  public FileSelection files(HubReference reference) {
    return byHubName(reference.repository())
        .map(PublishedModel::files)
        .orElse(FileSelection.needed());
  }

  /**
   * The published model that a user's name or folder means.
   *
   * @param name as the user gave it
   * @param path the folder or file that was found under this name
   * @throws dev.auscult.base.InputException if the folder's hint names no known model
   */
  public Optional<PublishedModel> of(String name, Path path) {
    return hint(name, path).model();
  }

  /** The same with all that is said of the folder; of the hub's cache nothing is. */
  ModelHint hint(String name, Path path) {
    return name.startsWith(HUB)
        ? ModelHint.of(byHubName(name.substring(HUB.length()).replaceFirst("@.*", "")))
        : ModelHint.beside(path, this);
  }

  private static Registry read() {
    try (InputStream in = Registry.class.getResourceAsStream("registry.json")) {
      if (in == null) {
        throw new IllegalStateException("registry.json is missing in this build");
      }
      List<PublishedModel> models = new ArrayList<>();
      JsonMapper.shared().readTree(in).forEach(entry -> models.add(model(entry)));
      return new Registry(models);
    } catch (IOException e) {
      throw new UncheckedIOException("registry.json", e);
    }
  }

  private static PublishedModel model(JsonNode entry) {
    JsonNode licence = entry.path("licence");
    return new PublishedModel(
        text(entry, "id"),
        text(entry, "title"),
        optional(entry, "hub"),
        optional(entry, "revision"),
        text(entry, "source"),
        text(entry, "architecture"),
        texts(entry, "domains"),
        new PublishedModel.Licence(
            text(licence, "name"),
            licence.required("commercial").booleanValue(),
            licence.required("clinical").booleanValue()),
        Preprocessing.named(text(entry, "preprocessing")).orElseThrow(),
        vocabulary(entry.path("tokenizer")),
        new FileSelection(texts(entry, "files"), texts(entry, "beside")),
        texts(entry, "prompts"),
        text(entry, "citation"),
        PublishedModel.Parity.valueOf(text(entry, "parity")),
        optional(entry, "remark").orElse(""));
  }

  private static Optional<PublishedModel.Vocabulary> vocabulary(JsonNode entry) {
    return entry.isObject()
        ? Optional.of(new PublishedModel.Vocabulary(text(entry, "hub"), texts(entry, "files")))
        : Optional.empty();
  }

  private static String text(JsonNode entry, String key) {
    return entry.required(key).stringValue();
  }

  private static Optional<String> optional(JsonNode entry, String key) {
    return Optional.ofNullable(entry.path(key).stringValue(null));
  }

  private static List<String> texts(JsonNode entry, String key) {
    return entry.path(key).valueStream().map(JsonNode::stringValue).toList();
  }
}
