package dev.auscult.model;

import dev.auscult.checkpoint.Weights;

/**
 * Reads sizes off the tensors of a file with OpenAI's names, which brings no configuration: what
 * {@code build_model} of openai/CLIP's model.py infers. Attention heads have 64 features.
 */
record OpenAiShapes(Weights weights) {

  /** Whether the names are those of a vision transformer and CLIP's text transformer. */
  static boolean areIn(Weights weights) {
    return weights.find("visual.conv1.weight") != null && hasText(weights);
  }

  /** Whether CLIP's text transformer is there under OpenAI's names. */
  static boolean hasText(Weights weights) {
    return weights.find("token_embedding.weight") != null
        && weights.find("positional_embedding") != null
        && weights.find("text_projection") != null
        && weights.find("ln_final.weight") != null;
  }

  /** Whether the image encoder is a vision transformer. */
  boolean isVisionTransformer() {
    return weights.find("visual.proj") != null;
  }

  /** The vision transformer. */
  ClipConfig.Vision vision() {
    int patch = sizes().size("visual.conv1.weight", 3);
    int side = sizes().side("visual.positional_embedding", 0);
    return new ClipConfig.Vision(
        transformer("visual.conv1.weight", 0, "visual."),
        sizes().size("visual.conv1.weight", 1),
        new PatchGrid(Math.multiplyExact(side, patch), patch));
  }

  /** The text transformer; the largest id marks the end of a text. */
  ClipConfig.Text text() {
    return new ClipConfig.Text(
        transformer("token_embedding.weight", 1, ""),
        sizes().size("token_embedding.weight", 0),
        sizes().size("positional_embedding", 0),
        0,
        TextPooling.EndToken.OLD_RULE,
        0);
  }

  /** The dimension of the shared space. */
  int dimension() {
    return sizes().size("text_projection", 1);
  }

  /** The blocks of a tower, whose width an extent of {@code name} shows. */
  private TransformerConfig transformer(String name, int dimension, String tower) {
    int width = sizes().size(name, dimension);
    String blocks = tower + "transformer.resblocks.";
    int layers = sizes().layers(blocks);
    return new TransformerConfig(
        width,
        layers,
        sizes().heads(name, width),
        layers == 0 ? 4 * width : sizes().size(blocks + "0.mlp.c_fc.weight", 0),
        Activation.QUICK_GELU,
        1e-5);
  }

  private TensorSizes sizes() {
    return new TensorSizes(weights, "", "OpenAI's CLIP");
  }
}
