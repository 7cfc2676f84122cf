package dev.auscult.text;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.auscult.base.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The native Hugging Face tokenizers library, kept off the network: the library comes from the jar
 * and is unpacked once (15 MB) to {@code ~/.djl.ai}, or where {@code ENGINE_CACHE_DIR} says.
 */
final class NativeTokenizer {
  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");

  static {
    unlessSet("RUST_FLAVOR", "cpu"); // else a machine with a GPU downloads another build
    unlessSet("OPT_OUT_TRACKING", "true"); // else it reports its use over the network
  }

  private final HuggingFaceTokenizer tokenizer;

  private NativeTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Starts a tokenizer; its native memory is freed when it is garbage collected.
   *
   * @throws InputException if the library does not read it
   */
  static NativeTokenizer open(TokenizerJson json) {
    byte[] bytes = json.text().getBytes(StandardCharsets.UTF_8);
    try {
      return new NativeTokenizer(
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(bytes), OPTIONS));
    } catch (EngineException | LinkageError e) {
      throw new InputException(
          "the native tokenizers library",
          String.valueOf(e.getMessage()),
          "a platform it is built for and a folder to unpack it to",
          "set ENGINE_CACHE_DIR to a folder that can be written",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw TokenizerJson.broken(
          json.subject(),
          "a tokenizer that the library refuses (" + e.getMessage() + ")",
          "one that it reads");
    }
  }

  /**
   * Encodes {@code text}, each lone surrogate as U+FFFD.
   *
   * @param special whether the template's special tokens are added
   */
  Encoding encode(String text, boolean special) {
    try {
      // the library would take a text with a lone surrogate for Latin-1
      return tokenizer.encode(Surrogates.replaceLone(text), special, false);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private static void unlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
