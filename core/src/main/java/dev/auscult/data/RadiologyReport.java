package dev.auscult.data;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Free-text radiology reports whose sections begin with a heading in capitals and a colon. */
final class RadiologyReport {
  private static final Pattern HEADING =
      Pattern.compile("^[ \\t]*([A-Z][A-Z /()_-]{2,60}):", Pattern.MULTILINE);
  private static final Pattern PARAGRAPHS = Pattern.compile("\\n\\s*\\n");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private RadiologyReport() {}

  /**
   * Findings and impression, each on one line; where a report has neither, its last paragraph;
   * empty if there is no text at all.
   */
  static Optional<String> text(String report) {
    Map<String, String> sections = sections(report);
    String text =
        Stream.of("FINDINGS", "IMPRESSION")
            .flatMap(name -> sections.entrySet().stream().filter(e -> e.getKey().startsWith(name)))
            .map(Map.Entry::getValue)
            .filter(section -> !section.isEmpty())
            .distinct()
            .collect(Collectors.joining(" "));
    return Optional.of(text.isEmpty() ? lastParagraph(report) : text).filter(t -> !t.isEmpty());
  }

  private static Map<String, String> sections(String report) {
    Map<String, String> sections = new LinkedHashMap<>();
    Matcher heading = HEADING.matcher(report);
    String name = "";
    int from = 0;
    while (heading.find()) {
      add(sections, name, report.substring(from, heading.start()));
      name = heading.group(1).strip().toUpperCase(Locale.ROOT);
      from = heading.end();
    }
    add(sections, name, report.substring(from));
    return sections;
  }

  private static void add(Map<String, String> sections, String name, String text) {
    sections.merge(name, oneLine(text), (a, b) -> (a + " " + b).strip());
  }

  private static String lastParagraph(String report) {
    String last = "";
    for (String paragraph : PARAGRAPHS.split(report.strip(), -1)) {
      String line = oneLine(paragraph);
      if (!line.isEmpty()) {
        last = line;
      }
    }
    return last;
  }

  private static String oneLine(String text) {
    return SPACE.matcher(text.strip()).replaceAll(" ");
  }
}
