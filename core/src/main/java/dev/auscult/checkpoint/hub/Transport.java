package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests and follows redirects. The token goes to the hub's own address only: once a chain
 * of redirects has left it, nothing of the request but the address and the range is sent on.
 */
final class Transport {
  private static final int OK = 200;
  private static final int MOST_REDIRECTS = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Duration CONNECT = Duration.ofSeconds(20);

  private final HubSettings settings;
  private final HttpClient client;

  Transport(HubSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(settings.proxies())
            .connectTimeout(CONNECT)
            .build();
  }

  /**
   * Sends one request and follows where it is led.
   *
   * @param method {@code GET} or {@code HEAD}
   * @param headers beside the usual ones; {@code If-Range} stays with the hub
   * @param pulse called while waiting; it throws if the user wants to stop
   * @throws HubFailure if nobody answers
   * @throws InputException if the redirects lead nowhere
   */
  HubResponse send(String method, URI uri, Map<String, String> headers, Runnable pulse)
      throws HubFailure {
    URI at = uri;
    boolean home = isHome(at);
    @Nullable HttpHeaders linked = null;
    for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
      HttpResponse<Body> answer = sendOnce(request(method, at, home, headers), pulse);
      if (linked == null && answer.headers().firstValue("X-Linked-Etag").isPresent()) {
        linked = answer.headers();
      }
      boolean redirected = REDIRECTS.contains(answer.statusCode());
      boolean described = redirected && method.equals("HEAD") && linked != null;
      if (!redirected || described) {
        int status = described ? OK : answer.statusCode();
        return new HubResponse(
            at,
            status,
            answer.headers(),
            linked == null ? answer.headers() : linked,
            answer.body());
      }
      answer.body().close();
      at = target(at, answer.headers());
      home = home && isHome(at);
    }
    throw astray(uri, "more than %d redirects".formatted(MOST_REDIRECTS), null);
  }

  private boolean isHome(URI uri) {
    return origin(uri).equals(origin(settings.endpoint()));
  }

  private static String origin(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }

  private HttpRequest request(String method, URI uri, boolean home, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("User-Agent", "auscult")
            .header("Accept-Encoding", "identity");
    if (method.equals("HEAD")) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    }
    headers.forEach(
        (name, value) -> {
          if (home || !name.equals("If-Range")) {
            request.header(name, value);
          }
        });
    if (home) {
      settings.token().ifPresent(token -> request.header("Authorization", token.authorization()));
    }
    return request.build();
  }

  private HttpResponse<Body> sendOnce(HttpRequest request, Runnable pulse) throws HubFailure {
    try {
      Patience patience = settings.patience();
      return Waiting.until(
          client.sendAsync(request, Body.handler(patience.silence())), patience.answer(), pulse);
    } catch (IOException e) {
      throw HubFailure.network(request.uri().getAuthority(), e);
    }
  }

  /** Where a redirect leads: anywhere in the web, but never from a secure address to another. */
  static URI target(URI from, HttpHeaders headers) {
    Optional<String> location = headers.firstValue("Location").filter(to -> !to.isBlank());
    if (location.isEmpty()) {
      throw astray(from, "a redirect without a target", null);
    }
    URI target = resolve(from, location.get());
    String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    boolean plain = scheme.equals("http") && !"https".equalsIgnoreCase(from.getScheme());
    if (target.getHost() == null || !(secure || plain)) {
      throw astray(from, "a redirect to %s:, away from the secure web".formatted(scheme), null);
    }
    return target;
  }

  private static URI resolve(URI from, String location) {
    try {
      return from.resolve(URI.create(escaped(location)));
    } catch (IllegalArgumentException e) {
      throw astray(from, "a redirect to no address", e);
    }
  }

  /** Some servers leave characters as they are that an address may not hold. */
  private static String escaped(String location) {
    StringBuilder escaped = new StringBuilder();
    for (byte next : location.getBytes(StandardCharsets.UTF_8)) {
      boolean allowed = next > ' ' && next < 0x7f && "\"<>\\^`{|}".indexOf(next) < 0;
      escaped.append(allowed ? String.valueOf((char) next) : "%%%02X".formatted(next & 0xff));
    }
    return escaped.toString();
  }

  private static InputException astray(URI uri, String found, @Nullable Exception cause) {
    return new InputException(
        shown(uri),
        found,
        "the file or a redirect to it",
        "check HF_ENDPOINT, and that no proxy or login page answers in the hub's place",
        cause);
  }

  /** An address without its query, which may hold signatures. */
  static String shown(URI uri) {
    return uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
  }
}
