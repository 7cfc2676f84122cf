package dev.auscult.model;

import dev.auscult.checkpoint.Checkpoint;
import tools.jackson.databind.node.ObjectNode;

/** open_clip: {@code open_clip_config.json} with towers of its own, of timm and of Hugging Face. */
final class OpenClipLayout implements Layout {
  static final String CONFIG = "open_clip_config.json";

  @Override
  public String label() {
    return "open_clip (" + CONFIG + ")";
  }

  @Override
  public boolean recognises(Checkpoint checkpoint) {
    return checkpoint.json(CONFIG).isPresent();
  }

  @Override
  public TowerEncoder open(ModelSource source) {
    Checkpoint checkpoint = source.checkpoint();
    ObjectNode root = checkpoint.json(CONFIG).orElseThrow();
    String file = checkpoint.folder().resolve(CONFIG).toString();
    OpenClipConfig config = OpenClipConfig.parse(root, file);
    boolean apart = checkpoint.names().stream().anyMatch(name -> name.startsWith("text."));
    OpenAiNames names = new OpenAiNames("visual.", apart ? "text." : "");
    ClipConfig clip =
        new ClipConfig(
            config.clipVision(), config.clipText(), config.dimension(), ClipConfig.LOGIT_SCALE);
    DualPlan plan =
        new DualPlan(
            label(),
            CONFIG,
            ClipPlans.vision(clip, names.ofVision(clip.vision())),
            ClipPlans.text(clip, names.ofText(clip.text())),
            checkpoint.find("logit_bias") != null ? TowerPlan.sigmoid() : TowerPlan.softmax(),
            OpenClipLayout::isHarmless);
    return plan.open(
        source,
        ModelFiles.openClipTransform(source, clip.vision().grid()),
        ModelFiles.tokenizer(source, clip.text().context(), clip.text().vocabulary()));
  }

  /** Masks and position numbers that are computed again. */
  private static boolean isHarmless(String name) {
    return name.endsWith("attn_mask") || name.endsWith("position_ids");
  }
}
