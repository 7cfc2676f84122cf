package dev.auscult.data.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.Seed;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuestionsTest {
  private static final int N = 5200;
  private static final Pattern CLASS =
      Pattern.compile(".*(pleural effusion|atelectasis|cardiomegaly|consolidation|normal chest).*");
  private static final PhantomConfig CONFIG = PhantomConfig.of(N, new Seed(3));

  @Test
  void everyAnswerIsACandidateOfItsCategory() {
    PhantomDataset phantoms = new PhantomDataset(CONFIG.withCount(260));
    for (int i = 0; i < 260; i++) {
      for (QuestionCategory category : QuestionCategory.values()) {
        Optional<Question> question = phantoms.phantom(i).question(category);
        question.ifPresent(asked -> assertThat(asked.answer()).isIn(asked.candidates()));
      }
      assertThat(phantoms.phantom(i).question().text()).endsWith("?");
    }
  }

  @Test
  void everyAnswerHasItsOwnCueAndNoTwoCategoriesShareOne() {
    Set<String> cues = new HashSet<>();
    int answers = 0;
    for (QuestionCategory category : QuestionCategory.values()) {
      assertThat(category.cues()).hasSameSizeAs(category.candidates());
      cues.addAll(category.cues());
      answers += category.candidates().size();
    }
    assertThat(cues).hasSize(answers);
  }

  @Test
  void yesAndNoAreEquallyFrequent() {
    int yes = 0;
    for (Question question : questions(QuestionCategory.PRESENCE, CueMode.NONE)) {
      yes += question.answer().equals("yes") ? 1 : 0;
    }
    assertThat(yes).isBetween(N / 2 - 110, N / 2 + 110); // three standard errors
  }

  @Test
  void theFindingAskedForSaysNothingAboutTheAnswer() {
    List<Question> asked = questions(QuestionCategory.PRESENCE, CueMode.NONE);
    double statistic =
        Independence.chiSquare(
            asked, Question::answer, question -> CLASS.matcher(question.text()).replaceAll("$1"));
    assertThat(statistic).isLessThan(23.5); // p = 1e-4 at 4 degrees of freedom
  }

  @Test
  void withoutCuesTheWordingSaysNothingAboutTheAnswer() {
    // p = 1e-4 at (answers - 1)(wordings - 1) degrees of freedom
    Map<QuestionCategory, Double> critical =
        Map.of(
            QuestionCategory.PRESENCE, 15.1,
            QuestionCategory.FINDING, 45.9,
            QuestionCategory.SIDE, 33.7,
            QuestionCategory.LOCATION, 135.0,
            QuestionCategory.SEVERITY, 23.5);
    critical.forEach(
        (category, limit) -> {
          List<Question> asked = questions(category, CueMode.NONE);
          assertThat(Independence.chiSquare(asked, Question::answer, QuestionsTest::cue))
              .as(category.term())
              .isLessThan(limit);
          assertThat(Independence.chiSquare(asked, Question::answer, QuestionsTest::body))
              .isLessThan(limit + 30);
        });
  }

  @Test
  void presentCuesBetrayTheAnswerAndMisleadingOnesNameAnother() {
    for (QuestionCategory category : QuestionCategory.values()) {
      for (Question question : questions(category, CueMode.PRESENT, 520)) {
        assertThat(cued(question)).isEqualTo(question.answer());
      }
      for (Question question : questions(category, CueMode.MISLEADING, 520)) {
        assertThat(cued(question)).isNotEqualTo(question.answer());
      }
    }
  }

  @Test
  void theModesChangeNothingButTheCue() {
    for (QuestionCategory category : QuestionCategory.values()) {
      List<Question> plain = questions(category, CueMode.NONE, 520);
      List<Question> cued = questions(category, CueMode.PRESENT, 520);
      for (int i = 0; i < plain.size(); i++) {
        assertThat(body(cued.get(i))).isEqualTo(body(plain.get(i)));
        assertThat(cued.get(i).answer()).isEqualTo(plain.get(i).answer());
      }
    }
  }

  private static List<Question> questions(QuestionCategory category, CueMode mode) {
    return questions(category, mode, N);
  }

  private static List<Question> questions(QuestionCategory category, CueMode mode, int n) {
    PhantomConfig config = CONFIG.withCue(mode);
    return IntStream.range(0, n)
        .mapToObj(i -> new Phantom(config, i).question(category))
        .flatMap(Optional::stream)
        .toList();
  }

  private static String cue(Question question) {
    return question.category().cues().stream()
        .filter(question.text()::startsWith)
        .findFirst()
        .orElseThrow();
  }

  private static String body(Question question) {
    return question.text().substring(cue(question).length()).replaceAll(" (an?|the) ", " ");
  }

  /** The answer that the question's cue belongs to. */
  private static String cued(Question question) {
    List<String> cues = question.category().cues();
    return question.candidates().get(cues.indexOf(cue(question)));
  }
}
