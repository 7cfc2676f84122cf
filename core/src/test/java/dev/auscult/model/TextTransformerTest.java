package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.model.TextTower.Padding;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Text encoders with the poolings and projections of public models, against transformers and
 * open_clip in float32. The tolerance of 2e-5 on unit vectors is some hundred roundings of float32:
 * the two sum in different orders.
 */
class TextTransformerTest {
  private static final int WIDTH = 16;
  private static final int CONTEXT = 14;

  /**
   * A model's text encoder.
   *
   * @param name of the fixture
   * @param prefix of the tower's tensors in it
   */
  record Model(String name, String prefix, TextTransformerConfig config, String expected) {
    Model(String name, String prefix, TextTransformerConfig config) {
      this(name, prefix, config, "text_embeds");
    }

    TowerFixture fixture() {
      return new TowerFixture("text", name);
    }

    FloatMatrix encode(DType dtype, int[][] ids, boolean @Nullable [][] hidden) {
      try (Parameters parameters = fixture().parameters(config.shapes(prefix), dtype)) {
        TextTransformer tower = config.of(parameters, prefix);
        int[] pooled = Arrays.stream(ids).mapToInt(tower::pooledPosition).toArray();
        return new TextInference(tower).encode(ids, pooled, hidden);
      }
    }

    @Override
    public String toString() {
      return name + " " + expected;
    }
  }

  private static TextTransformerConfig bert(
      int layers, TextPooling pooling, Padding padding, ProjectionConfig projection) {
    return new TextTransformerConfig(
        TextFormat.BERT,
        new TransformerConfig(WIDTH, layers, 4, 24, Activation.GELU, 1e-12),
        new TextTransformerConfig.Input(40, 2, 20, CONTEXT, 0, padding),
        pooling,
        projection);
  }

  private static final TextPooling FIRST = TextPooling.Place.FIRST;
  private static final TextPooling MEDCLIP = new TextPooling.MeanOfLayers(List.of(1, 2, -1));
  private static final ProjectionConfig STATE = ProjectionConfig.of(WIDTH);
  private static final ProjectionConfig POOLER =
      STATE.affine("text_model.pooler.dense", WIDTH).apply(Activation.TANH);

  private static final Model PMC_CLIP =
      new Model(
          "pmc-clip",
          "bert.",
          bert(2, FIRST, Padding.READ, STATE.times("text_projection_layer", WIDTH)));

  private static final Model SIGLIP =
      new Model(
          "siglip",
          "",
          new TextTransformerConfig(
              TextFormat.CLIP,
              new TransformerConfig(WIDTH, 2, 4, 24, Activation.GELU_TANH, 1e-6),
              new TextTransformerConfig.Input(40, 0, CONTEXT, CONTEXT, 1, Padding.READ),
              TextPooling.Place.CONTEXT_END,
              STATE.affine("head", 12)));

  private static final Model CONCH = new Model("conch", "", coca(TextPooling.Place.CONTEXT_END));

  private static TextTransformerConfig coca(TextPooling pooling) {
    return new TextTransformerConfig(
        TextFormat.COCA,
        new TransformerConfig(WIDTH, 2, 4, 24, Activation.GELU, 1e-5),
        new TextTransformerConfig.Input(40, 0, CONTEXT + 1, CONTEXT, 0, Padding.READ),
        pooling,
        STATE.times("text_projection", 12));
  }

  static final List<Model> HIDING =
      List.of(
          new Model(
              "biomedclip",
              "text.transformer.",
              bert(
                  2,
                  FIRST,
                  Padding.HIDDEN,
                  STATE
                      .linear("text.proj.0", 14)
                      .apply(Activation.GELU)
                      .linear("text.proj.2", 12))),
          new Model(
              "rclip",
              "text_model.",
              bert(3, FIRST, Padding.HIDDEN, POOLER.linear("text_projection", 12))),
          new Model(
              "cxr-bert",
              "bert.",
              bert(
                  2,
                  FIRST,
                  Padding.HIDDEN,
                  STATE
                      .affine("dense_to_hidden", 12)
                      .apply(Activation.GELU)
                      .norm("LayerNorm", 1e-12)
                      .affine("dense_to_output", 12))),
          new Model(
              "medclip",
              "bert.",
              bert(4, MEDCLIP, Padding.HIDDEN, STATE.linear("projection_head", 12))),
          new Model(
              "medclip-two-layers",
              "bert.",
              bert(2, MEDCLIP, Padding.HIDDEN, STATE.linear("projection_head", 12))),
          new Model(
              "cxr-clip",
              "bert.",
              bert(
                  2, TextPooling.Place.LAST, Padding.HIDDEN, STATE.affine("text_projection", 12))));

  static final List<Model> ALL =
      List.of(
          HIDING.get(0),
          HIDING.get(1),
          new Model("rclip", "text_model.", bert(3, FIRST, Padding.HIDDEN, POOLER), "keep_embeds"),
          HIDING.get(2),
          HIDING.get(3),
          HIDING.get(4),
          HIDING.get(5),
          PMC_CLIP,
          SIGLIP,
          CONCH);

  @ParameterizedTest
  @FieldSource("ALL")
  void embedsTextsAsTheReferenceTogetherOrAlone(Model model) {
    int[][] ids = model.fixture().ids();
    FloatMatrix expected = model.fixture().matrix(model.expected());

    assertClose(model.encode(DType.FLOAT32, ids, null), expected);
    for (int text = 0; text < ids.length; text++) {
      FloatMatrix alone = model.encode(DType.FLOAT32, new int[][] {ids[text]}, null);
      assertThat(alone.row(0)).containsExactly(expected.row(text), within(2e-5f));
    }
  }

  @ParameterizedTest
  @FieldSource("HIDING")
  void embedsTextsWithoutHiddenTokensAsTheReference(Model model) {
    TowerFixture fixture = model.fixture();

    assertClose(
        model.encode(DType.FLOAT32, fixture.ids(), fixture.hidden()),
        fixture.matrix("hidden_embeds"));
  }

  /** bfloat16 keeps 8 bits: a relative error of 2^-9 per operation over some thirty operations. */
  @ParameterizedTest
  @FieldSource("ALL")
  void staysCloseInBfloat16(Model model) {
    FloatMatrix expected = model.fixture().matrix(model.expected());
    FloatMatrix half = model.encode(DType.BFLOAT16, model.fixture().ids(), null);

    for (int row = 0; row < expected.rows(); row++) {
      assertThat(half.dot(row, expected, row)).isGreaterThan(.999);
    }
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void namesTheTensorsOfTheCheckpoint(Model model) {
    Set<String> unused = new TreeSet<>(model.fixture().names());
    unused.removeAll(model.config().shapes(model.prefix()).keySet());
    Set<String> expected = new TreeSet<>();
    if (model.name().equals("biomedclip")) {
      expected.addAll(
          List.of("text.transformer.pooler.dense.bias", "text.transformer.pooler.dense.weight"));
    } else if (model.expected().equals("keep_embeds")) {
      expected.add("text_projection.weight");
    }

    assertThat(unused).isEqualTo(expected);
  }

  @Test
  void hidesTokensOnlyWherePaddingIsHidden() {
    try (Parameters parameters =
        PMC_CLIP.fixture().parameters(PMC_CLIP.config().shapes("bert."), DType.FLOAT32)) {
      assertThat(PMC_CLIP.config().of(parameters, "bert.").hidesTokens()).isFalse();
    }
  }

  @Test
  void refusesConfigurationsThatContradictThemselves() {
    assertThatThrownBy(() -> bert(2, MEDCLIP, Padding.CUT, STATE))
        .hasMessageContaining("a mean over tokens that are cut off");
    assertThatThrownBy(() -> bert(2, TextPooling.Place.CONTEXT_END, Padding.HIDDEN, STATE))
        .hasMessageContaining("the end of the context");
    assertThatThrownBy(() -> coca(FIRST)).hasMessageContaining("a class token that is not read");
    assertThatThrownBy(() -> bert(2, FIRST, Padding.HIDDEN, ProjectionConfig.of(17)))
        .hasMessageContaining("a projection of 17 features for states of 16");
    assertThatThrownBy(() -> new TextPooling.MeanOfLayers(List.of()))
        .hasMessageContaining("no layers");
    assertThatThrownBy(() -> new TextTransformerConfig.Input(9, 2, 20, 21, 0, Padding.HIDDEN))
        .hasMessageContaining("21 of 20 positions");
  }

  private static void assertClose(FloatMatrix actual, FloatMatrix expected) {
    assertThat(actual.rows()).isEqualTo(expected.rows());
    assertThat(actual.toArray()).containsExactly(expected.toArray(), within(2e-5f));
  }
}
