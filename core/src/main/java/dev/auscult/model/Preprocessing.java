package dev.auscult.model;

import dev.auscult.image.Fit;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.Normalisation;
import dev.auscult.image.PublishedTransforms;
import dev.auscult.image.Resample;
import dev.auscult.image.TensorResize;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The preprocessing of published models whose files do not describe it. */
public enum Preprocessing {
  /** As the checkpoint's own files say. */
  OWN,
  /** OpenAI's, at the size of the model's input. */
  OPENAI,
  /** BioViL. */
  BIOVIL,
  /** BioViL-T. */
  BIOVIL_T,
  /** CheXzero. */
  CHEXZERO,
  /** CXR-CLIP. */
  CXR_CLIP,
  /** CXR-CLIP's ResNets: ImageNet's channels. */
  CXR_CLIP_RESNET,
  /** KEEP. */
  KEEP,
  /** MedCLIP. */
  MEDCLIP;

  /** Its name in the registry, e.g. {@code biovil-t}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The preprocessing of that name. */
  public static Optional<Preprocessing> named(String key) {
    return Arrays.stream(values()).filter(known -> known.key().equals(key)).findFirst();
  }

  /**
   * The transform.
   *
   * @param side of the model's input in pixels
   * @throws IllegalStateException for {@link #OWN}
   */
  public ImageTransform transform(int side) {
    return switch (this) {
      case OWN -> throw new IllegalStateException("described by the checkpoint's own files");
      case OPENAI -> PublishedTransforms.openAi(side);
      case BIOVIL -> PublishedTransforms.bioVil();
      case BIOVIL_T -> PublishedTransforms.bioVilT();
      case CHEXZERO -> PublishedTransforms.cheXzero(TensorResize.Kernel.BICUBIC);
      case CXR_CLIP -> PublishedTransforms.cxrClip();
      case CXR_CLIP_RESNET ->
          ImageTransform.of(
              Fit.torchvision(side, Resample.BILINEAR, side), Normalisation.imageNet());
      case KEEP ->
          ImageTransform.of(
              Fit.torchvision(side, Resample.BICUBIC, side), Normalisation.imageNet());
      case MEDCLIP -> PublishedTransforms.medClip();
    };
  }
}
