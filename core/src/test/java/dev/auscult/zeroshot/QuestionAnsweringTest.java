package dev.auscult.zeroshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.ContentHash;
import dev.auscult.base.Progress;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingCache;
import dev.auscult.embed.Embeddings;
import dev.auscult.embed.ToyEncoder;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.text.Tokenizer;
import dev.auscult.text.Tokens;
import dev.auscult.text.Tokens.Token;
import dev.auscult.zeroshot.QuestionAnswering.Choice;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuestionAnsweringTest {
  private static final Embeddings AXES =
      new Embeddings(List.of("x", "y"), new FloatMatrix(2, 3, new float[] {1, 0, 0, 0, 1, 0}));

  @Test
  void theMostSimilarCandidateIsChosen() {
    List<String> answers =
        new QuestionAnswering(embedder())
            .answer(
                AXES,
                List.of(
                    new Choice("which?", List.of("second", "first")),
                    new Choice("which?", List.of("first", "second"))),
                Progress.NONE);

    assertThat(answers).containsExactly("first", "second");
  }

  @Test
  void theFirstOfEqualsIsChosen() {
    List<String> answers =
        new QuestionAnswering(embedder())
            .answer(
                AXES,
                List.of(
                    new Choice("q", List.of("same", "equal")), new Choice("q", List.of("only"))),
                Progress.NONE);

    assertThat(answers).containsExactly("same", "only");
  }

  @Test
  void everyImageNeedsItsQuestion() {
    assertThatThrownBy(
            () -> new QuestionAnswering(embedder()).answer(AXES, List.of(), Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Choice("q", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Embeds texts that end in "first" along the first axis, "second" along the second. */
  private static Embedder embedder() {
    ToyEncoder encoder =
        new ToyEncoder() {
          @Override
          public Tokenizer tokenizer() {
            return new LastWord();
          }
        };
    return new Embedder(encoder, new Compute(1, DType.FLOAT32, 0), EmbeddingCache.none());
  }

  private static final class LastWord implements Tokenizer {
    @Override
    public Tokens encode(String text) {
      int axis = text.endsWith("Answer: first") ? 0 : text.endsWith("Answer: second") ? 1 : 2;
      return new Tokens(
          IntStream.range(0, 3)
              .mapToObj(k -> new Token(k == axis ? 1 : 0, "", 0, 0, false))
              .toList(),
          0);
    }

    @Override
    public int contextLength() {
      return 3;
    }

    @Override
    public int padId() {
      return 0;
    }

    @Override
    public int maskId() {
      return 0;
    }

    @Override
    public int vocabularySize() {
      return 2;
    }

    @Override
    public ContentHash hash() {
      return ContentHash.of("last word");
    }
  }
}
