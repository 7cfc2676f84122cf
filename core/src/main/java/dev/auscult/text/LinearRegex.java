package dev.auscult.text;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises regular expressions that match at least one character, in linear time from any one
 * position: at most one unbounded repetition in each alternative, none in or of a group, no back
 * references. The patterns of CLIP, GPT-2, RoBERTa and BERT tokenizers are of this kind. The native
 * library ends the process on expressions that backtrack for long or match nothing.
 */
final class LinearRegex {
  private static final int MAX_LENGTH = 4096;
  private static final int MAX_OPTIONAL = 3;
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:[pP]\\{\\^?\\w+}|[sSdDwWrnt]|[^\\w\\s])");
  private static final Pattern CLASS = Pattern.compile("\\[\\^?[^\\[\\]]+]");
  private static final Pattern GROUP =
      Pattern.compile("\\((\\?(?:i?:|!|=|<!|<=))?([^()?*+{]*)\\)(?![?*+{])");
  private static final Pattern OPTIONAL = Pattern.compile("[^|][?*][?+]?|[$^]");

  private LinearRegex() {}

  static boolean accepts(String regex) {
    if (regex.length() > MAX_LENGTH) {
      return false;
    }
    String atoms = ESCAPE.matcher(regex).replaceAll("a");
    atoms = CLASS.matcher(atoms).replaceAll("a");
    for (Matcher group = GROUP.matcher(atoms); group.find(); group = GROUP.matcher(atoms)) {
      atoms = group.replaceAll(LinearRegex::atomOf);
    }
    return atoms.chars().noneMatch(c -> "()[]{}\\".indexOf(c) >= 0)
        && alternatives(atoms).stream().allMatch(LinearRegex::linear);
  }

  /** A character for a group that takes some, nothing for one that only looks around. */
  private static String atomOf(MatchResult group) {
    String kind = group.group(1) == null ? "?:" : group.group(1);
    boolean consumes = kind.endsWith(":") && matchesSomething(group.group(2));
    return consumes ? "a" : "";
  }

  private static boolean linear(String alternative) {
    return count(alternative, "*+") <= 1
        && count(alternative, "?") <= MAX_OPTIONAL
        && matchesSomething(alternative);
  }

  private static boolean matchesSomething(String atoms) {
    return alternatives(atoms).stream()
        .noneMatch(alternative -> OPTIONAL.matcher(alternative).replaceAll("").isEmpty());
  }

  private static List<String> alternatives(String atoms) {
    return List.of(atoms.split("\\|", -1));
  }

  private static long count(String text, String characters) {
    return text.chars().filter(c -> characters.indexOf(c) >= 0).count();
  }
}
