package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.model.ResNetConfig.Form;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Against the libraries' own classes in float32. The tolerance of 2e-5 on unit vectors is some
 * hundred roundings of float32: sums are taken in another order, and folded normalisations round
 * elsewhere.
 */
class ImageTowerParityTest {
  private static final int WIDTH = 2;
  private static final MapPoolingConfig.ProjectedPixels PROJECTOR =
      new MapPoolingConfig.ProjectedPixels("projector.model.", 10);
  private static final String BIOVIL = "encoder.encoder.";

  static final List<Case> CASES =
      List.of(
          resNet("torchvision-bias", Form.TORCHVISION, 64, average().affine("fc", 16), 2, 1, 3, 1),
          resNet(
              "torchvision-no-bias", Form.TORCHVISION, 96, average().linear("fc", 12), 1, 2, 1, 1),
          resNet("openai", "", Form.OPENAI, 64, attention(4, 16), 2, 1, 2, 1),
          resNet("openai-wide", "", Form.OPENAI, 96, attention(8, 12), 1, 2, 1, 1),
          swin(
              "swin-mean",
              new SwinConfig.Input(48, 4, 8, 3),
              List.of(new SwinConfig.Stage(2, 1), new SwinConfig.Stage(4, 2)),
              SwinConfig.Pooling.MEAN,
              ProjectionConfig.of(16).linear("projection_head", 10)),
          swin(
              "swin-first",
              new SwinConfig.Input(56, 4, 6, 7),
              List.of(new SwinConfig.Stage(3, 3), new SwinConfig.Stage(2, 2)),
              SwinConfig.Pooling.FIRST,
              ProjectionConfig.of(12).affine("projection_head", 12)),
          resNet("biovil", BIOVIL, Form.TORCHVISION, 64, PROJECTOR, 1, 1, 2, 1),
          resNet(
              "biovil-t",
              BIOVIL,
              Form.TORCHVISION,
              64,
              new MapPoolingConfig.WithoutPrevious("encoder.", 8, PROJECTOR),
              1,
              1,
              2,
              1));

  /**
   * A fixture and its architecture.
   *
   * @param shapes of the tensors it uses
   * @param tower over them
   */
  record Case(String name, Map<String, List<Long>> shapes, Function<Parameters, ImageTower> tower) {
    @Override
    public String toString() {
      return name;
    }

    TowerFixture fixture() {
      return new TowerFixture("convolution", name);
    }

    FloatMatrix embed(DType dtype) {
      try (Parameters parameters = fixture().parameters(shapes, dtype)) {
        return new ImageInference(tower.apply(parameters)).encode(fixture().pixels("pixels"));
      }
    }
  }

  private static Case resNet(
      String name,
      String prefix,
      Form form,
      int size,
      MapPoolingConfig pooling,
      Integer... depths) {
    ResNetConfig config = new ResNetConfig(form, WIDTH, List.of(depths), size, pooling);
    return new Case(name, config.shapes(prefix), parameters -> config.of(parameters, prefix));
  }

  private static Case resNet(
      String name, Form form, int size, ProjectionConfig projection, Integer... depths) {
    return resNet(name, "", form, size, new MapPoolingConfig.Average(projection), depths);
  }

  private static Case swin(
      String name,
      SwinConfig.Input input,
      List<SwinConfig.Stage> stages,
      SwinConfig.Pooling pooling,
      ProjectionConfig projection) {
    SwinConfig config = new SwinConfig(input, stages, pooling, projection);
    return new Case(name, config.shapes("model."), given -> config.of(given, "model."));
  }

  private static ProjectionConfig average() {
    return ProjectionConfig.of(32 * WIDTH);
  }

  private static MapPoolingConfig attention(int heads, int dimension) {
    return new MapPoolingConfig.Attention("attnpool.", heads, dimension);
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void embedsImagesAsTheReference(Case given) {
    assertThat(given.embed(DType.FLOAT32).toArray())
        .containsExactly(given.fixture().matrix("image_embeds").toArray(), within(2e-5f));
  }

  /** bfloat16 keeps 8 bits: a relative error of 2^-9 per operation over some thirty operations. */
  @ParameterizedTest
  @FieldSource("CASES")
  void staysCloseInBfloat16(Case given) {
    FloatMatrix actual = given.embed(DType.BFLOAT16);
    FloatMatrix expected = given.fixture().matrix("image_embeds");

    for (int row = 0; row < expected.rows(); row++) {
      assertThat(actual.dot(row, expected, row)).isGreaterThan(.999);
    }
  }

  /**
   * PyTorch counts the batches that running statistics were made of, hi-ml keeps ImageNet's
   * classifier, and BioViL-T compares with a previous image: nothing here depends on them.
   */
  @ParameterizedTest
  @FieldSource("CASES")
  void usesEveryTensorThatMatters(Case given) {
    List<String> unused =
        given.fixture().names().stream()
            .filter(name -> !given.shapes().containsKey(name))
            .filter(name -> !name.endsWith(".num_batches_tracked"))
            .filter(name -> !name.startsWith("encoder.encoder.fc."))
            .filter(name -> !name.startsWith("encoder.vit_pooler."))
            .toList();

    assertThat(unused).isEmpty();
  }
}
