package dev.auscult.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {
  private final Path home;

  HubSettingsTest(@TempDir Path home) {
    this.home = home;
  }

  private HubSettings of(String... pairs) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      variables.put(pairs[i], pairs[i + 1]);
    }
    return HubSettings.of(variables, home);
  }

  @Test
  void withoutVariablesItIsThePublicHubAndTheUsersCache() {
    HubSettings settings = of();

    assertThat(settings.endpoint()).isEqualTo(URI.create("https://huggingface.co"));
    assertThat(settings.cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
    assertThat(settings.token()).isEmpty();
    assertThat(settings.offline()).isFalse();
    assertThat(settings.symlinks()).isTrue();
  }

  @Test
  void theMostSpecialVariableNamesTheCache() {
    assertThat(of("XDG_CACHE_HOME", "/x").cache()).isEqualTo(Path.of("/x/huggingface/hub"));
    assertThat(of("XDG_CACHE_HOME", "/x", "HF_HOME", "/h").cache()).isEqualTo(Path.of("/h/hub"));
    assertThat(of("HF_HOME", "/h", "HUGGINGFACE_HUB_CACHE", "/c").cache()).isEqualTo(Path.of("/c"));
    assertThat(of("HUGGINGFACE_HUB_CACHE", "/c", "HF_HUB_CACHE", "/d").cache())
        .isEqualTo(Path.of("/d"));
    assertThat(of("HF_HUB_CACHE", " ").cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
  }

  @Test
  void pathsAreExpandedAsPythonDoes() {
    assertThat(of("HF_HUB_CACHE", "~/models").cache()).isEqualTo(home.resolve("models"));
    assertThat(of("HF_HUB_CACHE", "~").cache()).isEqualTo(home);
    assertThat(of("HF_HUB_CACHE", "$DISK/a/${USER}/$NONE", "DISK", "/d", "USER", "$me").cache())
        .isEqualTo(Path.of("/d/a/$me/$NONE"));
  }

  @ParameterizedTest
  @CsvSource({"1, true", "true, true", "On, true", "YES, true", "0, false", "no, false"})
  void offlineIsOneOfSomeWords(String value, boolean offline) {
    assertThat(of("HF_HUB_OFFLINE", value).offline()).isEqualTo(offline);
    assertThat(of("TRANSFORMERS_OFFLINE", value).offline()).isEqualTo(offline);
    assertThat(of("HF_HUB_DISABLE_SYMLINKS", value).symlinks()).isEqualTo(!offline);
  }

  @Test
  void theTokenComesFromTheEnvironmentOrAFile() throws IOException {
    Path stored = home.resolve(".cache/huggingface/token");
    Files.createDirectories(stored.getParent());
    Files.writeString(stored, "hf_stored\n");
    Path other = Files.writeString(home.resolve("other"), " hf_other ");

    assertThat(authorization(of("HF_TOKEN", " hf_variable\n"))).isEqualTo("Bearer hf_variable");
    assertThat(authorization(of("HUGGING_FACE_HUB_TOKEN", "hf_old"))).isEqualTo("Bearer hf_old");
    assertThat(authorization(of())).isEqualTo("Bearer hf_stored");
    assertThat(authorization(of("HF_TOKEN_PATH", other.toString()))).isEqualTo("Bearer hf_other");
    assertThat(of("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1", "HF_TOKEN", "hf_x").token()).isEmpty();
    Files.writeString(stored, "\n");
    assertThat(of().token()).isEmpty();
  }

  private static String authorization(HubSettings settings) {
    return settings.token().orElseThrow().authorization();
  }

  @Test
  void theTokenIsNeverShown() {
    HubSettings settings = of("HF_TOKEN", "hf_TopSecret123");

    assertThat(settings.toString()).contains("[token]").doesNotContain("TopSecret");
    assertThatThrownBy(() -> of("HF_TOKEN", "hf_Top\nSecret123"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("HF_TOKEN: found characters that no token has")
        .hasMessageNotContaining("Secret");
  }

  @Test
  void aTokenFileThatCannotBeATokenIsNamed() throws IOException {
    Path large = Files.write(home.resolve("large"), new byte[20_000]);

    assertThatThrownBy(() -> of("HF_TOKEN_PATH", large.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("large");
    assertThatThrownBy(() -> of("HF_TOKEN_PATH", home.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(home.toString());
  }

  @Test
  void aMirrorTakesThePlaceOfTheHub() {
    assertThat(of("HF_ENDPOINT", "http://mirror.clinic:8080/hf//").endpoint())
        .isEqualTo(URI.create("http://mirror.clinic:8080/hf"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mirror",
        "ftp://mirror",
        "https://",
        "https://mi rror",
        "https://m?x=1",
        "file:/x"
      })
  void refusesAnAddressThatIsNoHub(String address) {
    assertThatThrownBy(() -> of("HF_ENDPOINT", address))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("HF_ENDPOINT: found \"" + address);
  }

  @Test
  void doesNotShowAPasswordInAnAddress() {
    assertThatThrownBy(() -> of("HF_ENDPOINT", "https://me:secret@mirror.clinic"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a user name in the address of mirror.clinic")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> of("HTTPS_PROXY", "socks5://me:secret@proxy:1"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageNotContaining("secret");
  }

  @Test
  void proxiesOfTheEnvironmentAreUsed() {
    ProxySelector proxies =
        of(
                "https_proxy",
                "http://proxy.clinic:3128",
                "ALL_PROXY",
                "other.clinic",
                "NO_PROXY",
                "mirror.clinic, .lan,*.ward")
            .proxies();

    assertThat(proxyFor(proxies, "https://huggingface.co/x")).isEqualTo("proxy.clinic:3128");
    assertThat(proxyFor(proxies, "http://huggingface.co/x")).isEqualTo("other.clinic:80");
    assertThat(proxyFor(proxies, "https://mirror.clinic/x")).isEqualTo("none");
    assertThat(proxyFor(proxies, "https://a.mirror.clinic/x")).isEqualTo("none");
    assertThat(proxyFor(proxies, "https://hub.lan/x")).isEqualTo("none");
    assertThat(proxyFor(proxies, "https://hub.ward/x")).isEqualTo("none");
    assertThat(proxyFor(proxies, "https://notmirror.clinic/x")).isEqualTo("proxy.clinic:3128");
    assertThat(proxyFor(proxies, "http://127.0.0.1:8000/x")).isEqualTo("none");
    assertThat(proxyFor(proxies, "http://localhost/x")).isEqualTo("none");
    assertThat(proxyFor(proxies, "http://[::1]/x")).isEqualTo("none");
  }

  private static String proxyFor(ProxySelector proxies, String address) {
    Proxy proxy = proxies.select(URI.create(address)).get(0);
    return proxy.address() instanceof InetSocketAddress at
        ? at.getHostString() + ":" + at.getPort()
        : "none";
  }

  @Test
  void withoutProxiesInTheEnvironmentThoseOfJavaAreUsed() {
    assertThat(of().proxies()).isSameAs(ProxySelector.getDefault());
  }
}
