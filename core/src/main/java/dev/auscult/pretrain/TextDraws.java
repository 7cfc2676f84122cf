package dev.auscult.pretrain;

import dev.auscult.base.Seed;
import dev.auscult.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** How a run draws the texts of its batches. */
record TextDraws(TextDraw training, TextDraw validation) {

  /** As the configuration's loss needs them. */
  static TextDraws of(
      PretrainConfig config, TrainingSet data, Tokenizer tokenizer, AnswerCandidates candidates) {
    if (config.training().loss() == TrainingLoss.INFO_NCE) {
      TextDraw own = new OwnTexts(tokenizer, candidates, config.training().hardNegatives());
      return new TextDraws(own, own);
    }
    List<PairedSample> all = new ArrayList<>(data.training());
    all.addAll(data.validation());
    LabelVectors vectors = new LabelVectors(all);
    List<LabelledText> trained = texts(data.training());
    List<LabelledText> held = texts(data.validation());
    Seed seed = new Seed(config.seed()).derive("texts");
    return new TextDraws(
        new TextsByLabel(trained, vectors, tokenizer, seed),
        new TextsByLabel(held.isEmpty() ? trained : held, vectors, tokenizer, seed));
  }

  private static List<LabelledText> texts(List<PairedSample> samples) {
    return samples.stream().flatMap(sample -> LabelledText.of(sample).stream()).toList();
  }
}
