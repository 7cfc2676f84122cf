package dev.auscult.model;

import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.Weights;
import dev.auscult.image.ImageTransform;

/**
 * PMC-CLIP's training checkpoint (Lin 2023): OpenAI's modified ResNet, and PubMedBERT that reads
 * its padding and is read at the first token. What serves its masked language modelling is ignored.
 */
final class PmcClipLayout implements Layout {
  private static final String TEXT = "text_encoder.";
  private static final int CONTEXT = 77;

  @Override
  public String label() {
    return "PMC-CLIP";
  }

  @Override
  public boolean recognises(Checkpoint checkpoint) {
    return BertShapes.areIn(checkpoint.tensors(), TEXT)
        && checkpoint.find("text_projection") != null
        && ResNetShapes.areIn(checkpoint.tensors(), "visual.");
  }

  @Override
  public TowerEncoder open(ModelSource source) {
    Weights weights = source.checkpoint().tensors();
    int dimension = sizes(weights).size("text_projection", 1);
    DualPlan plan =
        new DualPlan(
            label(),
            "PMC-CLIP",
            new ResNetShapes(weights, "visual.").openAi(),
            BertTexts.plan(
                weights,
                TEXT,
                CONTEXT,
                TextTower.Padding.READ,
                TextPooling.Place.FIRST,
                BertTexts.from(weights, TEXT).times("text_projection", dimension)),
            TowerPlan.softmax(),
            PmcClipLayout::isHarmless);
    return plan.open(source, PmcClipLayout::transform);
  }

  private static boolean isHarmless(String name) {
    return BertTexts.isHarmless(name)
        || name.startsWith("fusion_module.")
        || name.startsWith("ln_final.")
        || name.equals("positional_embedding")
        || name.equals("mlm_projection")
        || name.equals("img_special_token");
  }

  private static ImageTransform transform(ModelSource source, PatchGrid grid) {
    return ModelFiles.publishedTransform(source, Preprocessing.OPENAI, grid);
  }

  private static TensorSizes sizes(Weights weights) {
    return new TensorSizes(weights, "", "PMC-CLIP");
  }
}
