package dev.auscult.data.phantom;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a question asks for. Each candidate answer has one opening phrase that can betray it. */
public enum QuestionCategory {
  /** Whether a given finding is there; as often yes as no, whatever finding is asked for. */
  PRESENCE(List.of("yes", "no"), List.of("Please confirm:", "Can you exclude:")),
  /** Which finding there is. */
  FINDING(
      Arrays.stream(FindingClass.values()).map(FindingClass::term).toList(),
      List.of(
          "For the record:",
          "Looking closely:",
          "In your opinion:",
          "Quick question:",
          "Before the round:")),
  /** On which side. */
  SIDE(
      Arrays.stream(Side.values()).map(Side::term).toList(),
      List.of("Kindly state:", "Just to be sure:", "Colleague asks:", "One more thing:")),
  /** In which place. */
  LOCATION(
      Arrays.stream(Finding.values())
          .filter(finding -> finding != Finding.NORMAL)
          .map(Finding::concept)
          .distinct()
          .toList(),
      List.of(
          "Second reader:",
          "Short answer:",
          "At a glance:",
          "From the ward:",
          "Teaching case:",
          "Final check:",
          "On this film:",
          "If possible:",
          "Routine review:",
          "Night shift:")),
  /** How much of it. */
  SEVERITY(
      Arrays.stream(Severity.values()).map(Severity::term).toList(),
      List.of("Tell me:", "Briefly:", "In one word:"));

  @SuppressWarnings("ImmutableEnumChecker") // copied in the constructor
  private final List<String> candidates;

  @SuppressWarnings("ImmutableEnumChecker") // copied in the constructor
  private final List<String> cues;

  QuestionCategory(List<String> candidates, List<String> cues) {
    this.candidates = List.copyOf(candidates);
    this.cues = List.copyOf(cues);
  }

  /** As written in manifests, e.g. {@code presence}. */
  public String term() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All answers, in a fixed order. */
  public List<String> candidates() {
    return candidates;
  }

  /** The opening phrases, one per candidate and in the same order. */
  public List<String> cues() {
    return cues;
  }
}
