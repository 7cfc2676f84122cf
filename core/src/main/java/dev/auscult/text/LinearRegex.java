package dev.auscult.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises regular expressions whose matching from one position takes linear time: at most one
 * unbounded repetition in each alternative, none in or of a group, no back references. The patterns
 * of CLIP, GPT-2, RoBERTa and BERT tokenizers are of this kind. The native engine gives up on
 * expressions that backtrack for long, and takes the process with it.
 */
final class LinearRegex {
  private static final int MAX_LENGTH = 4096;
  private static final int MAX_OPTIONAL = 3;
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:[pP]\\{\\^?\\w+}|[sSdDwWrnt]|[^\\w\\s])");
  private static final Pattern CLASS = Pattern.compile("\\[\\^?[^\\[\\]]+]");
  private static final Pattern GROUP =
      Pattern.compile("\\((?:\\?(?:i?:|!|=|<!|<=))?([^()?*+{}]*)\\)(?![?*+{])");

  private LinearRegex() {}

  static boolean accepts(String regex) {
    if (regex.length() > MAX_LENGTH) {
      return false;
    }
    String atoms = ESCAPE.matcher(regex).replaceAll("a");
    atoms = CLASS.matcher(atoms).replaceAll("a");
    for (Matcher group = GROUP.matcher(atoms); group.find(); group = GROUP.matcher(atoms)) {
      atoms = group.replaceAll("a");
    }
    if (atoms.chars().anyMatch(c -> "()[]{}\\".indexOf(c) >= 0)) {
      return false;
    }
    for (String alternative : atoms.split("\\|", -1)) {
      if (count(alternative, "*+") > 1 || count(alternative, "?") > MAX_OPTIONAL) {
        return false;
      }
    }
    return true;
  }

  private static long count(String text, String characters) {
    return text.chars().filter(c -> characters.indexOf(c) >= 0).count();
  }
}
