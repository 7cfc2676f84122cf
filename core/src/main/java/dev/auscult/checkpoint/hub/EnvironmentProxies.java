package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}
 * name, in capitals or not; this machine itself is always reached directly.
 */
final class EnvironmentProxies extends ProxySelector {
  private final Proxy forHttp;
  private final Proxy forHttps;
  private final List<String> direct;

  private EnvironmentProxies(Proxy forHttp, Proxy forHttps, List<String> direct) {
    this.forHttp = forHttp;
    this.forHttps = forHttps;
    this.direct = direct;
  }

  /**
   * The environment's proxies, or those of Java's system properties if it names none.
   *
   * @throws InputException if an address cannot be used
   */
  static ProxySelector of(Map<String, String> variables) {
    Proxy http = proxy(variables, "HTTP_PROXY");
    Proxy https = proxy(variables, "HTTPS_PROXY");
    ProxySelector system = ProxySelector.getDefault();
    boolean none = http.equals(Proxy.NO_PROXY) && https.equals(Proxy.NO_PROXY);
    return none && system != null
        ? system
        : new EnvironmentProxies(http, https, exceptions(variables));
  }

  private static List<String> exceptions(Map<String, String> variables) {
    return Arrays.stream(value(variables, "NO_PROXY").orElse("").split(","))
        .map(host -> host.strip().toLowerCase(Locale.ROOT))
        .filter(host -> !host.isEmpty())
        .toList();
  }

  private static Proxy proxy(Map<String, String> variables, String name) {
    return value(variables, name)
        .or(() -> value(variables, "ALL_PROXY"))
        .map(address -> proxy(address, name + " or ALL_PROXY"))
        .orElse(Proxy.NO_PROXY);
  }

  private static Optional<String> value(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name))
        .filter(value -> !value.isBlank())
        .or(() -> Optional.ofNullable(variables.get(name.toLowerCase(Locale.ROOT))))
        .filter(value -> !value.isBlank());
  }

  private static Proxy proxy(String address, String source) {
    try {
      URI uri = URI.create(address.contains("://") ? address : "http://" + address);
      if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
      }
    } catch (IllegalArgumentException e) {
      throw unusable(source, e);
    }
    throw unusable(source, null);
  }

  /** The address itself is not shown, as it may hold a password. */
  private static InputException unusable(String source, @Nullable Exception cause) {
    return new InputException(
        source, "an address that cannot be used", "http://host:port", "correct or unset it", cause);
  }

  @Override
  public List<Proxy> select(URI uri) {
    if (isDirect(uri.getHost().toLowerCase(Locale.ROOT))) {
      return List.of(Proxy.NO_PROXY);
    }
    return List.of("https".equalsIgnoreCase(uri.getScheme()) ? forHttps : forHttp);
  }

  private boolean isDirect(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.startsWith("127.")
        || direct.stream().anyMatch(rule -> covers(rule, host));
  }

  private static boolean covers(String rule, String host) {
    String domain = rule.replaceFirst("^\\*?\\.", "");
    return rule.equals("*") || host.equals(domain) || host.endsWith("." + domain);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {
    // The request itself fails and says so.
  }
}
