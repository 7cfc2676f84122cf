package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.checkpoint.Weights;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the sizes of a timm vision transformer off its tensors, for files that name the model
 * instead of describing it. Attention heads have 64 features, as in timm's vit_tiny to vit_large.
 *
 * @param weights the file
 * @param prefix what precedes {@code patch_embed.proj.weight}
 */
record TimmShapes(Weights weights, String prefix) {
  private static final int HEAD = 64;
  private static final double EPSILON = 1e-6;
  private static final Pattern BLOCK = Pattern.compile("blocks\\.(\\d{1,3})\\..*");

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
    VisionTransformerConfig config =
        new VisionTransformerConfig(
            format(),
            transformer(),
            size("patch_embed.proj.weight", 1),
            grid(),
            ImagePooling.Simple.CLASS_TOKEN,
            projection);
    return VisionPlans.of(description(), config, prefix, Map.of());
  }

  /** Features per patch. */
  int width() {
    return size("cls_token", 2);
  }

  private VisionFormat format() {
    for (String scale : List.of("gamma", "weight")) {
      if (weights.find(prefix + "blocks.0.ls1." + scale) != null) {
        return VisionFormat.TIMM.builtOf(BlockFormat.TIMM.scaled("ls1." + scale, "ls2." + scale));
      }
    }
    return VisionFormat.TIMM;
  }

  private TransformerConfig transformer() {
    int width = width();
    if (width % HEAD != 0) {
      throw unexpected("cls_token", "a width that is a multiple of 64");
    }
    return new TransformerConfig(
        width,
        layers(),
        width / HEAD,
        size("blocks.0.mlp.fc1.weight", 0),
        Activation.GELU,
        EPSILON);
  }

  private PatchGrid grid() {
    int patch = size("patch_embed.proj.weight", 3);
    int positions = size("pos_embed", 1);
    int side = (int) Math.round(Math.sqrt(positions - 1.0));
    if (side * side + 1 != positions || patch > 1 << 10 || side > 1 << 10) {
      throw unexpected("pos_embed", "one position per patch of a square and one");
    }
    return new PatchGrid(side * patch, patch);
  }

  private int layers() {
    int layers = 0;
    for (String name : weights.names()) {
      if (name.startsWith(prefix)) {
        Matcher block = BLOCK.matcher(name.substring(prefix.length()));
        layers = block.matches() ? Math.max(layers, Integer.parseInt(block.group(1)) + 1) : layers;
      }
    }
    return layers;
  }

  private String description() {
    String size =
        switch (layers() + "x" + width()) {
          case "12x768" -> "B";
          case "24x1024" -> "L";
          default -> layers() + "x" + width();
        };
    return "ViT-%s/%d".formatted(size, grid().patchSize());
  }

  private int size(String name, int dimension) {
    StoredTensor tensor = weights.find(prefix + name);
    List<Long> shape = tensor == null ? List.of() : tensor.shape();
    if (shape.size() <= dimension || shape.get(dimension) < 1 || shape.get(dimension) > 1 << 20) {
      throw unexpected(name, "a vision transformer's shape");
    }
    return shape.get(dimension).intValue();
  }

  private InputException unexpected(String name, String expected) {
    StoredTensor tensor = weights.find(prefix + name);
    return new InputException(
        weights.weightsName(),
        tensor == null
            ? "no tensor \"" + prefix + name + "\""
            : "\"%s\" of %s".formatted(prefix + name, tensor.shape()),
        expected + ", as in timm",
        "check that the file is the checkpoint's own");
  }
}
