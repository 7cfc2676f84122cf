package dev.auscult.model;

import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.Weights;
import dev.auscult.image.ImageTransform;
import java.util.List;
import java.util.Map;

/**
 * MedCLIP's {@code pytorch_model.bin} (Wang 2022): Swin-T or ResNet-50, and Bio_ClinicalBERT read
 * as the mean over all tokens of three layers. Texts are embedded one by one, without padding. The
 * logit scale is cut at ln 100 as the published code does.
 */
final class MedClipLayout implements Layout {
  private static final String IMAGE = "vision_model.model.";
  private static final String TEXT = "text_model.model.";
  private static final int IMAGE_SIZE = 224;
  private static final int CONTEXT = 77;
  private static final double MOST_SCALE = 4.6052;

  @Override
  public String label() {
    return "MedCLIP";
  }

  @Override
  public boolean recognises(Checkpoint checkpoint) {
    return checkpoint.find("text_model.projection_head.weight") != null
        && BertShapes.areIn(checkpoint.tensors(), TEXT);
  }

  @Override
  public TowerEncoder open(ModelSource source) {
    Weights weights = source.checkpoint().tensors();
    int dimension = sizes(weights).size("text_model.projection_head.weight", 0);
    DualPlan plan =
        new DualPlan(
            label(),
            "MedCLIP",
            image(weights, dimension),
            BertTexts.plan(
                weights,
                TEXT,
                CONTEXT,
                TextTower.Padding.HIDDEN,
                new TextPooling.MeanOfLayers(List.of(1, 2, -1)),
                BertTexts.from(weights, TEXT).linear("text_model.projection_head", dimension)),
            score(),
            name -> BertTexts.isHarmless(name) || name.endsWith("relative_position_index"));
    return plan.open(source, MedClipLayout::transform);
  }

  private static TowerPlan<? extends ImageTower> image(Weights weights, int dimension) {
    if (SwinShapes.areIn(weights, IMAGE)) {
      SwinShapes swin = new SwinShapes(weights, IMAGE);
      return swin.plan(
          IMAGE_SIZE,
          SwinConfig.Pooling.MEAN,
          ProjectionConfig.of(swin.features()).linear("vision_model.projection_head", dimension));
    }
    int features = sizes(weights).size(IMAGE + "fc.weight", 1);
    return new ResNetShapes(weights, IMAGE)
        .torchvision(
            IMAGE_SIZE,
            new MapPoolingConfig.Average(
                ProjectionConfig.of(features).linear(IMAGE + "fc", dimension)));
  }

  private static TowerPlan<ScoreFunction> score() {
    return TowerPlan.of(
        "",
        Map.of("logit_scale", List.of()),
        parameters ->
            ScoreFunction.softmax(Math.exp(Math.min(MOST_SCALE, parameters.value("logit_scale")))));
  }

  private static ImageTransform transform(ModelSource source, PatchGrid grid) {
    return ModelFiles.publishedTransform(source, Preprocessing.MEDCLIP, grid);
  }

  private static TensorSizes sizes(Weights weights) {
    return new TensorSizes(weights, "", "MedCLIP");
  }
}
