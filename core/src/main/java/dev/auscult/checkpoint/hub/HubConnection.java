package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.JsonFile;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the hub is asked about one repository: its listing, a file's content name, its bytes. */
final class HubConnection {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int FORBIDDEN = 403;
  private static final int TIMEOUT = 408;
  private static final int NO_SUCH_RANGE = 416;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final Pattern RATE_LIMIT = Pattern.compile(".*\\bt=(\\d{1,9})\\b.*");

  private final HubSettings settings;
  private final HubReference reference;
  private final Transport transport;
  private final Refusal refusal;
  private final Runnable pulse;
  private final Consumer<String> remarks;

  /**
   * @param pulse called while waiting; it throws if the user wants to stop
   * @param remarks is told why and how long is waited before asking again
   */
  HubConnection(
      HubSettings settings, HubReference reference, Runnable pulse, Consumer<String> remarks) {
    this.settings = settings;
    this.reference = reference;
    this.transport = new Transport(settings);
    this.refusal = new Refusal(settings, reference);
    this.pulse = pulse;
    this.remarks = remarks;
  }

  /** Called while waiting. */
  Runnable pulse() {
    return pulse;
  }

  /** Counts the failures of one request to this hub. */
  Retries retries(Consumer<String> remarks) {
    return new Retries(settings.patience(), pulse, remarks);
  }

  /**
   * The repository's files at the revision.
   *
   * @throws HubFailure if the hub cannot be reached, or does not serve after several attempts
   * @throws InputException if there is no such repository, it may not be read, or the answer makes
   *     no sense
   */
  RepositoryListing list() throws HubFailure {
    URI uri =
        address(
            "/api/models/"
                + quotedPath(reference.repository())
                + "/revision/"
                + quoted(reference.revision())
                + "?blobs=true");
    byte[] json =
        persistently(
            () -> {
              try (HubResponse answer = accepted("GET", uri, Map.of(), Optional.empty())) {
                return small(answer);
              }
            });
    return RepositoryListing.parse(json, Transport.shown(uri));
  }

  private byte[] small(HubResponse answer) throws HubFailure {
    try {
      return answer
          .body()
          .all(JsonFile.MAX_BYTES, pulse)
          .orElseThrow(
              () ->
                  new InputException(
                      Transport.shown(answer.uri()),
                      "more than %d bytes".formatted(JsonFile.MAX_BYTES),
                      "the listing of a repository",
                      "check HF_ENDPOINT and the name"));
    } catch (IOException e) {
      throw HubFailure.network(answer.host(), e);
    }
  }

  /**
   * The size and content name of a file that the listing does not describe.
   *
   * @throws HubFailure if the hub cannot be reached
   * @throws InputException if there is no such file, or the hub does not say what it holds
   */
  HubFile describe(Commit commit, String name) throws HubFailure {
    return persistently(
        () -> {
          try (HubResponse answer =
              accepted("HEAD", fileAddress(commit, name), Map.of(), Optional.of(name))) {
            return described(name, answer);
          }
        });
  }

  private HubFile described(String name, HubResponse answer) {
    Optional<BlobId> blob =
        answer
            .linked()
            .firstValue("X-Linked-Etag")
            .or(() -> answer.header("ETag"))
            .flatMap(BlobId::ofTag);
    Optional<Long> size =
        answer
            .linked()
            .firstValue("X-Linked-Size")
            .or(() -> answer.header("Content-Length"))
            .filter(digits -> digits.matches("\\d{1,18}"))
            .map(Long::valueOf);
    if (blob.isEmpty() || size.isEmpty()) {
      throw new InputException(
          "file %s of %s".formatted(name, reference),
          "no hash and size of its content",
          "the headers ETag or X-Linked-Etag, and Content-Length or X-Linked-Size",
          "check that HF_ENDPOINT is the hub or a full mirror of it");
    }
    return new HubFile(name, size.get(), blob.get());
  }

  /**
   * Asks once for a file's bytes.
   *
   * @param from the first byte that is wanted
   * @return an answer of status 200, 206 or 416
   * @throws HubFailure if it does not come
   */
  HubResponse open(Commit commit, HubFile file, long from) throws HubFailure {
    Map<String, String> headers =
        from == 0
            ? Map.of()
            : Map.of("Range", "bytes=" + from + "-", "If-Range", "\"" + file.blob().hex() + "\"");
    return accepted("GET", fileAddress(commit, file.name()), headers, Optional.of(file.name()));
  }

  private URI fileAddress(Commit commit, String name) {
    return address(
        "/" + quotedPath(reference.repository()) + "/resolve/" + commit + "/" + quotedPath(name));
  }

  private URI address(String path) {
    return URI.create(settings.endpoint() + path);
  }

  private static String quotedPath(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(HubConnection::quoted)
        .collect(Collectors.joining("/"));
  }

  private static String quoted(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HubResponse accepted(
      String method, URI uri, Map<String, String> headers, Optional<String> file)
      throws HubFailure {
    HubResponse answer = transport.send(method, uri, headers, pulse);
    int status = answer.status();
    boolean ranged = status == PARTIAL || status == NO_SUCH_RANGE;
    if (status == OK || (ranged && file.isPresent())) {
      return answer;
    }
    answer.close();
    if (status == TIMEOUT || status == TOO_MANY || status >= SERVER_ERROR || isStale(answer)) {
      throw HubFailure.status(status, askedPause(answer));
    }
    throw refusal.explain(answer, file);
  }

  /** Whether a store to which the hub led says that the address it gave has run out. */
  private boolean isStale(HubResponse answer) {
    return answer.status() == FORBIDDEN
        && !answer.host().equals(settings.endpoint().getAuthority())
        && answer.header("X-Error-Code").isEmpty();
  }

  private static Optional<Duration> askedPause(HubResponse answer) {
    return answer
        .header("Retry-After")
        .flatMap(HubConnection::retryAfter)
        .or(() -> answer.header("RateLimit").flatMap(HubConnection::rateLimitReset));
  }

  private static Optional<Duration> retryAfter(String value) {
    if (value.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration pause = Duration.between(Instant.now(), until);
      return Optional.of(pause.isNegative() ? Duration.ZERO : pause);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> rateLimitReset(String value) {
    Matcher matcher = RATE_LIMIT.matcher(value);
    return matcher.matches()
        ? Optional.of(Duration.ofSeconds(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  /** One attempt at a request. */
  @FunctionalInterface
  private interface Attempt<T> {
    T make() throws HubFailure;
  }

  private <T> T persistently(Attempt<T> attempt) throws HubFailure {
    Retries retries = retries(remarks);
    while (true) {
      try {
        return attempt.make();
      } catch (HubFailure e) {
        retries.failed(e);
      }
    }
  }
}
