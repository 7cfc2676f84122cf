package dev.auscult.model;

import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.image.ImageTransform;
import java.util.Set;

/**
 * A bare file with OpenAI's names: OpenAI's own checkpoints, PubMedCLIP's originals, CheXzero.
 * Sizes are read off the tensors; without a registry entry the preprocessing is OpenAI's.
 */
final class OpenAiLayout implements Layout {
  /** Numbers that OpenAI's files repeat beside the weights. */
  private static final Set<String> REPEATED =
      Set.of("input_resolution", "context_length", "vocab_size");

  @Override
  public String label() {
    return "OpenAI CLIP";
  }

  @Override
  public boolean recognises(Checkpoint checkpoint) {
    return checkpoint.json("open_clip_config.json").isEmpty()
        && OpenAiShapes.areIn(checkpoint.tensors());
  }

  @Override
  public TowerEncoder open(ModelSource source) {
    OpenAiShapes shapes = new OpenAiShapes(source.checkpoint().tensors());
    DualPlan plan =
        new DualPlan(
            label(),
            "OpenAI's CLIP",
            image(shapes),
            ClipPlans.text(
                shapes.text(),
                shapes.dimension(),
                new OpenAiNames("visual.", "").ofText(shapes.text())),
            TowerPlan.softmax(),
            OpenAiLayout::isHarmless);
    return plan.open(source, OpenAiLayout::transform);
  }

  private static TowerPlan<? extends ImageTower> image(OpenAiShapes shapes) {
    if (!shapes.isVisionTransformer()) {
      return new ResNetShapes(shapes.weights(), "visual.").openAi();
    }
    OpenAiNames names = new OpenAiNames("visual.", "");
    return ClipPlans.vision(
        shapes.vision(),
        shapes.dimension(),
        names.ofVision(shapes.vision()),
        PatchPositions.Resampling.ANTIALIASED_BICUBIC);
  }

  /** TorchScript keeps the causal mask too, which is computed again here. */
  private static boolean isHarmless(String name) {
    return REPEATED.contains(name)
        || name.endsWith(".attn_mask")
        || name.endsWith(".num_batches_tracked");
  }

  private static ImageTransform transform(ModelSource source, PatchGrid grid) {
    return ModelFiles.publishedTransform(source, Preprocessing.OPENAI, grid);
  }
}
