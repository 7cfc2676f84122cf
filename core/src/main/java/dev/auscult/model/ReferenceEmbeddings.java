package dev.auscult.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the reference implementation computes of {@link ModelCheck}'s test image and text, kept for
 * models by the hash of their weights.
 */
final class ReferenceEmbeddings {
  private static final JsonNode ALL = read();

  private final JsonNode entry;

  private ReferenceEmbeddings(JsonNode entry) {
    this.entry = entry;
  }

  /** The stored values of a model, if there are any. */
  static Optional<ReferenceEmbeddings> of(ModelIdentity identity) {
    JsonNode entry = ALL.path(identity.weights().hex());
    return entry.isObject() ? Optional.of(new ReferenceEmbeddings(entry)) : Optional.empty();
  }

  /** Side in pixels of the input for which {@link #image()} was computed. */
  int imageSize() {
    return entry.path("image_size").asInt(0);
  }

  /** The leading features of the test image. */
  float[] image() {
    return floats("image");
  }

  /** The leading features of the test text. */
  float[] text() {
    return floats("text");
  }

  private float[] floats(String key) {
    float[] values = new float[entry.path(key).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = entry.path(key).get(i).floatValue();
    }
    return values;
  }

  private static JsonNode read() {
    try (InputStream in = ReferenceEmbeddings.class.getResourceAsStream("references.json")) {
      if (in == null) {
        throw new IllegalStateException("references.json is missing in this build");
      }
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("references.json", e);
    }
  }
}
