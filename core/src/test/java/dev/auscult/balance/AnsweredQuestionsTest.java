package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.data.Sample;
import dev.auscult.data.SampleBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnsweredQuestionsTest {
  @Test
  void anyOfSeveralReferenceAnswersIsRight() {
    Sample sample =
        question("mri")
            .attribute("answers", Optional.of("MRI; MR - flair ; magnetic resonance"))
            .build();

    assertThat(choices(sample))
        .containsExactly(
            new AnswerChoice("ct", "mri", false),
            new AnswerChoice("mr - flair", "mri", true),
            new AnswerChoice("mri", "mri", true));
  }

  @Test
  void withoutThemOnlyTheAnswerIs() {
    assertThat(choices(question("MRI").build()))
        .extracting(AnswerChoice::correct)
        .containsExactly(false, false, true);
  }

  private static List<AnswerChoice> choices(Sample sample) {
    AnswerSelection selection =
        new AnswerSelection(
            new AnswerSelection.Given(List.of("MRI", "CT", "MR - Flair")),
            AnswerSelection.Target.CORRECT,
            AnswerSelection.AnswerTokens.ALWAYS_PRESENT);
    AnsweredQuestions questions =
        new AnsweredQuestions(
            new ToyDualEncoder().tokenizer(),
            selection,
            CandidateAnswers.toQuestions(selection.candidates(), List.of(sample)));
    return List.of(0, 1, 2).stream()
        .map(candidate -> questions.of(sample, candidate).choice().orElseThrow())
        .toList();
  }

  private static SampleBuilder question(String answer) {
    return new SampleBuilder("q", new ToyData.RandomImage(1))
        .question("what is it ?", Optional.of(answer), Optional.of("modality"));
  }
}
