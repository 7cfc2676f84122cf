package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Vision transformers with the poolings and projections of public models, against timm, open_clip
 * and transformers in float32. The tolerance of 2e-5 on unit vectors is some hundred roundings of
 * float32: the two sum in different orders.
 */
class VisionTransformerTest {
  private static final int WIDTH = 16;
  private static final PatchGrid GRID = new PatchGrid(24, 8);

  /**
   * A model's image encoder.
   *
   * @param name of the fixture
   * @param prefix of the tower's tensors in it
   */
  record Model(String name, String prefix, VisionTransformerConfig config) {
    TowerFixture fixture() {
      return new TowerFixture("vision", name);
    }

    <T> T with(DType dtype, BiFunction<ImageInference, TowerFixture, T> use) {
      try (Parameters parameters = fixture().parameters(config.shapes(prefix), dtype)) {
        return use.apply(new ImageInference(config.of(parameters, prefix)), fixture());
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static VisionTransformerConfig config(
      VisionFormat format,
      Activation activation,
      double epsilon,
      ImagePooling pooling,
      ProjectionConfig projection) {
    int intermediate = format.equals(VisionFormat.DINOV2) ? 32 : 24;
    return new VisionTransformerConfig(
        format,
        new TransformerConfig(WIDTH, 2, 4, intermediate, activation, epsilon),
        3,
        GRID,
        pooling,
        projection);
  }

  private static VisionTransformerConfig timm(
      VisionFormat format, ImagePooling pooling, ProjectionConfig projection) {
    return config(format, Activation.GELU, 1e-6, pooling, projection);
  }

  private static final ImagePooling CLASS_TOKEN = ImagePooling.Simple.CLASS_TOKEN;
  private static final ProjectionConfig STATE = ProjectionConfig.of(WIDTH);
  private static final ImagePooling TIMM_POOL =
      new ImagePooling.Attention(AttentionPoolFormat.TIMM, "attn_pool.", WIDTH, 4);

  private static final Model MEAN_OF_NORMED =
      new Model(
          "mean-of-normed", "", timm(VisionFormat.TIMM, ImagePooling.Simple.MEAN_OF_NORMED, STATE));

  private static final Model CLIP =
      new Model(
          "clip",
          "vision_model.",
          config(
              VisionFormat.CLIP,
              Activation.QUICK_GELU,
              1e-5,
              CLASS_TOKEN,
              STATE.linear("visual_projection", 12)));

  static final List<Model> DROPPING =
      List.of(
          new Model(
              "biomedclip",
              "trunk.",
              timm(VisionFormat.TIMM, CLASS_TOKEN, STATE.linear("head.proj", 12))),
          new Model(
              "keep",
              "visual.",
              timm(
                  VisionFormat.TIMM.builtOf(BlockFormat.TIMM.scaled("ls1.gamma", "ls2.gamma")),
                  CLASS_TOKEN,
                  STATE
                      .affine("visual_head.0", 12)
                      .apply(Activation.GELU)
                      .affine("visual_head.2", 12))),
          new Model(
              "attention-pool", "", timm(VisionFormat.TIMM.withoutClassToken(), TIMM_POOL, STATE)),
          new Model("attention-pool-class-token", "", timm(VisionFormat.TIMM, TIMM_POOL, STATE)),
          new Model(
              "conch",
              "trunk.",
              timm(
                  VisionFormat.TIMM,
                  new ImagePooling.Attention(
                      AttentionPoolFormat.COCA, "attn_pool_contrast.", 12, 3),
                  ProjectionConfig.of(12).norm("ln_contrast", 1e-5).times("proj_contrast", 12))),
          new Model(
              "siglip",
              "",
              config(
                  VisionFormat.SIGLIP,
                  Activation.GELU_TANH,
                  1e-6,
                  new ImagePooling.Attention(AttentionPoolFormat.SIGLIP, "head.", WIDTH, 4),
                  STATE)),
          new Model(
              "dinov2",
              "",
              config(VisionFormat.DINOV2, Activation.GELU, 1e-6, CLASS_TOKEN, STATE)));

  static final List<Model> ALL =
      List.of(
          DROPPING.get(0),
          DROPPING.get(1),
          DROPPING.get(2),
          DROPPING.get(3),
          DROPPING.get(4),
          DROPPING.get(5),
          DROPPING.get(6),
          MEAN_OF_NORMED,
          new Model("normed-mean", "", normedMean()),
          CLIP);

  private static VisionTransformerConfig normedMean() {
    VisionTransformerConfig colour =
        timm(
            VisionFormat.TIMM.withoutClassToken().normedBefore("norm_pre").normedBy("fc_norm"),
            ImagePooling.Simple.NORMED_MEAN,
            STATE.affine("head", 10));
    return new VisionTransformerConfig(
        colour.format(), colour.transformer(), 1, GRID, colour.pooling(), colour.projection());
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void embedsImagesAsTheReference(Model model) {
    FloatMatrix embedded =
        model.with(DType.FLOAT32, (tower, fixture) -> tower.encode(fixture.pixels("pixels")));

    assertClose(embedded, model.fixture().matrix("image_embeds"));
  }

  @ParameterizedTest
  @FieldSource("DROPPING")
  void embedsImagesOfWhichPatchesAreLeftOutAsTheReference(Model model) {
    FloatMatrix embedded =
        model.with(
            DType.FLOAT32,
            (tower, fixture) -> tower.encode(fixture.pixels("pixels"), fixture.kept()));

    assertThat(model.<Boolean>with(DType.FLOAT32, (tower, fixture) -> tower.tower().dropsPatches()))
        .isTrue();
    assertClose(embedded, model.fixture().matrix("kept_embeds"));
  }

  /** Nothing seen is the same for all images: what is left are the model's own vectors. */
  @ParameterizedTest
  @FieldSource("DROPPING")
  void embedsAnImageWithoutAnyPatch(Model model) {
    FloatMatrix embedded =
        model.with(
            DType.FLOAT32,
            (tower, fixture) -> tower.encode(fixture.pixels("pixels"), new int[3][0]));

    assertThat(embedded.dot(0, embedded, 0)).isCloseTo(1, within(1e-5));
    assertThat(embedded.row(1)).containsExactly(embedded.row(0), within(1e-6f));
  }

  /** Each library resamples positions in its own way. */
  @ParameterizedTest
  @CsvSource({
    "biomedclip, 40, ANTIALIASED_BICUBIC",
    "biomedclip, 16, ANTIALIASED_BICUBIC",
    "siglip,     40, BICUBIC",
    "siglip,     16, BICUBIC",
    "dinov2,     40, BICUBIC",
    "dinov2,     16, BICUBIC",
    "clip,       40, BICUBIC"
  })
  void embedsImagesOfAnotherSizeAsTheReference(
      String name, int size, PatchPositions.Resampling resampling) {
    FloatMatrix expected = new TowerFixture("vision", name).matrix("image_embeds_" + size);

    for (PatchPositions.Resampling any : PatchPositions.Resampling.values()) {
      FloatMatrix embedded = resized(name, size, any);
      if (any == resampling) {
        assertClose(embedded, expected);
      } else {
        assertThat(embedded.dot(0, expected, 0)).isLessThan(.999999);
      }
    }
  }

  private static FloatMatrix resized(String name, int size, PatchPositions.Resampling resampling) {
    Model trained =
        ALL.stream().filter(model -> model.name().equals(name)).findFirst().orElseThrow();
    Model resized = new Model(name, trained.prefix(), trained.config().resized(size, resampling));
    return resized.with(
        DType.FLOAT32, (tower, fixture) -> tower.encode(fixture.pixels("pixels_" + size)));
  }

  @Test
  void meansNeedAllPatches() {
    assertThat(
            MEAN_OF_NORMED.<Boolean>with(
                DType.FLOAT32, (tower, fixture) -> tower.tower().dropsPatches()))
        .isFalse();
  }

  /** bfloat16 keeps 8 bits: a relative error of 2^-9 per operation over some thirty operations. */
  @ParameterizedTest
  @FieldSource("ALL")
  void staysCloseInBfloat16(Model model) {
    FloatMatrix expected = model.fixture().matrix("image_embeds");
    FloatMatrix half =
        model.with(DType.BFLOAT16, (tower, fixture) -> tower.encode(fixture.pixels("pixels")));

    for (int row = 0; row < expected.rows(); row++) {
      assertThat(half.dot(row, expected, row)).isGreaterThan(.999);
    }
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void namesTheTensorsOfTheCheckpoint(Model model) {
    Set<String> unused = new TreeSet<>(model.fixture().names());
    unused.removeAll(model.config().shapes(model.prefix()).keySet());
    boolean maskToken = model.name().equals("dinov2");

    assertThat(unused).isEqualTo(maskToken ? Set.of("embeddings.mask_token") : Set.of());
  }

  @Test
  void refusesConfigurationsThatContradictThemselves() {
    assertThatThrownBy(() -> timm(VisionFormat.TIMM.withoutClassToken(), CLASS_TOKEN, STATE))
        .hasMessageContaining("a class token is read but there is none");
    assertThatThrownBy(() -> timm(VisionFormat.TIMM, CLASS_TOKEN, ProjectionConfig.of(17)))
        .hasMessageContaining("a projection of 17 features for pooled states of 16");
    assertThatThrownBy(
            () -> new ImagePooling.Attention(AttentionPoolFormat.COCA, "attn_pool.", 16, 5))
        .hasMessageContaining("5 heads do not divide a width of 16");
  }

  private static void assertClose(FloatMatrix actual, FloatMatrix expected) {
    assertThat(actual.rows()).isEqualTo(expected.rows());
    assertThat(actual.toArray()).containsExactly(expected.toArray(), within(2e-5f));
  }
}
