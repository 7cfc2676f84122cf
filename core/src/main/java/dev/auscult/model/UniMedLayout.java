package dev.auscult.model;

import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.Weights;
import dev.auscult.image.ImageTransform;

/**
 * UniMed-CLIP's training checkpoints (Khattak 2024): OpenAI's vision transformer and, under {@code
 * text_encoder.}, open_clip's BERT encoder with its projection.
 */
final class UniMedLayout implements Layout {
  private static final String TEXT = "text_encoder.transformer.";
  private static final String PROJECTION = "text_encoder.proj";
  private static final int CONTEXT = 256;

  @Override
  public String label() {
    return "UniMed-CLIP";
  }

  @Override
  public boolean recognises(Checkpoint checkpoint) {
    return BertShapes.areIn(checkpoint.tensors(), TEXT)
        && checkpoint.find("visual.conv1.weight") != null
        && checkpoint.find("visual.proj") != null;
  }

  @Override
  public TowerEncoder open(ModelSource source) {
    Weights weights = source.checkpoint().tensors();
    int dimension = sizes(weights).size("visual.proj", 1);
    ClipConfig.Vision vision = new OpenAiShapes(weights).vision();
    int hidden = sizes(weights).size(PROJECTION + ".0.weight", 0);
    DualPlan plan =
        new DualPlan(
            label(),
            "UniMed-CLIP",
            ClipPlans.vision(
                vision,
                dimension,
                new OpenAiNames("visual.", "").ofVision(vision),
                PatchPositions.Resampling.ANTIALIASED_BICUBIC),
            BertTexts.plan(
                weights,
                TEXT,
                CONTEXT,
                TextTower.Padding.HIDDEN,
                TextPooling.Place.FIRST,
                BertTexts.from(weights, TEXT)
                    .linear(PROJECTION + ".0", hidden)
                    .apply(Activation.GELU)
                    .linear(PROJECTION + ".2", dimension)),
            TowerPlan.softmax(),
            BertTexts::isHarmless);
    return plan.open(source, UniMedLayout::transform);
  }

  private static ImageTransform transform(ModelSource source, PatchGrid grid) {
    return ModelFiles.publishedTransform(source, Preprocessing.OPENAI, grid);
  }

  private static TensorSizes sizes(Weights weights) {
    return new TensorSizes(weights, "", "UniMed-CLIP");
  }
}
