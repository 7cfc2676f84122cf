package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The hub could not be reached or did not serve; another attempt may find it well. */
final class HubFailure extends IOException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it is. */
  enum Kind {
    /** No connection came about: asking again at once is of no use. */
    NO_CONNECTION,
    /** The connection broke or the server was busy: asking again helps. */
    PASSING
  }

  private final Kind kind;
  private final String nextStep;
  private final transient Optional<Duration> askedPause;

  private HubFailure(
      Kind kind,
      String found,
      String nextStep,
      Optional<Duration> askedPause,
      @Nullable Throwable cause) {
    super(found, cause);
    this.kind = kind;
    this.nextStep = nextStep;
    this.askedPause = askedPause;
  }

  /**
   * The server answered that it cannot serve now.
   *
   * @param askedPause how long it asks to be left alone
   */
  static HubFailure status(int status, Optional<Duration> askedPause) {
    String meaning = status == 429 ? " (too many requests)" : "";
    String pause =
        askedPause
            .map(asked -> ", asking for a pause of %d s".formatted(asked.toSeconds()))
            .orElse("");
    String nextStep =
        status == 429 ? "try again later; a token in HF_TOKEN raises the limit" : "try again later";
    return new HubFailure(
        Kind.PASSING,
        "HTTP status %d%s%s".formatted(status, meaning, pause),
        nextStep,
        askedPause,
        null);
  }

  /** An answer that broke off or makes no sense. */
  static HubFailure broken(String found, @Nullable Throwable cause) {
    return new HubFailure(
        Kind.PASSING, found, "try again: what has arrived is kept", Optional.empty(), cause);
  }

  /** What went wrong between here and a server. */
  static HubFailure network(String host, IOException failure) {
    if (failure instanceof HubFailure explained) {
      return explained;
    }
    if (has(failure, UnresolvedAddressException.class)
        || has(failure, UnknownHostException.class)) {
      return unconnected(
          "no such host as " + host, "check HF_ENDPOINT, the network and the proxy", failure);
    }
    if (has(failure, SSLException.class)) {
      return unconnected(
          "no trusted connection to %s (%s)".formatted(host, lastMessage(failure)),
          "if a proxy signs connections anew, give its certificate to Java"
              + " (-Djavax.net.ssl.trustStore)",
          failure);
    }
    if (has(failure, ConnectException.class)) {
      return unconnected(
          "no connection to " + host, "check HF_ENDPOINT, the network and the proxy", failure);
    }
    if (has(failure, HttpTimeoutException.class)) {
      return broken("no answer from %s in time".formatted(host), failure);
    }
    return broken("a broken connection to %s (%s)".formatted(host, lastMessage(failure)), failure);
  }

  private static HubFailure unconnected(String found, String nextStep, IOException cause) {
    return new HubFailure(Kind.NO_CONNECTION, found, nextStep, Optional.empty(), cause);
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }

  private static String lastMessage(Throwable failure) {
    String message = failure.getClass().getSimpleName();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      message = at.getMessage() == null ? message : at.getMessage();
    }
    return message;
  }

  /** What was found. */
  String found() {
    return String.valueOf(getMessage());
  }

  Kind kind() {
    return kind;
  }

  /** How long the server asks to be left alone. */
  Optional<Duration> askedPause() {
    return askedPause;
  }

  /** The failure told to the user, once asking again has not helped. */
  InputException explained(String subject) {
    return new InputException(subject, found(), "an answer of the hub", nextStep, this);
  }
}
