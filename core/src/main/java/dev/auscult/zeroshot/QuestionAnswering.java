package dev.auscult.zeroshot;

import dev.auscult.base.Progress;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.Embeddings;
import dev.auscult.embed.TextItem;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers questions about images by choosing: the candidate answer whose text {@code Question: q
 * Answer: a} is most similar to the image; the first of equals.
 */
public final class QuestionAnswering {
  private static final String TEMPLATE = "Question: %s Answer: %s";

  private final Embedder embedder;

  /**
   * @param embedder of the model that embedded the images
   */
  public QuestionAnswering(Embedder embedder) {
    this.embedder = embedder;
  }

  /**
   * A question with the answers to choose from.
   *
   * @param question about one image
   * @param candidates at least one
   */
  public record Choice(String question, List<String> candidates) {
    /** Copies and checks the list. */
    public Choice {
      candidates = List.copyOf(candidates);
      if (candidates.isEmpty()) {
        throw new IllegalArgumentException("a question without candidate answers: " + question);
      }
    }
  }

  /**
   * Chooses an answer for each question.
   *
   * @param images one row per question
   * @param choices as many
   * @return one of each question's candidates
   */
  public List<String> answer(Embeddings images, List<Choice> choices, Progress progress) {
    if (images.size() != choices.size()) {
      throw new IllegalArgumentException(
          "%d images for %d questions".formatted(images.size(), choices.size()));
    }
    List<TextItem> texts = new ArrayList<>();
    for (Choice choice : choices) {
      for (String candidate : choice.candidates()) {
        String text = TEMPLATE.formatted(choice.question(), candidate);
        texts.add(new TextItem(text, text));
      }
    }
    FloatMatrix vectors = embedder.texts(texts, progress).embeddings().vectors();
    List<String> answers = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < choices.size(); i++) {
      List<String> candidates = choices.get(i).candidates();
      answers.add(
          candidates.get(mostSimilar(images.vectors(), i, vectors, first, candidates.size())));
      first += candidates.size();
    }
    return answers;
  }

  private static int mostSimilar(
      FloatMatrix images, int image, FloatMatrix texts, int first, int count) {
    int best = 0;
    for (int candidate = 1; candidate < count; candidate++) {
      if (images.dot(image, texts, first + candidate) > images.dot(image, texts, first + best)) {
        best = candidate;
      }
    }
    return best;
  }
}
