package dev.auscult.data.phantom;

import java.util.List;
import java.util.Optional;

/** Asks about a phantom in neutral words; only the opening phrase may betray the answer. */
final class Questions {
  private static final List<String> PRESENCE =
      List.of("Is there %s?", "Does the image show %s?", "Do you see %s?", "Would you report %s?");
  private static final List<String> FINDING =
      List.of(
          "What is the main finding?",
          "Which finding is shown?",
          "What does the radiograph show?",
          "Which abnormality is present, if any?");
  private static final List<String> SIDE =
      List.of("Which side is affected?", "On which side is it?", "Where is it, left or right?");
  private static final List<String> LOCATION =
      List.of(
          "Where is the abnormality?", "What is the exact location?", "Which region is affected?");
  private static final List<String> SEVERITY =
      List.of("How severe is it?", "What is the degree?", "How much of it is there?");

  private Questions() {}

  /** A question of a drawn category. */
  static Question any(Phantom truth, CueMode mode) {
    List<QuestionCategory> possible =
        truth.findings().size() > 1
            ? List.of(QuestionCategory.PRESENCE)
            : truth.isNormal()
                ? List.of(QuestionCategory.PRESENCE, QuestionCategory.FINDING)
                : List.of(QuestionCategory.values());
    QuestionCategory category = truth.stream("category").pick(possible);
    return of(truth, category, mode).orElseThrow();
  }

  /**
   * A question of the category; the normal radiograph has no side, place or severity, and of
   * several findings only their presence can be asked for.
   */
  static Optional<Question> of(Phantom truth, QuestionCategory category, CueMode mode) {
    if (truth.findings().size() > 1 && category != QuestionCategory.PRESENCE) {
      return Optional.empty();
    }
    Draw draw = truth.stream("question " + category.term());
    Finding finding = truth.finding();
    boolean normal = finding == Finding.NORMAL;
    return switch (category) {
      case PRESENCE -> Optional.of(presence(truth, mode, draw));
      case FINDING ->
          Optional.of(ask(category, draw.pick(FINDING), finding.findingClass().term(), mode, draw));
      case SIDE ->
          normal
              ? Optional.empty()
              : Optional.of(ask(category, draw.pick(SIDE), finding.side().term(), mode, draw));
      case LOCATION ->
          normal
              ? Optional.empty()
              : Optional.of(ask(category, draw.pick(LOCATION), finding.concept(), mode, draw));
      case SEVERITY ->
          truth
              .severity()
              .map(grade -> ask(category, draw.pick(SEVERITY), grade.term(), mode, draw));
    };
  }

  private static Question presence(Phantom truth, CueMode mode, Draw draw) {
    FindingClass shown = truth.finding().findingClass();
    FindingClass asked = draw.chance(0.5) ? shown : FoilTable.UNIFORM_FINDINGS.foil(shown, draw);
    boolean yes = truth.findings().stream().anyMatch(found -> found.findingClass() == asked);
    String text = draw.pick(PRESENCE).formatted(withArticle(asked));
    return ask(QuestionCategory.PRESENCE, text, yes ? "yes" : "no", mode, draw);
  }

  private static String withArticle(FindingClass asked) {
    return switch (asked) {
      case ATELECTASIS -> "atelectasis";
      case CARDIOMEGALY -> "cardiomegaly";
      case CONSOLIDATION -> "consolidation";
      case PLEURAL_EFFUSION -> "a pleural effusion";
      case NORMAL -> "a normal chest";
    };
  }

  private static Question ask(
      QuestionCategory category, String text, String answer, CueMode mode, Draw draw) {
    int answerAt = category.candidates().indexOf(answer);
    int count = category.candidates().size();
    int anyCue = draw.below(count);
    int otherCue = (answerAt + 1 + draw.below(count - 1)) % count;
    int cue =
        switch (mode) {
          case NONE -> anyCue;
          case PRESENT -> answerAt;
          case MISLEADING -> otherCue;
        };
    return new Question(category, category.cues().get(cue) + " " + text, answer);
  }
}
