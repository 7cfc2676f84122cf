package dev.auscult.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A SHA-256 over content.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record ContentHash(String hex) {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /** Checks the form. */
  public ContentHash {
    if (!SHA_256.matcher(hex).matches()) {
      throw new IllegalArgumentException("not a SHA-256 in hexadecimal: " + hex);
    }
  }

  /** The hash of a file's bytes, read as a stream. */
  public static ContentHash of(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return new ContentHash(HexFormat.of().formatHex(digest.digest()));
  }

  /** The hash of bytes in memory. */
  public static ContentHash of(byte[] bytes) {
    return new ContentHash(HexFormat.of().formatHex(sha256().digest(bytes)));
  }

  /**
   * The hash of several strings in order; each is delimited, so ("ab","c") differs from ("a","bc").
   */
  public static ContentHash of(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    return new ContentHash(HexFormat.of().formatHex(digest.digest()));
  }

  /**
   * The hash of the names and contents of files, in order.
   *
   * @throws UncheckedIOException if one cannot be read
   */
  public static ContentHash ofNamed(List<Path> files) {
    List<String> parts = new ArrayList<>();
    for (Path file : files) {
      parts.add(String.valueOf(file.getFileName()));
      try {
        parts.add(of(file).hex());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
    return of(parts.toArray(String[]::new));
  }

  /** The first twelve digits, enough to recognise a file in a table. */
  public String abbreviated() {
    return hex.substring(0, 12);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
