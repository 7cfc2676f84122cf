package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.checkpoint.Weights;
import dev.auscult.image.Fit;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.Normalisation;
import dev.auscult.image.PixelBatch;
import dev.auscult.image.PublishedTransforms;
import dev.auscult.image.Resample;
import dev.auscult.image.TensorResize;
import dev.auscult.model.SwinConfig.Stage;
import dev.auscult.model.TextTower.Padding;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Both towers of published layouts under the names of their authors, from image files and ids to
 * unit vectors, against conformance/published_models.py. 2e-5 is some hundred roundings of float32.
 */
class PublishedModelsTest {
  private static final float ROUNDING = 2e-5f;
  private static final int WIDTH = 64;
  private static final int DIMENSION = 20;
  private static final int WORDS = 83;

  /**
   * An encoder in a file.
   *
   * @param name of the case
   * @param file of the weights
   * @param shapes of the tensors it uses
   * @param tower over them
   */
  record Encoder<T>(
      String name, String file, Map<String, List<Long>> shapes, Function<Parameters, T> tower) {
    ZooCase zoo() {
      return new ZooCase(name);
    }

    FloatMatrix embed(Function<T, FloatMatrix> use) {
      Weights weights = Weights.open(zoo().folder().resolve(file));
      try (Parameters parameters = Parameters.of(weights.require(shapes), DType.FLOAT32)) {
        return use.apply(tower.apply(parameters));
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** An image encoder with its preprocessing. */
  record Images(Encoder<? extends ImageTower> encoder, ImageTransform transform) {
    FloatMatrix embed() {
      PixelBatch pixels =
          PixelBatch.stack(ZooCase.images().stream().map(transform::apply).toList());
      return encoder.embed(tower -> new ImageInference(tower).encode(pixels));
    }

    @Override
    public String toString() {
      return encoder.name();
    }
  }

  private static ProjectionConfig features(int count) {
    return ProjectionConfig.of(count);
  }

  private static Images swin(
      String name,
      String file,
      String prefix,
      SwinConfig.Pooling pooling,
      ProjectionConfig projection,
      ImageTransform transform) {
    SwinConfig config =
        new SwinConfig(
            new SwinConfig.Input(224, 4, 4, 7),
            List.of(new Stage(2, 1), new Stage(1, 2), new Stage(1, 2), new Stage(1, 4)),
            pooling,
            projection);
    return new Images(
        new Encoder<>(name, file, config.shapes(prefix), given -> config.of(given, prefix)),
        transform);
  }

  private static Images resNet(
      String name,
      String file,
      String prefix,
      ResNetConfig.Form form,
      MapPoolingConfig pooling,
      ImageTransform transform) {
    int size = transform.crop().width();
    ResNetConfig config = new ResNetConfig(form, 2, List.of(1, 1, 1, 1), size, pooling);
    return new Images(
        new Encoder<>(name, file, config.shapes(prefix), given -> config.of(given, prefix)),
        transform);
  }

  private static Images keep() {
    VisionTransformerConfig config =
        new VisionTransformerConfig(
            VisionFormat.TIMM.builtOf(BlockFormat.TIMM.scaled("ls1.weight", "ls2.weight")),
            new TransformerConfig(WIDTH, 1, 1, 32, Activation.GELU, 1e-6),
            3,
            new PatchGrid(32, 8),
            ImagePooling.Simple.CLASS_TOKEN,
            features(WIDTH)
                .affine("visual_head.0", WIDTH)
                .apply(Activation.GELU)
                .affine("visual_head.2", WIDTH));
    return new Images(
        new Encoder<>(
            "keep",
            "model.safetensors",
            config.shapes("visual."),
            given -> config.of(given, "visual.")),
        ImageTransform.of(Fit.torchvision(32, Resample.BICUBIC, 32), Normalisation.imageNet()));
  }

  private static final MapPoolingConfig.ProjectedPixels PROJECTOR =
      new MapPoolingConfig.ProjectedPixels("projector.model.", DIMENSION);

  /** CXR-CLIP's evaluation normalises the input of ResNets as ImageNet's. */
  private static final ImageTransform CXR_CLIP_RESNET =
      ImageTransform.of(Fit.torchvision(224, Resample.BILINEAR, 224), Normalisation.imageNet());

  static final List<Images> IMAGES =
      List.of(
          swin(
              "medclip-swin",
              "pytorch_model.bin",
              "vision_model.model.",
              SwinConfig.Pooling.MEAN,
              features(32).linear("vision_model.projection_head", DIMENSION),
              PublishedTransforms.medClip()),
          resNet(
              "medclip-resnet",
              "pytorch_model.bin",
              "vision_model.model.",
              ResNetConfig.Form.TORCHVISION,
              new MapPoolingConfig.Average(
                  features(WIDTH).linear("vision_model.model.fc", DIMENSION)),
              PublishedTransforms.medClip()),
          swin(
              "cxr-clip-swin",
              "model-best.tar",
              "image_encoder.image_encoder.",
              SwinConfig.Pooling.FIRST,
              features(32).affine("image_projection.projection", DIMENSION),
              PublishedTransforms.cxrClip()),
          resNet(
              "cxr-clip-resnet",
              "model-best.tar",
              "image_encoder.resnet.",
              ResNetConfig.Form.TORCHVISION,
              new MapPoolingConfig.Average(
                  features(WIDTH).affine("image_projection.projection", DIMENSION)),
              CXR_CLIP_RESNET),
          resNet(
              "biovil",
              "biovil_image_resnet50_proj_size_128.pt",
              "encoder.encoder.",
              ResNetConfig.Form.TORCHVISION,
              PROJECTOR,
              PublishedTransforms.bioVil()),
          resNet(
              "biovil-t",
              "biovil_t_image_model_proj_size_128.pt",
              "encoder.encoder.",
              ResNetConfig.Form.TORCHVISION,
              new MapPoolingConfig.WithoutPrevious("encoder.", 8, PROJECTOR),
              PublishedTransforms.bioVilT()),
          resNet(
              "pmc-clip",
              "checkpoint.pt",
              "visual.",
              ResNetConfig.Form.OPENAI,
              new MapPoolingConfig.Attention("visual.attnpool.", 1, DIMENSION),
              PublishedTransforms.openAi(224)),
          keep());

  private static Encoder<TextTower> bert(
      String name,
      String file,
      String prefix,
      int layers,
      int context,
      TextPooling pooling,
      ProjectionConfig projection) {
    Padding padding = name.equals("pmc-clip") ? Padding.READ : Padding.HIDDEN;
    TextTransformerConfig config =
        new TextTransformerConfig(
            TextFormat.BERT,
            new TransformerConfig(WIDTH, layers, 1, 8, Activation.GELU, 1e-12),
            new TextTransformerConfig.Input(WORDS, 2, context, context, 0, padding),
            pooling,
            projection);
    return new Encoder<>(name, file, config.shapes(prefix), given -> config.of(given, prefix));
  }

  private static Encoder<TextTower> medClip(String name) {
    return bert(
        name,
        "pytorch_model.bin",
        "text_model.model.",
        2,
        77,
        new TextPooling.MeanOfLayers(List.of(1, 2, -1)),
        features(WIDTH).linear("text_model.projection_head", DIMENSION));
  }

  private static Encoder<TextTower> cxrClip(String name) {
    return bert(
        name,
        "model-best.tar",
        "text_encoder.text_encoder.",
        1,
        256,
        TextPooling.Place.LAST,
        features(WIDTH).affine("text_projection.projection", DIMENSION));
  }

  private static Encoder<TextTower> bioVil(String name) {
    String head = "cls_projection_head.";
    return bert(
        name,
        "pytorch_model.bin",
        "bert.",
        1,
        96,
        TextPooling.Place.FIRST,
        features(WIDTH)
            .affine(head + "dense_to_hidden", DIMENSION)
            .apply(Activation.GELU)
            .norm(head + "LayerNorm", 1e-12)
            .affine(head + "dense_to_output", DIMENSION));
  }

  static final List<Encoder<TextTower>> TEXTS =
      List.of(
          medClip("medclip-swin"),
          medClip("medclip-resnet"),
          cxrClip("cxr-clip-swin"),
          cxrClip("cxr-clip-resnet"),
          bioVil("biovil"),
          bioVil("biovil-t"),
          bert(
              "pmc-clip",
              "checkpoint.pt",
              "text_encoder.",
              1,
              77,
              TextPooling.Place.FIRST,
              features(WIDTH).times("text_projection", DIMENSION)),
          bert(
              "keep",
              "model.safetensors",
              "text.",
              1,
              256,
              TextPooling.Place.FIRST,
              features(WIDTH).affine("text.pooler.dense", WIDTH).apply(Activation.TANH)),
          bert(
              "unimed-clip",
              "unimed_clip_vit_b16.pt",
              "text_encoder.transformer.",
              1,
              256,
              TextPooling.Place.FIRST,
              features(WIDTH)
                  .linear("text_encoder.proj.0", 44)
                  .apply(Activation.GELU)
                  .linear("text_encoder.proj.2", 24)));

  @ParameterizedTest
  @FieldSource("IMAGES")
  void embedsImagesAsTheAuthors(Images given) {
    assertThat(given.embed().toArray())
        .containsExactly(given.encoder().zoo().matrix("image_embeds").toArray(), within(ROUNDING));
  }

  @ParameterizedTest
  @FieldSource("TEXTS")
  void embedsTextsAsTheAuthors(Encoder<TextTower> given) {
    int[][] ids = given.zoo().ids();

    FloatMatrix embedded =
        given.embed(
            tower -> {
              int[] pooled = Arrays.stream(ids).mapToInt(tower::pooledPosition).toArray();
              return new TextInference(tower).encode(ids, pooled, null);
            });

    assertThat(embedded.toArray())
        .containsExactly(given.zoo().matrix("text_embeds").toArray(), within(ROUNDING));
  }

  @Test
  void embedsAsChexzeroFromOpenAisLayout() {
    ZooCase expected = new ZooCase("chexzero");
    ImageTransform transform = PublishedTransforms.cheXzero(TensorResize.Kernel.BICUBIC);
    try (DualEncoder encoder = Models.load(expected.folder().toString(), Compute.standard())) {
      PixelBatch pixels =
          PixelBatch.stack(ZooCase.images().stream().map(transform::apply).toList());

      assertThat(encoder.encodeImages(pixels).toArray())
          .containsExactly(expected.matrix("image_embeds").toArray(), within(ROUNDING));
      assertThat(encoder.encodeTexts(expected.ids()).toArray())
          .containsExactly(expected.matrix("text_embeds").toArray(), within(ROUNDING));
    }
  }
}
