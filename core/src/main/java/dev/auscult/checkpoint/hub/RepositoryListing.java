package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.JsonFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files of a repository at one commit, as the hub lists them.
 *
 * @param commit the commit
 * @param files by name; empty where the hub does not say what the content is
 */
record RepositoryListing(Commit commit, Map<String, Optional<HubFile>> files) {

  /** Copies the files, in their order. */
  RepositoryListing {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /** All names. */
  Set<String> names() {
    return files.keySet();
  }

  /**
   * Reads the answer of the hub.
   *
   * @param source where it came from, for messages
   * @throws InputException if it is no listing, or names a file outside of the repository
   */
  static RepositoryListing parse(byte[] json, String source) {
    ObjectNode root = object(json, source);
    String commit = root.path("sha").asString("");
    JsonNode siblings = root.path("siblings");
    if (!Commit.isOne(commit) || !siblings.isArray()) {
      throw noListing(source, "JSON without \"sha\" and \"siblings\"", null);
    }
    Map<String, Optional<HubFile>> files = new LinkedHashMap<>();
    for (JsonNode sibling : siblings) {
      String name = RepositoryPath.checked(sibling.path("rfilename").asString(""), source);
      files.put(name, file(name, sibling));
    }
    return new RepositoryListing(new Commit(commit), files);
  }

  private static ObjectNode object(byte[] json, String source) {
    try {
      return JsonFile.parse(json, source);
    } catch (InputException e) {
      throw noListing(source, "an answer that is no JSON object", e);
    }
  }

  private static Optional<HubFile> file(String name, JsonNode sibling) {
    JsonNode large = sibling.path("lfs");
    JsonNode size = large.isObject() ? large.path("size") : sibling.path("size");
    String hash =
        large.isObject() ? large.path("sha256").asString("") : sibling.path("blobId").asString("");
    return size.isIntegralNumber() && size.canConvertToLong() && size.longValue() >= 0
        ? BlobId.of(hash).map(blob -> new HubFile(name, size.longValue(), blob))
        : Optional.empty();
  }

  private static InputException noListing(String source, String found, @Nullable Exception cause) {
    return new InputException(
        source,
        found,
        "the listing of a repository",
        "check HF_ENDPOINT, and that no proxy or login page answers in the hub's place",
        cause);
  }
}
