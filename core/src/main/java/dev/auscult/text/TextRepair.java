package dev.auscult.text;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.regex.Pattern;

/**
 * The repairs of ftfy 6.3's {@code fix_text} that need no guessing: HTML references, C1 controls,
 * ligatures, full and half width, curly quotes, line ends, terminal escapes, control characters,
 * composed form. Text decoded in the wrong encoding ({@code â€™}) is left as it is; ftfy repairs
 * it.
 */
final class TextRepair {
  private static final Pattern LINE_WITH_END = Pattern.compile("[^\\n]*\\n|[^\\n]+\\z");
  private static final Pattern C1_CONTROL = Pattern.compile("[\\x80-\\x9f]");
  private static final Pattern LIGATURE =
      Pattern.compile("[\\u0132\\u0133\\u0149\\u01c4-\\u01cc\\u01f1-\\u01f3\\ufb00-\\ufb06]");
  private static final Pattern WIDTH = Pattern.compile("[\\u3000\\uff01-\\uffef]");
  private static final Pattern DOUBLE_QUOTE = Pattern.compile("[\\u201c-\\u201f]");
  private static final Pattern SINGLE_QUOTE = Pattern.compile("[\\u02bc\\u2018-\\u201b]");
  private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n|[\\r\\u2028\\u2029\\x85]");
  private static final Pattern TERMINAL_ESCAPE = Pattern.compile("\\x1b\\[[\\d;]*[a-zA-Z]");
  private static final Pattern CONTROL =
      Pattern.compile("[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f\\u206a-\\u206f\\ufeff\\ufff9-\\ufffc]");

  private TextRepair() {}

  /** Line by line, each until nothing changes; from the first {@code <} on, HTML stays as it is. */
  static MappedText repair(MappedText text) {
    MappedText.Builder builder = new MappedText.Builder(text);
    int tag = text.text().indexOf('<');
    LINE_WITH_END
        .matcher(text.text())
        .results()
        .forEach(
            line -> {
              boolean html = tag < 0 || line.end() <= tag;
              builder.append(repairLine(text.substring(line.start(), line.end()), html));
            });
    return builder.build();
  }

  private static MappedText repairLine(MappedText line, boolean html) {
    MappedText before;
    MappedText after = line;
    do {
      before = after;
      after = repairOnce(before, html);
    } while (!after.text().equals(before.text()));
    return after;
  }

  private static MappedText repairOnce(MappedText line, boolean html) {
    return (html ? HtmlEntities.unescapeClosed(line) : line)
        .replaceAll(C1_CONTROL, match -> HtmlEntities.windows(match.group().charAt(0)))
        .replaceAll(LIGATURE, match -> letters(match.group()))
        .replaceAll(WIDTH, match -> Normalizer.normalize(match.group(), Form.NFKC))
        .replaceAll(DOUBLE_QUOTE, "\"")
        .replaceAll(SINGLE_QUOTE, "'")
        .replaceAll(LINE_BREAK, "\n")
        .replaceAll(TERMINAL_ESCAPE, "")
        .replaceAll(CONTROL, "")
        .compose();
  }

  private static String letters(String ligature) {
    return ligature.equals("ﬅ") ? "ſt" : Normalizer.normalize(ligature, Form.NFKC);
  }
}
