package dev.auscult.image;

import java.util.List;
import java.util.Optional;

/**
 * The preprocessing of models whose checkpoints bring no file that describes it, as their authors
 * published it in code. Each is exact for 8-bit gray and RGB images; {@code
 * docs/transforms-and-tokenizers.md} says where the originals treat other images differently.
 */
public final class PublishedTransforms {
  private static final int CHEXZERO_STORED = 320;

  private PublishedTransforms() {}

  /**
   * OpenAI's own {@code clip} package, with torchvision's centre crop: original CLIP checkpoints
   * and PubMedCLIP (224 and 288), PMC-CLIP (224), UniMed-CLIP (224 and 336), CONCH (448).
   *
   * <p>Sources: {@code _transform} in clip.py of openai/CLIP; {@code image_transform} in
   * WeixiongLin/PMC-CLIP, mbzuai-oryx/UniMed-CLIP and mahmoodlab/CONCH.
   *
   * @param side of the model's input in pixels
   */
  public static ImageTransform openAi(int side) {
    return ImageTransform.of(Fit.torchvision(side, Resample.BICUBIC, side), Normalisation.clip());
  }

  /** KEEP: as {@link #openAi} at 224 pixels with ImageNet's channels. Source: README.md of KEEP. */
  public static ImageTransform keep() {
    return ImageTransform.of(Fit.torchvision(224, Resample.BICUBIC, 224), Normalisation.imageNet());
  }

  /**
   * CXR-CLIP: shortest edge to 224, bilinear, centre crop, mean and standard deviation 1/2. Source:
   * {@code transform_image} and configs/transform/default.yaml of Soombit-ai/cxr-clip.
   */
  public static ImageTransform cxrClip() {
    return ImageTransform.of(Fit.torchvision(224, Resample.BILINEAR, 224), Normalisation.centred());
  }

  /**
   * MedCLIP: gray, centred on a black square, resized to 224 bicubically, three equal channels.
   * Source: {@code MedCLIPFeatureExtractor} of RyanWangZf/MedCLIP 0.0.3, with transformers 4.24.
   */
  public static ImageTransform medClip() {
    PixelSize size = PixelSize.square(224);
    Fit fit = new Fit(new Resize.PaddedSquare(224), Resample.BICUBIC, Crop.transformers(size));
    return new ImageTransform(
        List.of(new PixelStep.Gray(), fit),
        Normalisation.unit(
            Normalisation.same(0.5862785803043838), Normalisation.same(0.27950088968644304)),
        Optional.empty());
  }

  /** BioViL: as {@link #bioVilT()} with a crop of 480. */
  public static ImageTransform bioVil() {
    return healthMultimodal(480);
  }

  /**
   * BioViL-T: levels stretched to 0-255, gray, shortest edge to 512, bilinear, centre crop of 448,
   * scaled to [0, 1] and not normalised further. Source: {@code load_image} and {@code
   * create_chest_xray_transform_for_inference} of microsoft/hi-ml, hi-ml-multimodal.
   */
  public static ImageTransform bioVilT() {
    return healthMultimodal(448);
  }

  private static ImageTransform healthMultimodal(int crop) {
    return new ImageTransform(
        List.of(
            new PixelStep.Stretch(),
            new PixelStep.Gray(),
            Fit.torchvision(512, Resample.BILINEAR, crop)),
        Normalisation.none(),
        Optional.empty());
  }

  /**
   * CheXzero: longer edge to 320, Lanczos, centred on black, gray; samples of 0-255 normalised,
   * then the floats resized to 224. Sources: {@code preprocess} in data_process.py and {@code make}
   * in zero_shot.py of rajpurkarlab/CheXzero.
   *
   * @param kernel {@code BICUBIC} is what its pinned torchvision 0.11.3 does; {@code
   *     ANTIALIASED_BICUBIC} is what the same code does with torchvision 0.17 and later
   */
  public static ImageTransform cheXzero(TensorResize.Kernel kernel) {
    Fit fit =
        new Fit(
            new Resize.LongestEdge(CHEXZERO_STORED),
            Resample.LANCZOS,
            Crop.torchvision(PixelSize.square(CHEXZERO_STORED)));
    return new ImageTransform(
        List.of(fit, new PixelStep.Gray()),
        new Normalisation(1, Normalisation.same(101.48761), Normalisation.same(83.43944)),
        Optional.of(new TensorResize(PixelSize.square(224), kernel)));
  }
}
