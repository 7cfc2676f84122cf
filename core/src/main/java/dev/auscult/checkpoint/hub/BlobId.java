package dev.auscult.checkpoint.hub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a file's content, which is a hash of it; the hub calls it the entity tag.
 *
 * @param kind which hash
 * @param hex lower-case hexadecimal digits
 */
record BlobId(Kind kind, String hex) {
  /** How content is named. */
  enum Kind {
    /** Large files: SHA-256 of the bytes, 64 digits. */
    SHA_256,
    /** Small files: git's SHA-1 of the header {@code blob SIZE\0} and the bytes, 40 digits. */
    GIT
  }

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern GIT = Pattern.compile("[0-9a-f]{40}");

  /** Checks the form. */
  BlobId {
    if (!(kind == Kind.SHA_256 ? SHA_256 : GIT).matcher(hex).matches()) {
      throw new IllegalArgumentException("no hash of kind " + kind + ": " + hex);
    }
  }

  /** The content of that name, or empty if the text is no hash of either kind. */
  static Optional<BlobId> of(String text) {
    if (SHA_256.matcher(text).matches()) {
      return Optional.of(new BlobId(Kind.SHA_256, text));
    }
    return GIT.matcher(text).matches() ? Optional.of(new BlobId(Kind.GIT, text)) : Optional.empty();
  }

  /** The content that an entity tag names, quotes and the mark of weakness taken off. */
  static Optional<BlobId> ofTag(String tag) {
    String strong = tag.startsWith("W/") ? tag.substring(2) : tag;
    return of(strong.replaceAll("^\"|\"$", ""));
  }

  /** A digest that gives {@link #hex} once all {@code size} bytes of the content have gone in. */
  MessageDigest digest(long size) {
    MessageDigest digest = algorithm(kind == Kind.SHA_256 ? "SHA-256" : "SHA-1");
    if (kind == Kind.GIT) {
      digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
    }
    return digest;
  }

  private static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + name, e);
    }
  }

  @Override
  public String toString() {
    return (kind == Kind.SHA_256 ? "SHA-256 " : "git SHA-1 ") + hex;
  }
}
