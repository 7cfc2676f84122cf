package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.checkpoint.Weights;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads sizes off the tensors of a file with OpenAI's names, which brings no configuration: what
 * {@code build_model} of openai/CLIP's model.py infers. Attention heads have 64 features.
 */
record OpenAiShapes(Weights weights) {
  private static final int HEAD = 64;
  private static final Pattern BLOCK = Pattern.compile("(.*)transformer\\.resblocks\\.(\\d+)\\..*");

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
    List<Long> patch = shape("visual.conv1.weight", 4);
    int positions = size("visual.positional_embedding", 2, 0);
    int side = (int) Math.round(Math.sqrt(positions - 1.0));
    if (side * side + 1 != positions || patch.get(2) > 1 << 14) {
      throw unexpected("visual.positional_embedding", "one position per patch of a square and one");
    }
    int patchSize = patch.get(2).intValue();
    return new ClipConfig.Vision(
        transformer(patch.get(0), "visual."),
        patch.get(1).intValue(),
        new PatchGrid(Math.multiplyExact(side, patchSize), patchSize));
  }

  /** The text transformer; the largest id marks the end of a text. */
  ClipConfig.Text text() {
    return new ClipConfig.Text(
        transformer(shape("token_embedding.weight", 2).get(1), ""),
        size("token_embedding.weight", 2, 0),
        size("positional_embedding", 2, 0),
        0,
        TextPooling.EndToken.OLD_RULE,
        0);
  }

  /** The dimension of the shared space. */
  int dimension() {
    return size("text_projection", 2, 1);
  }

  private TransformerConfig transformer(long width, String prefix) {
    if (width < HEAD || width % HEAD != 0 || width > 1 << 20) {
      throw unexpected(prefix + "ln_post.weight", "a width that is a multiple of 64");
    }
    int features = (int) width;
    int layers = layers(prefix);
    String expand = prefix + "transformer.resblocks.0.mlp.c_fc.weight";
    int intermediate = layers == 0 ? 4 * features : size(expand, 2, 0);
    return new TransformerConfig(
        features, layers, features / HEAD, intermediate, Activation.QUICK_GELU, 1e-5);
  }

  private int layers(String prefix) {
    int layers = 0;
    for (String name : weights.names()) {
      Matcher block = BLOCK.matcher(name);
      if (block.matches() && block.group(1).equals(prefix) && block.group(2).length() < 4) {
        layers = Math.max(layers, Integer.parseInt(block.group(2)) + 1);
      }
    }
    return layers;
  }

  private int size(String name, int rank, int dimension) {
    return Math.toIntExact(Math.min(Integer.MAX_VALUE, shape(name, rank).get(dimension)));
  }

  private List<Long> shape(String name, int rank) {
    StoredTensor tensor = weights.find(name);
    if (tensor == null || tensor.shape().size() != rank || tensor.shape().contains(0L)) {
      throw unexpected(name, rank + " dimensions");
    }
    return tensor.shape();
  }

  private InputException unexpected(String name, String expected) {
    StoredTensor tensor = weights.find(name);
    return new InputException(
        weights.weightsName(),
        tensor == null
            ? "no tensor \"" + name + "\""
            : "\"%s\" of %s".formatted(name, tensor.shape()),
        expected + ", as in OpenAI's CLIP",
        "check that the file is a CLIP checkpoint");
  }
}
