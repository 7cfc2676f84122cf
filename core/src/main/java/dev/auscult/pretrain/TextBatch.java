package dev.auscult.pretrain;

import dev.auscult.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * The images' own texts as ids, and which images they belong to.
 *
 * @param captions one row of ids per caption
 * @param captionImages for each caption the number of its image in the batch
 * @param right one row per question with its right answer
 * @param questionImages for each of them the number of its image
 * @param wrong one row per question with a wrong answer
 */
record TextBatch(
    List<int[]> captions,
    List<Integer> captionImages,
    List<int[]> right,
    List<Integer> questionImages,
    List<int[]> wrong)
    implements BatchTexts {

  /** Gathers the texts of a batch. */
  static final class Builder {
    private final Tokenizer tokenizer;
    private final List<int[]> captions = new ArrayList<>();
    private final List<int[]> right = new ArrayList<>();
    private final List<int[]> wrong = new ArrayList<>();
    private final List<Integer> captionImages = new ArrayList<>();
    private final List<Integer> questionImages = new ArrayList<>();

    Builder(Tokenizer tokenizer) {
      this.tokenizer = tokenizer;
    }

    /** Adds the texts of the image numbered {@code image}. */
    void add(int image, PairedSample sample, List<String> wrongAnswers) {
      sample
          .caption()
          .ifPresent(
              caption -> {
                captions.add(ids(caption));
                captionImages.add(image);
              });
      sample
          .question()
          .ifPresent(
              question -> {
                right.add(ids(question.text()));
                questionImages.add(image);
                wrongAnswers.forEach(answer -> wrong.add(ids(question.textWith(answer))));
              });
    }

    private int[] ids(String text) {
      return tokenizer.encode(text).ids();
    }

    TextBatch build() {
      return new TextBatch(captions, captionImages, right, questionImages, wrong);
    }
  }
}
