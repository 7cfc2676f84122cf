package dev.auscult.text;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file of text read whole, within a limit. */
final class BoundedFile {
  private static final int MAX_UNZIPPED = 32 << 20;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  private final String subject;
  private final byte[] bytes;

  BoundedFile(String subject, byte[] bytes) {
    this.subject = subject;
    this.bytes = bytes;
  }

  /**
   * Reads {@code file}.
   *
   * @throws InputException if it is missing, no regular file, unreadable or larger than {@code
   *     maxBytes}
   */
  static BoundedFile read(Path file, int maxBytes) {
    String subject = file.toString();
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new InputException(
          subject, "something that is not a regular file", "a file", "check the path");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new InputException(
            subject,
            "more than %,d bytes".formatted(maxBytes),
            "at most that",
            "check that it is the file you meant");
      }
      return new BoundedFile(subject, bytes);
    } catch (NoSuchFileException e) {
      throw new InputException(subject, "no such file", "a readable file", "check the path", e);
    } catch (IOException e) {
      throw new InputException(
          subject, "an unreadable file", "a readable file", "check its permissions", e);
    }
  }

  String subject() {
    return subject;
  }

  String name() {
    return subject.substring(Math.max(subject.lastIndexOf('/'), subject.lastIndexOf('\\')) + 1);
  }

  /**
   * What the file holds compressed by gzip.
   *
   * @throws InputException if it is not that, or more than 32 MiB
   */
  BoundedFile gunzipped() {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] text = in.readNBytes(MAX_UNZIPPED + 1);
      if (text.length > MAX_UNZIPPED) {
        throw new InputException(
            subject,
            "more than %,d bytes when unpacked".formatted(MAX_UNZIPPED),
            "at most that",
            "check that it is the file you meant");
      }
      return new BoundedFile(subject, text);
    } catch (IOException e) {
      throw new InputException(
          subject,
          "damaged gzip (%s)".formatted(e.getMessage()),
          "a file compressed by gzip",
          "download the file again",
          e);
    }
  }

  /** The content, to be read only. */
  ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  ContentHash hash() {
    return ContentHash.of(bytes);
  }

  /**
   * The content as UTF-8, without a byte order mark.
   *
   * @throws InputException naming the line of the first byte that is not UTF-8
   */
  String text() {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    if (result.isError()) {
      long line = out.chars().filter(c -> c == '\n').count() + 1;
      throw new InputException(
          subject + " line " + line,
          "bytes that are not UTF-8",
          "UTF-8 text",
          "save the file as UTF-8");
    }
    String text = out.toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /**
   * The content as one JSON object.
   *
   * @throws InputException naming the line if it is not one
   */
  JsonNode json() {
    try {
      JsonNode node = JSON.readTree(text());
      if (!node.isObject()) {
        throw new InputException(
            subject,
            "JSON of type " + node.getNodeType(),
            "a JSON object",
            "check that it is the file you meant");
      }
      return node;
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw new InputException(
          at == null ? subject : subject + " line " + at.getLineNr(),
          "broken JSON (" + e.getOriginalMessage() + ")",
          "a JSON object",
          "download or write the file again",
          e);
    }
  }
}
