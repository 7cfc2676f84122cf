package dev.auscult.checkpoint.hub;

import dev.auscult.base.InputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Names of files in repositories; only those that stay inside a folder on any system are taken. */
final class RepositoryPath {
  private static final Pattern FORBIDDEN = Pattern.compile(".*[\\p{Cntrl}\\\\].*|[A-Za-z]:.*");
  private static final int LONGEST = 1024;
  private static final int LONGEST_PART = 255;
  private static final int LONGEST_SHOWN = 120;

  private RepositoryPath() {}

  /** Whether the name is relative, has no step up, no empty part, no backslash and no drive. */
  static boolean isSafe(String name) {
    return name.length() <= LONGEST
        && !FORBIDDEN.matcher(name).matches()
        && Arrays.stream(name.split("/", -1)).allMatch(RepositoryPath::isSafePart)
        && isValidHere(name);
  }

  private static boolean isSafePart(String part) {
    return !part.isBlank()
        && !part.equals(".")
        && !part.equals("..")
        && part.length() <= LONGEST_PART;
  }

  private static boolean isValidHere(String name) {
    try {
      return !Path.of(name).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * The name itself.
   *
   * @param where who gave it, for the message
   * @throws InputException if it may lead out of the folder
   */
  static String checked(String name, String where) {
    if (!isSafe(name)) {
      throw new InputException(
          where,
          "the file name \"%s\"".formatted(shown(name)),
          "a relative path inside the repository",
          "do not use this repository: the name leads elsewhere");
    }
    return name;
  }

  /** A name of any length as a message can hold it. */
  static String shown(String name) {
    return name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "...";
  }
}
