package dev.auscult.model;

import dev.auscult.checkpoint.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the tensors of {@link ClipConfig#shapes()} are in files with OpenAI's names, which
 * open_clip uses as well: queries, keys and values of a block in one tensor, projections as {@code
 * [in, out]}.
 *
 * @param vision what precedes the names of the image encoder, {@code visual.}
 * @param text what precedes those of the text encoder: nothing, or {@code text.} where open_clip
 *     keeps it apart
 */
record OpenAiNames(String vision, String text) {

  /** The image encoder. */
  Map<String, Origin> ofVision(ClipConfig.Vision config) {
    Map<String, Origin> origins = new LinkedHashMap<>();
    String model = "vision_model.";
    put(origins, model + "embeddings.class_embedding", vision + "class_embedding");
    put(origins, model + "embeddings.patch_embedding.weight", vision + "conv1.weight");
    put(origins, model + "embeddings.position_embedding.weight", vision + "positional_embedding");
    putAffine(origins, model + "pre_layrnorm", vision + "ln_pre");
    putBlocks(origins, model, vision, config.transformer());
    putAffine(origins, model + "post_layernorm", vision + "ln_post");
    origins.put("visual_projection.weight", Origin.of(vision + "proj").transpose());
    return origins;
  }

  /** The text encoder. */
  Map<String, Origin> ofText(ClipConfig.Text config) {
    return ofText(config.transformer());
  }

  /** A text encoder of these blocks. */
  Map<String, Origin> ofText(TransformerConfig config) {
    Map<String, Origin> origins = new LinkedHashMap<>();
    String model = "text_model.";
    put(origins, model + "embeddings.token_embedding.weight", text + "token_embedding.weight");
    put(origins, model + "embeddings.position_embedding.weight", text + "positional_embedding");
    putBlocks(origins, model, text, config);
    putAffine(origins, model + "final_layer_norm", text + "ln_final");
    origins.put("text_projection.weight", Origin.of(text + "text_projection").transpose());
    return origins;
  }

  private static void putBlocks(
      Map<String, Origin> origins, String model, String prefix, TransformerConfig config) {
    for (int layer = 0; layer < config.layers(); layer++) {
      putBlock(
          origins,
          model + "encoder.layers." + layer + ".",
          prefix + "transformer.resblocks." + layer + ".");
    }
  }

  private static void putBlock(Map<String, Origin> origins, String block, String file) {
    putAffine(origins, block + "layer_norm1", file + "ln_1");
    putAffine(origins, block + "layer_norm2", file + "ln_2");
    String[] parts = {"q_proj", "k_proj", "v_proj"};
    for (int part = 0; part < parts.length; part++) {
      String projection = block + "self_attn." + parts[part];
      for (String kind : List.of("weight", "bias")) {
        Origin joined = Origin.of(file + "attn.in_proj_" + kind);
        origins.put(projection + "." + kind, joined.part(part, parts.length));
      }
    }
    putAffine(origins, block + "self_attn.out_proj", file + "attn.out_proj");
    putAffine(origins, block + "mlp.fc1", file + "mlp.c_fc");
    putAffine(origins, block + "mlp.fc2", file + "mlp.c_proj");
  }

  private static void putAffine(Map<String, Origin> origins, String name, String file) {
    put(origins, name + ".weight", file + ".weight");
    put(origins, name + ".bias", file + ".bias");
  }

  private static void put(Map<String, Origin> origins, String name, String file) {
    origins.put(name, Origin.of(file));
  }
}
