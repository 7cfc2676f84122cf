package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.Origin;
import dev.auscult.checkpoint.Weights;
import dev.auscult.image.ImageTransform;
import dev.auscult.text.Tokenizers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * CONCH's {@code pytorch_model.bin} (Lu 2024; create_model of mahmoodlab/CONCH): timm's vision
 * transformer, asked by one learnt query; CoCa's text transformer, read at a class token after the
 * text. What serves its captioning is ignored.
 */
final class ConchLayout implements Layout {
  private static final String TRUNK = "visual.trunk.";
  private static final String POOL = "visual.attn_pool_contrast.";
  private static final String NORM = "visual.ln_contrast";
  private static final String PROJECTION = "visual.proj_contrast";
  private static final String TEXT = "text.";
  private static final double EPSILON = 1e-5;

  /** {@code attn_pooler_heads} of conch_ViT-B-16.json; weights do not show it. */
  private static final int POOL_HEADS = 8;

  @Override
  public String label() {
    return "CONCH";
  }

  @Override
  public boolean recognises(Checkpoint checkpoint) {
    return TimmShapes.areIn(checkpoint.tensors(), TRUNK)
        && checkpoint.find(POOL + "query") != null
        && checkpoint.find(TEXT + "cls_emb") != null;
  }

  @Override
  public TowerEncoder open(ModelSource source) {
    requireTokenizer(source);
    Weights weights = source.checkpoint().tensors();
    DualPlan plan =
        new DualPlan(
            label(),
            "CONCH",
            image(weights),
            text(weights),
            TowerPlan.softmax(),
            ConchLayout::isHarmless);
    return plan.open(source, ConchLayout::transform);
  }

  private static void requireTokenizer(ModelSource source) {
    Path folder = source.tokenizerFolder();
    if (Tokenizers.FILES.stream().map(folder::resolve).noneMatch(Files::exists)) {
      throw new InputException(
          folder.toString(),
          "CONCH without its tokenizer, which is not on the hub",
          "conch_byte_level_bpe_uncased.json beside pytorch_model.bin",
          "put both into a folder, the tokenizer from conch/open_clip_custom/tokenizers of"
              + " github.com/mahmoodlab/CONCH, and name that folder");
    }
  }

  private static TowerPlan<VisionTransformer> image(Weights weights) {
    TimmShapes trunk = new TimmShapes(weights, TRUNK);
    TensorSizes sizes = sizes(weights, "");
    int width = sizes.size(POOL + "query", 1);
    VisionTransformerConfig config =
        trunk.config(
            new ImagePooling.Attention(AttentionPoolFormat.COCA, POOL, width, POOL_HEADS),
            ProjectionConfig.of(width)
                .norm(NORM, EPSILON)
                .times(PROJECTION, sizes.size(PROJECTION, 1)));
    return VisionPlans.ofOneSize("CONCH " + trunk.description(), config, TRUNK, Map.of());
  }

  private static TowerPlan<TextTransformer> text(Weights weights) {
    TensorSizes sizes = sizes(weights, TEXT);
    TransformerConfig transformer = transformer(sizes);
    int positions = sizes.size("positional_embedding", 0);
    TextTransformerConfig config =
        new TextTransformerConfig(
            TextFormat.COCA,
            transformer,
            new TextTransformerConfig.Input(
                sizes.size("token_embedding.weight", 0),
                0,
                positions,
                positions - 1,
                0,
                TextTower.Padding.READ),
            TextPooling.Place.CONTEXT_END,
            ProjectionConfig.of(transformer.width())
                .linear("text_projection", sizes.size("text_projection", 1)));
    Map<String, Origin> origins =
        new LinkedHashMap<>(new OpenAiNames("visual.", TEXT).ofText(transformer));
    origins.put(ClipConfig.TEXT + TextFormat.COCA.classToken(), Origin.of(TEXT + "cls_emb"));
    String description = "CoCa text %dx%d".formatted(transformer.layers(), transformer.width());
    return TextPlans.of(description, config, ClipConfig.TEXT, origins);
  }

  private static TransformerConfig transformer(TensorSizes sizes) {
    String name = "token_embedding.weight";
    int width = sizes.size(name, 1);
    return new TransformerConfig(
        width,
        sizes.layers("transformer.resblocks."),
        sizes.heads(name, width),
        sizes.size("transformer.resblocks.0.mlp.c_fc.weight", 0),
        Activation.GELU,
        EPSILON);
  }

  private static boolean isHarmless(String name) {
    return name.startsWith("visual.attn_pool_caption.")
        || name.startsWith("visual.ln_caption.")
        || name.startsWith("text_decoder.")
        || name.endsWith("attn_mask");
  }

  private static ImageTransform transform(ModelSource source, PatchGrid grid) {
    return ModelFiles.publishedTransform(source, Preprocessing.OPENAI, grid);
  }

  private static TensorSizes sizes(Weights weights, String prefix) {
    return new TensorSizes(weights, prefix, "CONCH");
  }
}
