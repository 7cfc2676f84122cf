package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables of Python's huggingface_hub, with its order of precedence. */
final class HubEnvironment {
  private static final String PUBLIC_HUB = "https://huggingface.co";
  private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");
  private static final int LONGEST_TOKEN_FILE = 10_000;

  private final Map<String, String> variables;
  private final Path home;

  /**
   * @param variables the environment
   * @param home the user's home folder
   */
  HubEnvironment(Map<String, String> variables, Path home) {
    this.variables = Map.copyOf(variables);
    this.home = home;
  }

  /** {@code HF_ENDPOINT}, else the public hub. */
  URI endpoint() {
    return HubSettings.endpoint(value("HF_ENDPOINT").orElse(PUBLIC_HUB), "HF_ENDPOINT");
  }

  /** {@code HF_HUB_CACHE}, else {@code HUGGINGFACE_HUB_CACHE}, else {@code hub} in the home. */
  Path cache() {
    return path("HF_HUB_CACHE")
        .or(() -> path("HUGGINGFACE_HUB_CACHE"))
        .orElseGet(() -> hubHome().resolve("hub"));
  }

  /** {@code HF_HOME}, else {@code huggingface} in the user's cache folder. */
  private Path hubHome() {
    return path("HF_HOME")
        .orElseGet(
            () ->
                path("XDG_CACHE_HOME")
                    .orElseGet(() -> home.resolve(".cache"))
                    .resolve("huggingface"));
  }

  /** {@code HF_TOKEN}, else the token file, unless implicit tokens are forbidden. */
  Optional<HubToken> token() {
    if (isTrue("HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
      return Optional.empty();
    }
    return tokenIn("HF_TOKEN").or(() -> tokenIn("HUGGING_FACE_HUB_TOKEN")).or(this::storedToken);
  }

  private Optional<HubToken> tokenIn(String variable) {
    return value(variable).map(secret -> HubToken.of(secret, variable));
  }

  private Optional<HubToken> storedToken() {
    Path file = path("HF_TOKEN_PATH").orElseGet(() -> hubHome().resolve("token"));
    try {
      if (Files.size(file) > LONGEST_TOKEN_FILE) {
        throw new InputException(
            file.toString(), "a large file", "a file with a token", "check HF_TOKEN_PATH");
      }
      String content = Files.readString(file);
      return content.isBlank()
          ? Optional.empty()
          : Optional.of(HubToken.of(content, file.toString()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new InputException(
          file.toString(),
          "a token file that cannot be read",
          "a readable one, or none",
          "check its permissions, or set HF_TOKEN",
          e);
    }
  }

  /** Whether {@code HF_HUB_OFFLINE} or {@code TRANSFORMERS_OFFLINE} forbids the network. */
  boolean offline() {
    return value("HF_HUB_OFFLINE").isPresent()
        ? isTrue("HF_HUB_OFFLINE")
        : isTrue("TRANSFORMERS_OFFLINE");
  }

  /** Unless {@code HF_HUB_DISABLE_SYMLINKS} forbids links. */
  boolean symlinks() {
    return !isTrue("HF_HUB_DISABLE_SYMLINKS");
  }

  private boolean isTrue(String variable) {
    return value(variable)
        .map(value -> TRUE.contains(value.toUpperCase(Locale.ROOT)))
        .orElse(false);
  }

  private Optional<String> value(String variable) {
    return Optional.ofNullable(variables.get(variable)).filter(value -> !value.isBlank());
  }

  /** A path, with {@code ~} and {@code $VARIABLE} replaced. */
  private Optional<Path> path(String variable) {
    return value(variable).map(value -> toPath(value, variable));
  }

  private Path toPath(String value, String variable) {
    String expanded = VARIABLE.matcher(value).replaceAll(this::replacement);
    try {
      if (expanded.equals("~")) {
        return home;
      }
      return expanded.startsWith("~/") ? home.resolve(expanded.substring(2)) : Path.of(expanded);
    } catch (InvalidPathException e) {
      throw new InputException(
          variable, "\"%s\"".formatted(value), "a path", "correct it or unset it", e);
    }
  }

  private String replacement(MatchResult match) {
    String name = match.group(1) == null ? match.group(2) : match.group(1);
    return Matcher.quoteReplacement(variables.getOrDefault(name, match.group()));
  }
}
