package dev.auscult.model;

import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.Weights;
import dev.auscult.image.ImageTransform;

/**
 * CXR-CLIP's training checkpoints (You 2023): Swin-T read at its first pixel, or ResNet-50;
 * Bio_ClinicalBERT read at the last token; linear projections.
 */
final class CxrClipLayout implements Layout {
  private static final String SWIN = "image_encoder.image_encoder.";
  private static final String RESNET = "image_encoder.resnet.";
  private static final String TEXT = "text_encoder.text_encoder.";
  private static final String PROJECTION = "image_projection.projection";
  private static final int IMAGE_SIZE = 224;
  private static final int CONTEXT = 256;

  @Override
  public String label() {
    return "CXR-CLIP";
  }

  @Override
  public boolean recognises(Checkpoint checkpoint) {
    return checkpoint.find(PROJECTION + ".weight") != null
        && BertShapes.areIn(checkpoint.tensors(), TEXT);
  }

  @Override
  public TowerEncoder open(ModelSource source) {
    Weights weights = source.checkpoint().tensors();
    int dimension = sizes(weights).size(PROJECTION + ".weight", 0);
    boolean swin = SwinShapes.areIn(weights, SWIN);
    DualPlan plan =
        new DualPlan(
            label(),
            "CXR-CLIP",
            swin ? swin(weights, dimension) : resNet(weights, dimension),
            BertTexts.plan(
                weights,
                TEXT,
                CONTEXT,
                TextTower.Padding.HIDDEN,
                TextPooling.Place.LAST,
                BertTexts.from(weights, TEXT).affine("text_projection.projection", dimension)),
            TowerPlan.softmax(),
            name -> BertTexts.isHarmless(name) || name.endsWith("relative_position_index"));
    return plan.open(source, swin ? CxrClipLayout::centred : CxrClipLayout::imageNet);
  }

  private static TowerPlan<SwinTower> swin(Weights weights, int dimension) {
    SwinShapes swin = new SwinShapes(weights, SWIN);
    return swin.plan(
        IMAGE_SIZE,
        SwinConfig.Pooling.FIRST,
        ProjectionConfig.of(swin.features()).affine(PROJECTION, dimension));
  }

  private static TowerPlan<ResNetTower> resNet(Weights weights, int dimension) {
    int features = sizes(weights).size(PROJECTION + ".weight", 1);
    return new ResNetShapes(weights, RESNET)
        .torchvision(
            IMAGE_SIZE,
            new MapPoolingConfig.Average(
                ProjectionConfig.of(features).affine(PROJECTION, dimension)));
  }

  private static ImageTransform centred(ModelSource source, PatchGrid grid) {
    return Preprocessing.CXR_CLIP.transform(grid.imageSize());
  }

  /** Its ResNets were evaluated with ImageNet's channels. */
  private static ImageTransform imageNet(ModelSource source, PatchGrid grid) {
    return Preprocessing.CXR_CLIP_RESNET.transform(grid.imageSize());
  }

  private static TensorSizes sizes(Weights weights) {
    return new TensorSizes(weights, "", "CXR-CLIP");
  }
}
