package dev.auscult.card;

import dev.auscult.base.AtomicFile;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.report.ResultJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The seal of a card: {@code card.json} lists the SHA-256 of every file that the card rests on, its
 * page and its result, beside those of weights and data; its own hash is that of the list.
 */
public final class CardSeal {
  /** The file. */
  public static final String FILE = "card.json";

  private static final long LARGEST = 8L << 20;

  private CardSeal() {}

  /**
   * Seals a card whose page and result are written.
   *
   * @param folder of the card
   * @return the card's hash
   * @throws IOException if a file cannot be read or the seal not written
   */
  public static ContentHash seal(Path folder, ReportCard card, List<String> own)
      throws IOException {
    List<Object> files = new ArrayList<>();
    for (String name : own) {
      files.add(entry(folder, folder.resolve(name)));
    }
    for (ResultFolder result : card.results().folders()) {
      for (Path file : result.files()) {
        files.add(entry(folder, file));
      }
    }
    Map<String, @Nullable Object> sealed = new LinkedHashMap<>();
    sealed.put("model", card.results().model().name());
    sealed.put("weights", card.results().model().weights().hex());
    sealed.put("configuration", card.results().model().configuration().hex());
    sealed.put("data", card.results().data().map(data -> data.hash().hex()));
    sealed.put("files", files);
    ContentHash hash = hash(JsonMapper.shared().readTree(ResultJson.line(sealed)));
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("card", sealed);
    json.put("hash", hash.hex());
    AtomicFile.writeString(folder.resolve(FILE), ResultJson.pretty(json));
    return hash;
  }

  private static Map<String, @Nullable Object> entry(Path folder, Path file) throws IOException {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("file", relative(folder, file));
    entry.put("sha256", ContentHash.of(file).hex());
    return entry;
  }

  private static String relative(Path folder, Path file) {
    Path from = folder.toAbsolutePath().normalize();
    Path to = file.toAbsolutePath().normalize();
    return (from.getRoot() != null && from.getRoot().equals(to.getRoot())
            ? from.relativize(to)
            : to)
        .toString()
        .replace('\\', '/');
  }

  private static ContentHash hash(JsonNode card) {
    return ContentHash.of(card.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What a verification found.
   *
   * @param hash of the card as it is now
   * @param files how many were compared
   * @param changes what differs, each a sentence; empty if nothing does
   */
  public record Verification(ContentHash hash, int files, List<String> changes) {
    /** Copies the list. */
    public Verification {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Computes every hash anew.
   *
   * @param folder of the card
   * @param expected the card's hash, if it was kept elsewhere
   * @throws InputException if there is no seal that can be read
   */
  public static Verification verify(Path folder, Optional<String> expected) {
    Path file = folder.resolve(FILE);
    String written = read(file);
    JsonNode root = parsed(file, written);
    JsonNode card = root.path("card");
    if (!card.isObject() || !card.path("files").isArray() || !root.path("hash").isString()) {
      throw broken(file, "no card with files and hash");
    }
    ContentHash hash = hash(card);
    List<String> changes = new ArrayList<>();
    if (!hash.hex().equals(root.path("hash").stringValue())) {
      changes.add("%s: its list does not have the hash that it states".formatted(FILE));
    }
    if (!written.equals(ResultJson.pretty(JsonMapper.shared().convertValue(root, Object.class)))) {
      changes.add("%s: other bytes than auscult card writes".formatted(FILE));
    }
    if (expected.isPresent() && !expected.get().equals(hash.hex())) {
      changes.add("%s: hash %s, not the expected %s".formatted(FILE, hash.hex(), expected.get()));
    }
    for (JsonNode entry : card.path("files")) {
      if (!entry.path("file").isString() || !entry.path("sha256").isString()) {
        throw broken(file, "an entry without file and sha256");
      }
      change(folder, entry.path("file").stringValue(), entry.path("sha256").stringValue())
          .ifPresent(changes::add);
    }
    return new Verification(hash, card.path("files").size(), changes);
  }

  private static Optional<String> change(Path folder, String name, String sealed) {
    try {
      Path file = folder.resolve(name);
      if (!Files.isRegularFile(file)) {
        return Optional.of(name + ": missing");
      }
      String now = ContentHash.of(file).hex();
      return now.equals(sealed)
          ? Optional.empty()
          : Optional.of("%s: SHA-256 %s, sealed with %s".formatted(name, now, sealed));
    } catch (IOException | InvalidPathException e) {
      return Optional.of(name + ": cannot be read");
    }
  }

  private static JsonNode parsed(Path file, String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw unreadable(file, e);
    }
  }

  private static String read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw broken(file, "no such file");
      }
      if (Files.size(file) > LARGEST) {
        throw broken(file, Files.size(file) + " bytes");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static InputException unreadable(Path file, Exception cause) {
    return new InputException(
        file.toString(),
        "no JSON in UTF-8",
        "what auscult card wrote",
        "make the card again",
        cause);
  }

  private static InputException broken(Path file, String found) {
    return new InputException(
        file.toString(), found, "what auscult card wrote", "make the card again");
  }
}
