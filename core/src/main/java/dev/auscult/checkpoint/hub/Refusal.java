package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import java.util.Optional;

/** Tells what a refusing answer of the hub means, and what the user can do. */
final class Refusal {
  private static final int UNAUTHORISED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final int PROXY = 407;

  private final HubSettings settings;
  private final HubReference reference;

  Refusal(HubSettings settings, HubReference reference) {
    this.settings = settings;
    this.reference = reference;
  }

  /**
   * The error to throw for an answer that is neither a success nor passing trouble.
   *
   * @param file the file that was asked for, if it was one
   */
  InputException explain(HubResponse answer, Optional<String> file) {
    String code = answer.header("X-Error-Code").orElse("");
    return switch (code) {
      case "GatedRepo" -> gated();
      case "RepoNotFound" -> noRepository();
      case "RevisionNotFound" -> noRevision();
      case "EntryNotFound" -> noFile(file.orElse("file"));
      default -> byStatus(answer, file);
    };
  }

  private InputException byStatus(HubResponse answer, Optional<String> file) {
    return switch (answer.status()) {
      case UNAUTHORISED -> settings.token().isPresent() ? tokenRefused(answer) : noRepository();
      case FORBIDDEN -> forbidden(answer);
      case NOT_FOUND, GONE -> file.map(this::noFile).orElseGet(this::noRepository);
      case PROXY ->
          refused(
              "a proxy that asks for a password",
              "a proxy without one",
              "let the administrator open a way to " + settings.endpoint().getHost());
      default ->
          refused(
              "HTTP status %d from %s%s".formatted(answer.status(), answer.host(), words(answer)),
              "the repository's files",
              "check HF_ENDPOINT and the name");
    };
  }

  private InputException gated() {
    return refused(
        settings.token().isPresent()
            ? "a gated repository that the token's account may not read"
            : "a gated repository",
        "one that may be read",
        "accept the terms at %s and %s"
            .formatted(
                settings.pageOf(reference),
                settings.token().isPresent()
                    ? "use a token of the same account that may read gated repositories"
                    : "set HF_TOKEN"));
  }

  private InputException tokenRefused(HubResponse answer) {
    return refused(
        "a token that is not accepted" + words(answer),
        "a valid one",
        "check HF_TOKEN and the stored token, or accept the terms at "
            + settings.pageOf(reference));
  }

  private InputException forbidden(HubResponse answer) {
    return refused(
        "no permission to read it" + words(answer),
        "a repository that may be read",
        "if it is gated, accept the terms at %s and set HF_TOKEN"
            .formatted(settings.pageOf(reference)));
  }

  private InputException noRepository() {
    return refused(
        "no such repository on " + settings.endpoint(),
        "one that may be read",
        settings.token().isPresent()
            ? "check the name, and that the token may read it"
            : "check the name; if it is private or gated, accept the terms at %s and set HF_TOKEN"
                .formatted(settings.pageOf(reference)));
  }

  private InputException noRevision() {
    return refused(
        "no such revision as " + reference.revision(),
        "a branch, a tag or a commit of the repository",
        "see " + settings.pageOf(reference) + "/commits/main");
  }

  private InputException noFile(String file) {
    return refused(
        "no file \"%s\" at revision %s".formatted(file, reference.revision()),
        "one of the repository's files",
        "see " + settings.pageOf(reference) + "/tree/" + reference.revision());
  }

  private InputException refused(String found, String expected, String nextStep) {
    return new InputException("model " + reference, found, expected, nextStep);
  }

  /** What the server says about it, without the token should it repeat it. */
  private String words(HubResponse answer) {
    return answer
        .header("X-Error-Message")
        .map(words -> settings.token().map(token -> token.hideIn(words)).orElse(words))
        .map(words -> " (\"%s\")".formatted(words.substring(0, Math.min(words.length(), 200))))
        .orElse("");
  }
}
