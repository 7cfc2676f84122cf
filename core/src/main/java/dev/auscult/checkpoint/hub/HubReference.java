package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A model repository on the hub at a revision.
 *
 * @param repository {@code org/name}, or {@code name} alone for the oldest ones
 * @param revision a branch, a tag, a pull request ({@code refs/pr/2}) or a commit
 */
public record HubReference(String repository, String revision) {
  /** What a model's name begins with if it lies on the hub. */
  public static final String PREFIX = "hf:";

  private static final String DEFAULT_REVISION = "main";
  private static final Pattern REPOSITORY =
      Pattern.compile("(\\w([\\w.-]*\\w)?/)?\\w([\\w.-]*\\w)?");
  private static final Pattern REVISION = Pattern.compile("[^\\p{Cntrl} ~^:?*\\[\\\\@]{1,200}");
  private static final int LONGEST_REPOSITORY = 96;

  /** Checks both by the rules of the hub and of git. */
  public HubReference {
    if (!isRepository(repository)) {
      throw malformed(
          spelling(repository, revision),
          "the repository \"%s\"".formatted(RepositoryPath.shown(repository)));
    }
    if (!isRevision(revision)) {
      throw malformed(
          spelling(repository, revision),
          "the revision \"%s\"".formatted(RepositoryPath.shown(revision)));
    }
  }

  /** Whether {@code model} names a model on the hub. */
  public static boolean isHubName(String model) {
    return model.startsWith(PREFIX);
  }

  /**
   * Reads {@code hf:org/name} or {@code hf:org/name@revision}; the revision is {@code main} if none
   * is given.
   *
   * @throws InputException if it has another form
   */
  public static HubReference parse(String model) {
    if (!isHubName(model)) {
      throw malformed(model, "no " + PREFIX + " in front");
    }
    String name = model.substring(PREFIX.length());
    int at = name.indexOf('@');
    return at < 0
        ? new HubReference(name, DEFAULT_REVISION)
        : new HubReference(name.substring(0, at), name.substring(at + 1));
  }

  private static boolean isRepository(String name) {
    return name.length() <= LONGEST_REPOSITORY
        && REPOSITORY.matcher(name).matches()
        && !name.contains("--")
        && !name.contains("..")
        && !name.endsWith(".git");
  }

  private static boolean isRevision(String name) {
    return REVISION.matcher(name).matches()
        && !name.contains("..")
        && Arrays.stream(name.split("/", -1))
            .noneMatch(part -> part.isEmpty() || part.startsWith(".") || part.endsWith(".lock"));
  }

  private static InputException malformed(String model, String found) {
    return new InputException(
        "model " + RepositoryPath.shown(model),
        found,
        "hf:org/name or hf:org/name@revision",
        "check the name, as it stands in the address of the model's page");
  }

  /** Whether the revision is a full commit, whose content never changes. */
  public boolean isPinned() {
    return Commit.isOne(revision);
  }

  /** The reference as a user writes it. */
  @Override
  public String toString() {
    return spelling(repository, revision);
  }

  private static String spelling(String repository, String revision) {
    return PREFIX + repository + (revision.equals(DEFAULT_REVISION) ? "" : "@" + revision);
  }
}
