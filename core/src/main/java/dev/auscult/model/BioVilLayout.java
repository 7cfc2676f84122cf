package dev.auscult.model;

import dev.auscult.base.InputException;
import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.Weights;
import dev.auscult.image.ImageTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * BioViL (Boecking 2022) and BioViL-T (Bannur 2023) as hi-ml loads them: the folder of CXR-BERT,
 * and beside it the image encoder's own file. Images of BioViL-T are embedded without a previous
 * one. Neither publishes a scale: the score is the cosine.
 */
final class BioVilLayout implements Layout {
  private static final List<String> IMAGE_FILES =
      List.of("biovil_image_resnet50_proj_size_128.pt", "biovil_t_image_model_proj_size_128.pt");
  private static final String NETWORK = "encoder.encoder.";
  private static final String COMPARISON = "encoder.";
  private static final String MISSING = "missing_previous_emb";
  private static final String PROJECTOR = "projector.model.";
  private static final String TEXT = "bert.";
  private static final String HEAD = "cls_projection_head.";
  private static final double EPSILON = 1e-12;

  @Override
  public String label() {
    return "BioViL (CXR-BERT and a file of the image encoder)";
  }

  @Override
  public boolean recognises(Checkpoint checkpoint) {
    return isText(checkpoint.tensors()) || isImage(checkpoint.tensors());
  }

  private static boolean isText(Weights weights) {
    return BertShapes.areIn(weights, TEXT) && weights.find(HEAD + "dense_to_output.weight") != null;
  }

  private static boolean isImage(Weights weights) {
    return ResNetShapes.areIn(weights, NETWORK) && weights.find(PROJECTOR + "3.weight") != null;
  }

  @Override
  public TowerEncoder open(ModelSource source) {
    Checkpoint opened = source.checkpoint();
    Weights images = isImage(opened.tensors()) ? opened.tensors() : imagesBeside(opened);
    Checkpoint texts = isText(opened.tensors()) ? opened : textsBeside(opened);
    boolean compares = sizes(images, COMPARISON).has(MISSING);
    DualPlan plan =
        new DualPlan(
            label(),
            "BioViL",
            compares ? withoutPrevious(images) : alone(images),
            text(texts.tensors()),
            TowerPlan.cosine(),
            name -> BertTexts.isHarmless(name) || name.startsWith("cls.predictions."),
            Optional.of(new DualPlan.ImageFile(images, BioVilLayout::isHarmless)));
    return plan.open(
        source.with(texts.with(images)), compares ? BioVilLayout::bioVilT : BioVilLayout::bioVil);
  }

  /** The image encoder's file beside CXR-BERT, by its published name. */
  private static Weights imagesBeside(Checkpoint texts) {
    List<Path> found =
        IMAGE_FILES.stream().map(texts.folder()::resolve).filter(Files::exists).toList();
    if (found.size() != 1) {
      throw new InputException(
          texts.folder().toString(),
          found.isEmpty() ? "CXR-BERT without an image encoder" : "two image encoders",
          "one of " + String.join(", ", IMAGE_FILES),
          found.isEmpty() ? "download that file into it" : "name the file that is meant");
    }
    return Weights.open(found.get(0));
  }

  /** CXR-BERT in the folder of an image encoder's file that the user named. */
  private static Checkpoint textsBeside(Checkpoint images) {
    Checkpoint texts = Checkpoint.open(images.folder());
    if (!isText(texts.tensors())) {
      throw new InputException(
          texts.weightsName(),
          "an image encoder without CXR-BERT",
          "CXR-BERT's pytorch_model.bin in the same folder",
          "download it with its tokenizer into " + images.folder());
    }
    return texts;
  }

  private static TowerPlan<ResNetTower> alone(Weights images) {
    return network(images, Preprocessing.BIOVIL, projector(images));
  }

  private static TowerPlan<ResNetTower> withoutPrevious(Weights images) {
    int reduced = sizes(images, COMPARISON).size(MISSING, 1);
    TowerPlan<ResNetTower> plan =
        network(
            images,
            Preprocessing.BIOVIL_T,
            new MapPoolingConfig.WithoutPrevious(COMPARISON, reduced, projector(images)));
    return plan.describedAs(plan.description() + " without a previous image");
  }

  private static TowerPlan<ResNetTower> network(
      Weights images, Preprocessing preprocessing, MapPoolingConfig pooling) {
    int side = preprocessing.transform(0).crop().width();
    return new ResNetShapes(images, NETWORK).torchvision(side, pooling);
  }

  private static MapPoolingConfig.ProjectedPixels projector(Weights images) {
    return new MapPoolingConfig.ProjectedPixels(
        PROJECTOR, sizes(images, PROJECTOR).size("3.weight", 0));
  }

  private static TowerPlan<TextTransformer> text(Weights texts) {
    int dimension = sizes(texts, HEAD).size("dense_to_output.weight", 0);
    ProjectionConfig projection =
        BertTexts.from(texts, TEXT)
            .affine(HEAD + "dense_to_hidden", dimension)
            .apply(Activation.GELU)
            .norm(HEAD + "LayerNorm", EPSILON)
            .affine(HEAD + "dense_to_output", dimension);
    return BertTexts.plan(
        texts,
        TEXT,
        new BertShapes(texts, TEXT).positions(),
        TextTower.Padding.HIDDEN,
        TextPooling.Place.FIRST,
        projection);
  }

  /** ImageNet's classes, what compares two images, and what counts training steps. */
  private static boolean isHarmless(String name) {
    return name.startsWith(NETWORK + "fc.")
        || name.startsWith(COMPARISON + "vit_pooler.")
        || name.endsWith(".num_batches_tracked");
  }

  private static ImageTransform bioVil(ModelSource source, PatchGrid grid) {
    return ModelFiles.publishedTransform(source, Preprocessing.BIOVIL, grid);
  }

  private static ImageTransform bioVilT(ModelSource source, PatchGrid grid) {
    return ModelFiles.publishedTransform(source, Preprocessing.BIOVIL_T, grid);
  }

  private static TensorSizes sizes(Weights weights, String prefix) {
    return new TensorSizes(weights, prefix, "BioViL");
  }
}
