package dev.auscult.model;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * {@code model_cfg} of an {@code open_clip_config.json} with open_clip's defaults (CLIPVisionCfg
 * and CLIPTextCfg of open_clip 3.3). Keys that would change the computation in a way that is not
 * supported are refused, keys that only matter in training are not read.
 *
 * @param vision the image encoder's section
 * @param text the text encoder's section
 * @param dimension of the shared space
 * @param quickGelu whether open_clip's own towers use OpenAI's approximation
 */
record OpenClipConfig(ConfigSection vision, ConfigSection text, int dimension, boolean quickGelu) {
  private static final int HEAD = 64;
  private static final int MAX = 1 << 20;

  /** Keys that must have the default value if they are there. */
  private static final Map<String, List<String>> PLAIN_VISION =
      Map.of(
          "ls_init_value", List.of("null"),
          "attentional_pool", List.of("false"),
          "no_ln_pre", List.of("false"),
          "pos_embed_type", List.of("\"learnable\""),
          "final_ln_after_pool", List.of("false"),
          "pool_type", List.of("\"tok\""),
          "act_kwargs", List.of("null"),
          "qk_norm", List.of("false"));

  private static final Map<String, List<String>> PLAIN_TEXT =
      Map.of(
          "ls_init_value", List.of("null"),
          "embed_cls", List.of("false"),
          "no_causal_mask", List.of("false"),
          "final_ln_after_pool", List.of("false"),
          "pool_type", List.of("\"argmax\""),
          "proj_bias", List.of("false"),
          "proj_type", List.of("\"linear\""),
          "act_kwargs", List.of("null"),
          "qk_norm", List.of("false"));

  /**
   * Reads a configuration.
   *
   * @param root the content of the file
   * @param file its name for messages
   */
  static OpenClipConfig parse(JsonNode root, String file) {
    ConfigSection model = new ConfigSection(file, "model_cfg", root.path("model_cfg"));
    return new OpenClipConfig(
        section(model, "vision_cfg"),
        section(model, "text_cfg"),
        model.required("embed_dim", 1, MAX),
        model.flag("quick_gelu", false));
  }

  private static ConfigSection section(ConfigSection model, String key) {
    JsonNode node = model.node().path(key);
    if (!node.isObject()) {
      throw model.bad(key, node.isMissingNode() ? "absent" : node, "an object");
    }
    return new ConfigSection(model.file(), model.path() + "." + key, node);
  }

  /** Whether the image encoder is timm's. */
  boolean hasTimmVision() {
    return !vision.text("timm_model_name", "").isEmpty();
  }

  /** Whether the image encoder is OpenAI's modified ResNet. */
  boolean hasResNet() {
    return vision.node().path("layers").isArray();
  }

  /** Whether the text encoder is of Hugging Face. */
  boolean hasHuggingFaceText() {
    return !text.text("hf_model_name", "").isEmpty();
  }

  /** open_clip's own vision transformer. */
  ClipConfig.Vision clipVision() {
    refuseUnless(vision, PLAIN_VISION);
    int image = vision.side("image_size", 224, 1 << 14);
    int patch = vision.side("patch_size", 16, 1 << 14);
    if (image % patch != 0) {
      throw vision.bad("patch_size", patch, "a divisor of the image size " + image);
    }
    int width = vision.integer("width", 768, 1, MAX);
    int head = vision.integer("head_width", HEAD, 1, MAX);
    if (width % head != 0) {
      throw vision.bad("head_width", head, "a divisor of the width " + width);
    }
    return new ClipConfig.Vision(
        transformer(vision, width, width / head), 3, new PatchGrid(image, patch));
  }

  /** open_clip's own text transformer; the largest id marks the end of a text. */
  ClipConfig.Text clipText() {
    refuseUnless(text, PLAIN_TEXT);
    int width = text.integer("width", 512, 1, MAX);
    int heads = text.integer("heads", 8, 1, MAX);
    if (width % heads != 0) {
      throw text.bad("heads", heads, "a divisor of the width " + width);
    }
    return new ClipConfig.Text(
        transformer(text, width, heads),
        text.integer("vocab_size", 49408, 1, 1 << 26),
        text.integer("context_length", 77, 1, MAX),
        0,
        TextPooling.EndToken.OLD_RULE,
        text.integer("pad_id", 0, 0, MAX));
  }

  private TransformerConfig transformer(ConfigSection section, int width, int heads) {
    double ratio = section.number("mlp_ratio", 4, 1e-3, 1000);
    JsonNode norm = section.node().path("norm_kwargs");
    double epsilon =
        new ConfigSection(section.file(), section.path() + ".norm_kwargs", norm)
            .number("eps", 1e-5, Double.MIN_VALUE, 1);
    return new TransformerConfig(
        width,
        section.integer("layers", 12, 0, 1000),
        heads,
        Math.max(1, (int) (width * ratio)),
        quickGelu ? Activation.QUICK_GELU : Activation.GELU,
        epsilon);
  }

  private static void refuseUnless(ConfigSection section, Map<String, List<String>> plain) {
    plain.forEach(
        (key, allowed) -> {
          JsonNode value = section.node().path(key);
          if (!value.isMissingNode() && !value.isNull() && !allowed.contains(value.toString())) {
            throw section.bad(key, value, String.join(" or ", allowed));
          }
        });
  }
}
