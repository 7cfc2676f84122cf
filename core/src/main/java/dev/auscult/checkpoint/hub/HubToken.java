package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;

/** A user's secret key for the hub; never shown, not even in part. */
public final class HubToken {
  private static final String HIDDEN = "[token]";

  private final String secret;

  private HubToken(String secret) {
    this.secret = secret;
  }

  /**
   * A token; white space around it is dropped.
   *
   * @param source where it stands, for messages
   * @throws InputException if it is empty or has characters that no token has
   */
  public static HubToken of(String secret, String source) {
    String stripped = secret.strip();
    if (!stripped.matches("[!-~]+")) {
      throw new InputException(
          source,
          stripped.isEmpty() ? "nothing" : "characters that no token has",
          "a token such as hf_...",
          "copy the token again from the settings of your account");
    }
    return new HubToken(stripped);
  }

  /** The value of the header {@code Authorization}. */
  String authorization() {
    return "Bearer " + secret;
  }

  /** {@code text} without the token, should a server send it back. */
  String hideIn(String text) {
    return text.replace(secret, HIDDEN);
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
