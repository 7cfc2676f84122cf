package dev.auscult.model;

import dev.auscult.checkpoint.Weights;
import java.util.List;
import java.util.Map;

/**
 * Reads the sizes of a timm vision transformer off its tensors, for files that name the model
 * instead of describing it. Attention heads have 64 features, as in timm's vit_tiny to vit_large.
 *
 * @param weights the file
 * @param prefix what precedes {@code patch_embed.proj.weight}
 */
record TimmShapes(Weights weights, String prefix) {
  private static final double EPSILON = 1e-6;

  /** Whether a vision transformer of timm is there. */
  static boolean areIn(Weights weights, String prefix) {
    return weights.find(prefix + "patch_embed.proj.weight") != null
        && weights.find(prefix + "blocks.0.attn.qkv.weight") != null;
  }

  /**
   * The transformer, read at its class token.
   *
   * @param projection what follows, beginning with {@link #width()} features
   */
  TowerPlan<VisionTransformer> plan(ProjectionConfig projection) {
    VisionTransformerConfig config = config(ImagePooling.Simple.CLASS_TOKEN, projection);
    return VisionPlans.of(
        description(), config, prefix, Map.of(), PatchPositions.Resampling.ANTIALIASED_BICUBIC);
  }

  /** The transformer with a pooling, and the projection that follows it. */
  VisionTransformerConfig config(ImagePooling pooling, ProjectionConfig projection) {
    return new VisionTransformerConfig(
        format(),
        transformer(),
        sizes().size("patch_embed.proj.weight", 1),
        grid(),
        pooling,
        projection);
  }

  /** Features per patch. */
  int width() {
    return sizes().size("cls_token", 2);
  }

  private VisionFormat format() {
    for (String scale : List.of("gamma", "weight")) {
      if (sizes().has("blocks.0.ls1." + scale)) {
        return VisionFormat.TIMM.builtOf(BlockFormat.TIMM.scaled("ls1." + scale, "ls2." + scale));
      }
    }
    return VisionFormat.TIMM;
  }

  private TransformerConfig transformer() {
    int width = width();
    return new TransformerConfig(
        width,
        layers(),
        sizes().heads("cls_token", width),
        sizes().size("blocks.0.mlp.fc1.weight", 0),
        Activation.GELU,
        EPSILON);
  }

  private PatchGrid grid() {
    int patch = sizes().size("patch_embed.proj.weight", 3);
    return new PatchGrid(Math.multiplyExact(sizes().side("pos_embed", 1), patch), patch);
  }

  private int layers() {
    return sizes().layers("blocks.");
  }

  private TensorSizes sizes() {
    return new TensorSizes(weights, prefix, "timm");
  }

  /** In words, e.g. {@code ViT-B/16}. */
  String description() {
    String size =
        switch (layers() + "x" + width()) {
          case "12x768" -> "B";
          case "24x1024" -> "L";
          default -> layers() + "x" + width();
        };
    return "ViT-%s/%d".formatted(size, grid().patchSize());
  }
}
