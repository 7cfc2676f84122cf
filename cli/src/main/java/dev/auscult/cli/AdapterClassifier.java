package dev.auscult.cli;

import dev.auscult.adapt.AdapterDescription;
import dev.auscult.adapt.ClassPredictions;
import dev.auscult.adapt.ClassTexts;
import dev.auscult.adapt.SavedAdapter;
import dev.auscult.base.Progress;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.Embeddings;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.zeroshot.Prediction;
import dev.auscult.zeroshot.Prediction.ClassScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Classifies images by the labels that an adapter was trained on. */
final class AdapterClassifier {
  private final SavedAdapter saved;
  private final ClassTexts texts;
  private final double logitScale;

  private AdapterClassifier(SavedAdapter saved, ClassTexts texts, double logitScale) {
    this.saved = saved;
    this.texts = texts;
    this.logitScale = logitScale;
  }

  /** Embeds the prompts that the adapter was trained with. */
  static AdapterClassifier of(SavedAdapter saved, double logitScale, Embedder embedder) {
    return new AdapterClassifier(
        saved, saved.description().prompts().embed(embedder, Progress.NONE), logitScale);
  }

  /** Classifies images embedded by the model itself. */
  List<Prediction> classify(Embeddings images) {
    AdapterDescription description = saved.description();
    FloatMatrix scores =
        saved.adapter().scores(images.vectors(), texts, description.mode(), logitScale);
    List<Prediction> predictions = new ArrayList<>();
    for (int row = 0; row < images.size(); row++) {
      double[] probabilities = ClassPredictions.probabilities(scores, row, description.mode());
      List<ClassScore> ranked = new ArrayList<>();
      for (int c = 0; c < probabilities.length; c++) {
        ranked.add(
            new ClassScore(description.labels().names().get(c), probabilities[c], Double.NaN));
      }
      ranked.sort(Comparator.comparingDouble(ClassScore::probability).reversed());
      predictions.add(new Prediction(images.ids().get(row), ranked));
    }
    return predictions;
  }
}
