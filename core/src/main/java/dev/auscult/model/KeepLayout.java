package dev.auscult.model;

import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.Weights;
import dev.auscult.image.ImageTransform;

/**
 * KEEP's folder (Zhou 2024), {@code config.json} of type {@code keep}: timm's vision transformer
 * with LayerScale and a head of two affine maps; PubMedBERT with its own pooler.
 */
final class KeepLayout implements Layout {
  private static final String IMAGE = "visual.";
  private static final String TEXT = "text.";
  private static final int CONTEXT = 256;

  @Override
  public String label() {
    return "KEEP (KEEPModel)";
  }

  @Override
  public boolean recognises(Checkpoint checkpoint) {
    return ModelType.of(checkpoint).is("keep", "KEEPModel");
  }

  @Override
  public TowerEncoder open(ModelSource source) {
    Weights weights = source.checkpoint().tensors();
    int dimension = sizes(weights).size("visual_head.2.weight", 0);
    int hidden = sizes(weights).size("visual_head.0.weight", 0);
    TimmShapes image = new TimmShapes(weights, IMAGE);
    int width = new BertShapes(weights, TEXT).width();
    DualPlan plan =
        new DualPlan(
            label(),
            "KEEP",
            image.plan(
                ProjectionConfig.of(image.width())
                    .affine("visual_head.0", hidden)
                    .apply(Activation.GELU)
                    .affine("visual_head.2", dimension)),
            BertTexts.plan(
                weights,
                TEXT,
                CONTEXT,
                TextTower.Padding.HIDDEN,
                TextPooling.Place.FIRST,
                ProjectionConfig.of(width)
                    .affine(TEXT + "pooler.dense", width)
                    .apply(Activation.TANH)),
            TowerPlan.softmax(),
            name -> name.endsWith("position_ids"));
    return plan.open(source, KeepLayout::transform);
  }

  private static ImageTransform transform(ModelSource source, PatchGrid grid) {
    return ModelFiles.publishedTransform(source, Preprocessing.KEEP, grid);
  }

  private static TensorSizes sizes(Weights weights) {
    return new TensorSizes(weights, "", "KEEP");
  }
}
