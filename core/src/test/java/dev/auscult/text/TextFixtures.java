package dev.auscult.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What conformance/tokenizer_ids.py wrote. */
final class TextFixtures {
  static final int CLIP_CONTEXT = 77;
  static final int BERT_CONTEXT = 32;

  private TextFixtures() {}

  static Path path(String name) {
    URL url = Objects.requireNonNull(TextFixtures.class.getResource(name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Tokenizer clip() {
    return Tokenizers.load(path("clip"), CLIP_CONTEXT);
  }

  static Tokenizer bert() {
    return Tokenizers.load(path("bert"), BERT_CONTEXT);
  }

  static JsonNode cases() {
    return json("cases.json.gz");
  }

  static JsonNode json(String name) {
    try (InputStream in = TextFixtures.class.getResourceAsStream(name)) {
      return JsonMapper.shared().readTree(new GZIPInputStream(Objects.requireNonNull(in)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
