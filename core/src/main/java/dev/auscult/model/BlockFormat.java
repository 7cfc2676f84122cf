package dev.auscult.model;

import dev.auscult.model.Residual.Placement;
import dev.auscult.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a library builds a transformer block and what it calls the block's tensors: the parts differ
 * in name, in whether queries, keys and values are stacked, in where the norms are and in whether
 * branches are scaled.
 *
 * @param placement where the norms are
 * @param inputs the maps to queries, keys and values, or the one map to all
 * @param attention the branch that ends in the attention's output
 * @param expand the feed-forward layer's first map
 * @param feedForward the branch that ends in its second
 */
public record BlockFormat(
    Placement placement, List<String> inputs, Branch attention, String expand, Branch feedForward) {

  /** Hugging Face's CLIP and SigLIP. */
  public static final BlockFormat CLIP =
      new BlockFormat(
          Placement.BEFORE,
          List.of("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
          new Branch("layer_norm1", "self_attn.out_proj", null),
          "mlp.fc1",
          new Branch("layer_norm2", "mlp.fc2", null));

  /** Hugging Face's BERT. */
  public static final BlockFormat BERT =
      new BlockFormat(
          Placement.AFTER,
          List.of("attention.self.query", "attention.self.key", "attention.self.value"),
          new Branch("attention.output.LayerNorm", "attention.output.dense", null),
          "intermediate.dense",
          new Branch("output.LayerNorm", "output.dense", null));

  /** Hugging Face's Swin transformer. */
  public static final BlockFormat SWIN =
      new BlockFormat(
          Placement.BEFORE,
          List.of("attention.self.query", "attention.self.key", "attention.self.value"),
          new Branch("layernorm_before", "attention.output.dense", null),
          "intermediate.dense",
          new Branch("layernorm_after", "output.dense", null));

  /** timm's vision transformer. */
  public static final BlockFormat TIMM =
      new BlockFormat(
          Placement.BEFORE,
          List.of("attn.qkv"),
          new Branch("norm1", "attn.proj", null),
          "mlp.fc1",
          new Branch("norm2", "mlp.fc2", null));

  /** Hugging Face's DINOv2. */
  public static final BlockFormat DINOV2 =
      new BlockFormat(
          Placement.BEFORE,
          List.of(
              "attention.attention.query", "attention.attention.key", "attention.attention.value"),
          new Branch("norm1", "attention.output.dense", "layer_scale1.lambda1"),
          "mlp.fc1",
          new Branch("norm2", "mlp.fc2", "layer_scale2.lambda1"));

  /**
   * A branch of the block.
   *
   * @param norm its normalisation
   * @param output its last map
   * @param scale its factors (LayerScale, Touvron 2021); null for none
   */
  public record Branch(String norm, String output, @Nullable String scale) {}

  /** Checks the number of maps. */
  public BlockFormat {
    inputs = List.copyOf(inputs);
    if (inputs.size() != 1 && inputs.size() != 3) {
      throw new IllegalArgumentException("queries, keys and values of " + inputs);
    }
  }

  /** The same with scaled branches. */
  public BlockFormat scaled(String attentionScale, String feedForwardScale) {
    return new BlockFormat(
        placement,
        inputs,
        new Branch(attention.norm, attention.output, attentionScale),
        expand,
        new Branch(feedForward.norm, feedForward.output, feedForwardScale));
  }

  /** Every block of a transformer, named by {@code prefix} and its number. */
  List<TransformerBlock> blocks(Parameters parameters, String prefix, TransformerConfig config) {
    return IntStream.range(0, config.layers())
        .mapToObj(layer -> block(parameters, prefix + layer + ".", config))
        .toList();
  }

  private TransformerBlock block(Parameters parameters, String name, TransformerConfig config) {
    return new TransformerBlock(
        residual(parameters, name, attention, config),
        new MultiHeadAttention(
            inputs(parameters, name),
            Linear.of(parameters, name + attention.output),
            config.heads()),
        residual(parameters, name, feedForward, config),
        new FeedForward(
            Linear.of(parameters, name + expand),
            config.activation(),
            Linear.of(parameters, name + feedForward.output)));
  }

  private QueryKeyValue inputs(Parameters parameters, String name) {
    List<Linear> maps = inputs.stream().map(input -> Linear.of(parameters, name + input)).toList();
    return maps.size() == 1
        ? new QueryKeyValue.Stacked(maps.get(0))
        : new QueryKeyValue.Apart(maps.get(0), maps.get(1), maps.get(2));
  }

  private Residual residual(
      Parameters parameters, String name, Branch branch, TransformerConfig config) {
    Tensor scale = branch.scale == null ? null : parameters.get(name + branch.scale);
    return new Residual(
        placement, LayerNorm.of(parameters, name + branch.norm, config.layerNormEpsilon()), scale);
  }

  /** Adds the tensors of every block. */
  void putShapes(TensorShapes shapes, String prefix, TransformerConfig config) {
    long width = config.width();
    for (int layer = 0; layer < config.layers(); layer++) {
      String name = prefix + layer + ".";
      shapes.norm(name + attention.norm, width);
      for (String input : inputs) {
        shapes.linear(name + input, 3 * width / inputs.size(), width);
      }
      putEnd(shapes, name, attention, width, width);
      shapes.norm(name + feedForward.norm, width);
      shapes.linear(name + expand, config.intermediate(), width);
      putEnd(shapes, name, feedForward, width, config.intermediate());
    }
  }

  private static void putEnd(
      TensorShapes shapes, String name, Branch branch, long width, long inner) {
    shapes.linear(name + branch.output, width, inner);
    if (branch.scale != null) {
      shapes.tensor(name + branch.scale, width);
    }
  }
}
