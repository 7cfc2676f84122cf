package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.model.TextTower.Padding;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A CLIP model's architecture, as in Hugging Face's {@code config.json} (CLIPConfig): absent keys
 * have that class's defaults, which are OpenAI's ViT-B/32.
 *
 * @param vision the image encoder
 * @param text the text encoder
 * @param dimension of the shared space
 * @param initialLogitScale logarithm of the factor on the cosine before training
 */
public record ClipConfig(Vision vision, Text text, int dimension, double initialLogitScale) {
  /** The logarithm of 1/0.07 as CLIP's configurations round it. */
  public static final double LOGIT_SCALE = 2.6592;

  /** What the names of the image encoder's tensors begin with. */
  static final String VISION = "vision_model.";

  /** What the names of the text encoder's tensors begin with. */
  static final String TEXT = "text_model.";

  private static final int MAX_SIZE = 1 << 20;

  /**
   * A vision transformer.
   *
   * @param transformer its blocks
   * @param channels of the input
   * @param grid input size and patch size
   */
  public record Vision(TransformerConfig transformer, int channels, PatchGrid grid) {

    /** In words, e.g. {@code CLIP ViT-B/32}. */
    public String family() {
      String size =
          switch (transformer.layers() + "x" + transformer.width()) {
            case "12x768" -> "B";
            case "24x1024" -> "L";
            case "32x1280" -> "H";
            default -> transformer.layers() + "x" + transformer.width();
          };
      return "CLIP ViT-%s/%d".formatted(size, grid.patchSize());
    }

    /** The encoder with its projection. */
    VisionTransformerConfig tower(int dimension) {
      return new VisionTransformerConfig(
          VisionFormat.CLIP,
          transformer,
          channels,
          grid,
          ImagePooling.Simple.CLASS_TOKEN,
          ProjectionConfig.of(transformer.width()).linear("visual_projection", dimension));
    }
  }

  /**
   * A causal text transformer.
   *
   * @param transformer its blocks
   * @param vocabulary the number of ids
   * @param context the largest number of ids in a text
   * @param beginId the id every text begins with
   * @param endId the id every text ends with, or {@link TextPooling.EndToken#OLD_RULE}
   * @param padId the id that fills up a batch
   */
  public record Text(
      TransformerConfig transformer,
      int vocabulary,
      int context,
      int beginId,
      int endId,
      int padId) {

    /** The position whose final state becomes the embedding. */
    public int pooledPosition(int[] ids) {
      return pooling().position(ids);
    }

    private TextPooling pooling() {
      return new TextPooling.EndToken(endId);
    }

    /** The encoder with its projection. */
    TextTransformerConfig tower(int dimension) {
      return new TextTransformerConfig(
          TextFormat.CLIP,
          transformer,
          new TextTransformerConfig.Input(vocabulary, 0, context, context, padId, Padding.CUT),
          pooling(),
          ProjectionConfig.of(transformer.width()).linear("text_projection", dimension));
    }
  }

  /**
   * Reads a configuration.
   *
   * @param root the content of {@code config.json}
   * @param file its name for messages
   * @throws InputException naming the key whose value is impossible
   */
  public static ClipConfig parse(JsonNode root, String file) {
    ConfigSection top = new ConfigSection(file, "", root);
    return new ClipConfig(
        vision(tower(top, "vision_config")),
        text(tower(top, "text_config")),
        top.integer("projection_dim", 512, 1, MAX_SIZE),
        top.number("logit_scale_init_value", LOGIT_SCALE, -100, 100));
  }

  /** Old configurations repeat a tower under {@code ..._dict}, which then replaces the other. */
  private static ConfigSection tower(ConfigSection top, String key) {
    JsonNode replacing = top.node().path(key + "_dict");
    String used = replacing.isObject() ? key + "_dict" : key;
    JsonNode node = top.node().path(used);
    if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
      throw top.bad(used, node, "an object");
    }
    return new ConfigSection(top.file(), used, node);
  }

  static Vision vision(ConfigSection section) {
    return new Vision(
        transformer(section, 768, 12, 3072),
        section.integer("num_channels", 3, 1, 64),
        section.grid(224, 32));
  }

  private static Text text(ConfigSection section) {
    int vocabulary = section.integer("vocab_size", 49408, 1, 1 << 26);
    return new Text(
        transformer(section, 512, 8, 2048),
        vocabulary,
        section.integer("max_position_embeddings", 77, 1, MAX_SIZE),
        section.integer("bos_token_id", 49406, 0, MAX_SIZE),
        section.integer("eos_token_id", 49407, 0, MAX_SIZE),
        section.integer("pad_token_id", 1, 0, MAX_SIZE));
  }

  private static TransformerConfig transformer(
      ConfigSection section, int width, int heads, int intermediate) {
    return section.transformer(
        new TransformerConfig(width, 12, heads, intermediate, Activation.QUICK_GELU, 1e-5));
  }

  /** The image encoder in words. */
  public String family() {
    return vision.family();
  }

  /** The {@code config.json} that transformers loads. */
  public ObjectNode toJson() {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.putArray("architectures").add("CLIPModel");
    root.put("model_type", "clip");
    root.put("dtype", "float32");
    root.put("projection_dim", dimension);
    root.put("logit_scale_init_value", initialLogitScale);
    ObjectNode textNode = root.putObject("text_config");
    put(textNode, "clip_text_model", text.transformer());
    textNode.put("vocab_size", text.vocabulary());
    textNode.put("max_position_embeddings", text.context());
    textNode.put("bos_token_id", text.beginId());
    textNode.put("eos_token_id", text.endId());
    textNode.put("pad_token_id", text.padId());
    ObjectNode visionNode = root.putObject("vision_config");
    put(visionNode, "clip_vision_model", vision.transformer());
    visionNode.put("num_channels", vision.channels());
    visionNode.put("image_size", vision.grid().imageSize());
    visionNode.put("patch_size", vision.grid().patchSize());
    return root;
  }

  private void put(ObjectNode node, String type, TransformerConfig transformer) {
    node.put("model_type", type);
    node.put("hidden_size", transformer.width());
    node.put("num_hidden_layers", transformer.layers());
    node.put("num_attention_heads", transformer.heads());
    node.put("intermediate_size", transformer.intermediate());
    node.put("hidden_act", transformer.activation().key());
    node.put("layer_norm_eps", transformer.layerNormEpsilon());
    node.put("projection_dim", dimension);
  }

  /** The shape of every tensor of the model, by its name in Hugging Face checkpoints. */
  public Map<String, List<Long>> shapes() {
    return new TensorShapes()
        .tensor("logit_scale")
        .all(textTower().shapes(TEXT))
        .all(visionTower().shapes(VISION))
        .asMap();
  }

  /** The image encoder of tensors named {@link #VISION} and so on. */
  VisionTransformerConfig visionTower() {
    return vision.tower(dimension);
  }

  /** The text encoder of tensors named {@link #TEXT} and so on. */
  TextTransformerConfig textTower() {
    return text.tower(dimension);
  }
}
