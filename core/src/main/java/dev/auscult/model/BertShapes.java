package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.StoredTensor;
import dev.auscult.checkpoint.Weights;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the sizes of a BERT encoder off its tensors, for files that name the model instead of
 * describing it. Attention heads have 64 features, as in every published BERT of these models.
 *
 * @param weights the file
 * @param prefix what precedes {@code embeddings.word_embeddings.weight}
 */
record BertShapes(Weights weights, String prefix) {
  private static final int HEAD = 64;
  private static final double EPSILON = 1e-12;
  private static final Pattern LAYER = Pattern.compile("encoder\\.layer\\.(\\d{1,3})\\..*");

  /** Whether a BERT encoder is there. */
  static boolean areIn(Weights weights, String prefix) {
    return weights.find(prefix + "embeddings.word_embeddings.weight") != null
        && weights.find(prefix + "encoder.layer.0.attention.self.query.weight") != null;
  }

  /** Its blocks. */
  TransformerConfig transformer() {
    int width = width();
    if (width % HEAD != 0) {
      throw unexpected("embeddings.word_embeddings.weight", "a width that is a multiple of 64");
    }
    int intermediate = size("encoder.layer.0.intermediate.dense.weight", 0);
    return new TransformerConfig(
        width, layers(), width / HEAD, intermediate, Activation.GELU, EPSILON);
  }

  /** Features per token. */
  int width() {
    return size("embeddings.word_embeddings.weight", 1);
  }

  /**
   * What it takes.
   *
   * @param context the largest number of ids in a text
   */
  TextTransformerConfig.Input input(int context, TextTower.Padding padding) {
    int positions = size("embeddings.position_embeddings.weight", 0);
    if (context > positions) {
      throw unexpected("embeddings.position_embeddings.weight", context + " positions");
    }
    return new TextTransformerConfig.Input(
        size("embeddings.word_embeddings.weight", 0),
        size("embeddings.token_type_embeddings.weight", 0),
        positions,
        context,
        0,
        padding);
  }

  /** In words, e.g. {@code BERT 12x768}. */
  String description() {
    return "BERT %dx%d".formatted(layers(), width());
  }

  private int layers() {
    int layers = 0;
    for (String name : weights.names()) {
      if (name.startsWith(prefix)) {
        Matcher layer = LAYER.matcher(name.substring(prefix.length()));
        layers = layer.matches() ? Math.max(layers, Integer.parseInt(layer.group(1)) + 1) : layers;
      }
    }
    return layers;
  }

  private int size(String name, int dimension) {
    StoredTensor tensor = weights.find(prefix + name);
    List<Long> shape = tensor == null ? List.of() : tensor.shape();
    if (shape.size() != 2 || shape.get(dimension) < 1 || shape.get(dimension) > 1 << 26) {
      throw unexpected(name, "two dimensions");
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
        expected + ", as in BERT",
        "check that the file is the checkpoint's own");
  }
}
