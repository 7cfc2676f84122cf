package dev.auscult.model;

import dev.auscult.model.Residual.Placement;
import dev.auscult.tensor.Tensor;

/** How a library builds an {@link AttentionPool} and what it calls the tensors. */
public enum AttentionPoolFormat {
  /** Hugging Face's SigLIP: queries, keys and values stacked; a feed-forward layer. */
  SIGLIP {
    @Override
    AttentionPool pool(
        ImagePooling.Attention config, TransformerConfig transformer, Parameters parameters) {
      String name = config.name();
      return withFeedForward(
          parameters.get(name + "probe"),
          new MultiHeadAttention(
              new QueryKeyValue.Stacked(
                  new Linear(
                      parameters.get(name + "attention.in_proj_weight"),
                      parameters.get(name + "attention.in_proj_bias"))),
              Linear.of(parameters, name + "attention.out_proj"),
              config.heads()),
          LayerNorm.of(parameters, name + "layernorm", transformer.layerNormEpsilon()),
          feedForward(config, transformer, parameters));
    }

    @Override
    void putShapes(
        TensorShapes shapes, ImagePooling.Attention config, TransformerConfig transformer) {
      String name = config.name();
      long width = config.width();
      shapes.tensor(name + "probe", 1, 1, width);
      shapes.tensor(name + "attention.in_proj_weight", 3 * width, width);
      shapes.tensor(name + "attention.in_proj_bias", 3 * width);
      shapes.linear(name + "attention.out_proj", width, width);
      shapes.norm(name + "layernorm", width);
      putFeedForward(shapes, config, transformer);
    }
  },
  /** timm's AttentionPoolLatent: keys and values stacked; a feed-forward layer. */
  TIMM {
    @Override
    AttentionPool pool(
        ImagePooling.Attention config, TransformerConfig transformer, Parameters parameters) {
      String name = config.name();
      return withFeedForward(
          parameters.get(name + "latent"),
          new MultiHeadAttention(
              new QueryKeyValue.KeyValueStacked(
                  Linear.of(parameters, name + "q"), Linear.of(parameters, name + "kv")),
              Linear.of(parameters, name + "proj"),
              config.heads()),
          LayerNorm.of(parameters, name + "norm", transformer.layerNormEpsilon()),
          feedForward(config, transformer, parameters));
    }

    @Override
    void putShapes(
        TensorShapes shapes, ImagePooling.Attention config, TransformerConfig transformer) {
      String name = config.name();
      long width = config.width();
      shapes.tensor(name + "latent", 1, 1, width);
      shapes.linear(name + "q", width, width);
      shapes.linear(name + "kv", 2 * width, width);
      shapes.linear(name + "proj", width, width);
      shapes.norm(name + "norm", width);
      putFeedForward(shapes, config, transformer);
    }
  },
  /**
   * open_clip's AttentionalPooler with one query, as in CoCa and CONCH: query and sequence
   * normalised, each with a width of its own; no feed-forward layer.
   */
  COCA {
    @Override
    AttentionPool pool(
        ImagePooling.Attention config, TransformerConfig transformer, Parameters parameters) {
      String name = config.name();
      return new AttentionPool(
          parameters.get(name + "query"),
          LayerNorm.of(parameters, name + "ln_q", COCA_EPSILON),
          LayerNorm.of(parameters, name + "ln_k", COCA_EPSILON),
          new MultiHeadAttention(
              new QueryKeyValue.BiasStacked(
                  parameters.get(name + "attn.q_proj_weight"),
                  parameters.get(name + "attn.k_proj_weight"),
                  parameters.get(name + "attn.v_proj_weight"),
                  parameters.get(name + "attn.in_proj_bias")),
              Linear.of(parameters, name + "attn.out_proj"),
              config.heads()),
          null,
          null);
    }

    @Override
    void putShapes(
        TensorShapes shapes, ImagePooling.Attention config, TransformerConfig transformer) {
      String name = config.name();
      long width = config.width();
      long states = transformer.width();
      shapes.tensor(name + "query", 1, width);
      shapes.norm(name + "ln_q", width);
      shapes.norm(name + "ln_k", states);
      shapes.tensor(name + "attn.q_proj_weight", width, width);
      shapes.tensor(name + "attn.k_proj_weight", width, states);
      shapes.tensor(name + "attn.v_proj_weight", width, states);
      shapes.tensor(name + "attn.in_proj_bias", 3 * width);
      shapes.linear(name + "attn.out_proj", width, width);
    }
  };

  /** PyTorch's own, which CoCa's pooler keeps whatever its tower has. */
  private static final double COCA_EPSILON = 1e-5;

  /** Whether a class token is asked as well. */
  boolean asksClassToken() {
    return this == COCA;
  }

  /** The pooling over tensors named by the configuration's name and the format. */
  abstract AttentionPool pool(
      ImagePooling.Attention config, TransformerConfig transformer, Parameters parameters);

  /** Adds its tensors. */
  abstract void putShapes(
      TensorShapes shapes, ImagePooling.Attention config, TransformerConfig transformer);

  private static AttentionPool withFeedForward(
      Tensor query, MultiHeadAttention attention, LayerNorm norm, FeedForward feedForward) {
    return new AttentionPool(
        query, null, null, attention, new Residual(Placement.BEFORE, norm, null), feedForward);
  }

  private static FeedForward feedForward(
      ImagePooling.Attention config, TransformerConfig transformer, Parameters parameters) {
    return new FeedForward(
        Linear.of(parameters, config.name() + "mlp.fc1"),
        transformer.activation(),
        Linear.of(parameters, config.name() + "mlp.fc2"));
  }

  private static void putFeedForward(
      TensorShapes shapes, ImagePooling.Attention config, TransformerConfig transformer) {
    shapes.linear(config.name() + "mlp.fc1", transformer.intermediate(), config.width());
    shapes.linear(config.name() + "mlp.fc2", config.width(), transformer.intermediate());
  }
}
