package dev.auscult.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.ContentHash;
import dev.auscult.data.ImageSource;
import dev.auscult.image.RgbImage;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnswerCandidatesTest {
  private final AnswerCandidates candidates =
      new AnswerCandidates(
          Stream.of(
                  qa("side", "left"),
                  qa("side", " Right "),
                  qa("side", "right"),
                  qa("side", "both"),
                  qa("organ", "heart"))
              .map(AnswerCandidatesTest::sample)
              .toList());

  @Test
  void areTheDifferentAnswersOfACategorySorted() {
    assertThat(candidates.of("side")).containsExactly("both", "left", "Right");
    assertThat(candidates.of("organ")).containsExactly("heart");
    assertThat(candidates.of("unheard of")).isEmpty();
  }

  @Test
  void wrongOnesAreDistinctAndNeverTheReference() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 50; i++) {
      assertThat(candidates.wrong(qa("side", "RIGHT"), 1, random))
          .hasSize(1)
          .isSubsetOf("both", "left");
      assertThat(candidates.wrong(qa("side", "RIGHT"), 9, random))
          .containsExactlyInAnyOrder("both", "left");
    }
    assertThat(candidates.wrong(qa("organ", "heart"), 3, random)).isEmpty();
  }

  @Test
  void questionAndAnswerAreWordedAsAnAuditScoresThem() {
    assertThat(qa("side", "left").text()).isEqualTo("Question: Which? Answer: left");
  }

  private static QuestionAnswer qa(String category, String answer) {
    return new QuestionAnswer(category, "Which?", answer);
  }

  private static PairedSample sample(QuestionAnswer question) {
    ContentHash hash = ContentHash.of("image");
    return new PairedSample(
        "id",
        new Unread(hash),
        hash,
        Optional.empty(),
        Optional.of(question),
        Optional.empty(),
        List.of());
  }

  private record Unread(ContentHash hash) implements ImageSource {
    @Override
    public String name() {
      return "unread";
    }

    @Override
    public RgbImage read() {
      throw new AssertionError("nobody needs the pixels");
    }
  }
}
