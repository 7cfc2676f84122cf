package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the hub and its cache are, and what is allowed.
 *
 * @param endpoint the hub or a mirror, without a slash at the end
 * @param cache the folder that holds {@code models--org--name} folders
 * @param token the user's token, sent to {@code endpoint} and to nobody else
 * @param offline whether the network is forbidden
 * @param symlinks whether links may be made in the cache; otherwise files are copied
 * @param proxies which proxy leads where
 * @param patience how long to wait and how often to ask again
 */
public record HubSettings(
    URI endpoint,
    Path cache,
    Optional<HubToken> token,
    boolean offline,
    boolean symlinks,
    ProxySelector proxies,
    Patience patience) {

  /**
   * What the environment says, read as Python's huggingface_hub reads it: {@code HF_ENDPOINT},
   * {@code HF_HUB_CACHE}, {@code HF_HOME}, {@code HF_TOKEN}, {@code HF_TOKEN_PATH}, {@code
   * HF_HUB_OFFLINE}, {@code HF_HUB_DISABLE_SYMLINKS} and the proxy variables.
   *
   * @param variables the environment
   * @param home the user's home folder
   * @throws InputException if a value cannot be used, naming the variable
   */
  public static HubSettings of(Map<String, String> variables, Path home) {
    HubEnvironment environment = new HubEnvironment(variables, home);
    return new HubSettings(
        environment.endpoint(),
        environment.cache(),
        environment.token(),
        environment.offline(),
        environment.symlinks(),
        EnvironmentProxies.of(variables),
        Patience.STANDARD);
  }

  /** What this process's environment says. */
  public static HubSettings fromEnvironment() {
    return of(System.getenv(), Path.of(System.getProperty("user.home", ".")));
  }

  /**
   * Reads the address of a hub.
   *
   * @param source where it stands, for messages
   */
  static URI endpoint(String address, String source) {
    String trimmed = address.replaceAll("/+$", "");
    try {
      URI uri = new URI(trimmed);
      boolean web =
          "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
      if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
        return withoutUser(uri, source);
      }
    } catch (URISyntaxException e) {
      throw badEndpoint(source, "\"%s\"".formatted(address));
    }
    throw badEndpoint(source, "\"%s\"".formatted(address));
  }

  private static URI withoutUser(URI uri, String source) {
    if (uri.getUserInfo() != null) {
      throw badEndpoint(source, "a user name in the address of " + uri.getHost());
    }
    return uri;
  }

  private static InputException badEndpoint(String source, String found) {
    return new InputException(
        source,
        found,
        "the address of a hub such as https://huggingface.co",
        "correct it, or unset it for the public hub; a token goes into HF_TOKEN");
  }

  /** The address of a repository's page. */
  String pageOf(HubReference reference) {
    return endpoint + "/" + reference.repository();
  }
}
