package dev.auscult.pretrain;

import dev.auscult.text.Tokenizer;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The texts of the batch's own images, with wrong answers beside each question.
 *
 * @param candidates the answers of each category
 * @param hardNegatives wrong answers per question
 */
record OwnTexts(Tokenizer tokenizer, AnswerCandidates candidates, int hardNegatives)
    implements TextDraw {
  @Override
  public BatchTexts draw(
      List<PairedSample> images, List<SplittableRandom> randoms, long batch, int size) {
    TextBatch.Builder texts = new TextBatch.Builder(tokenizer);
    for (int image = 0; image < images.size(); image++) {
      PairedSample sample = images.get(image);
      texts.add(image, sample, wrongAnswers(sample, randoms.get(image)));
    }
    return texts.build();
  }

  private List<String> wrongAnswers(PairedSample sample, SplittableRandom random) {
    return sample
        .question()
        .map(question -> candidates.wrong(question, hardNegatives, random))
        .orElse(List.of());
  }
}
