package dev.auscult.pretrain;

import dev.auscult.data.ImageFinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A text that images are matched with, and what it states.
 *
 * @param text a sentence of a report, or a whole caption
 * @param findings empty if it states none
 */
record LabelledText(String text, List<ImageFinding> findings) {

  /** Copies the list. */
  LabelledText {
    findings = List.copyOf(findings);
  }

  /**
   * The texts of a sample. Where its findings name their sentences each is a text of its own, and
   * the report's other sentences state nothing; else the caption is one text that states every
   * finding of the sample.
   */
  static List<LabelledText> of(PairedSample sample) {
    Map<String, List<ImageFinding>> bySentence = new LinkedHashMap<>();
    for (ImageFinding finding : sample.findings()) {
      finding
          .sentence()
          .ifPresent(
              text -> bySentence.computeIfAbsent(text, any -> new ArrayList<>()).add(finding));
    }
    if (bySentence.isEmpty()) {
      return sample.caption().stream()
          .map(text -> new LabelledText(text, sample.findings()))
          .toList();
    }
    List<LabelledText> texts = new ArrayList<>();
    bySentence.forEach((text, findings) -> texts.add(new LabelledText(text, findings)));
    others(sample.caption().orElse(""), bySentence.keySet())
        .forEach(text -> texts.add(new LabelledText(text, List.of())));
    return texts;
  }

  private static List<String> others(String report, Iterable<String> stated) {
    String rest = report;
    for (String sentence : stated) {
      rest = rest.replace(sentence, "\n");
    }
    return rest.lines()
        .flatMap(line -> List.of(line.split("(?<=[.!?])\\s+")).stream())
        .map(String::strip)
        .filter(text -> text.chars().anyMatch(Character::isLetter))
        .toList();
  }
}
