package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import dev.auscult.image.ImageTransform;
import dev.auscult.image.PixelBatch;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Tensor;
import dev.auscult.text.Tokenizer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShuffledLayersTest {
  private static final Seed SEED = new Seed(7);

  @Test
  void layersGoFromTheOutputToTheEmbeddings() {
    TowerLayers clip =
        TowerLayers.of(
            List.of(
                "embeddings.class_embedding",
                "pre_layrnorm.weight",
                "encoder.layers.0.mlp.fc1.weight",
                "encoder.layers.1.mlp.fc1.weight",
                "encoder.layers.1.mlp.fc1.bias",
                "post_layernorm.weight",
                "visual_projection.weight"));

    assertThat(clip.layers().stream().map(TowerLayers.Layer::label))
        .containsExactly(
            "after encoder.layers.1", "encoder.layers.1", "encoder.layers.0", "embeddings");
    assertThat(clip.outermost(2))
        .containsExactly(
            "post_layernorm.weight",
            "visual_projection.weight",
            "encoder.layers.1.mlp.fc1.weight",
            "encoder.layers.1.mlp.fc1.bias");
    assertThat(clip.outermost(9)).hasSize(7);
    assertThat(clip.label(4)).isEqualTo("none left");
  }

  @Test
  void blocksOfResidualNetworksAndOfSwinTransformersAreTheirOwn() {
    assertThat(labels("conv1.weight", "layer1.0.conv1.weight", "layer1.0.downsample.0.weight"))
        .containsExactly("layer1.0", "embeddings");
    assertThat(
            labels(
                "encoder.layers.0.blocks.0.output.dense.weight",
                "encoder.layers.0.blocks.1.output.dense.weight",
                "encoder.layers.0.downsample.norm.weight"))
        .containsExactly(
            "encoder.layers.0", "encoder.layers.0.blocks.1", "encoder.layers.0.blocks.0");
  }

  private static List<String> labels(String... names) {
    return TowerLayers.of(List.of(names)).layers().stream().map(TowerLayers.Layer::label).toList();
  }

  @Test
  void shufflingKeepsTheValuesAndSharesTheRest() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    float[] values = new float[600];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    tensors.put("a", Tensor.unscoped(() -> Tensor.of(values, 20, 30)));
    tensors.put("b", Tensor.unscoped(() -> Tensor.of(values, 600)));
    try (Parameters original = new Parameters(tensors);
        Parameters shuffled = original.shuffled(List.of("a"), SEED);
        Parameters again = original.shuffled(List.of("b", "a"), SEED)) {
      float[] order = shuffled.get("a").toFloats();
      assertThat(shuffled.get("a").shape()).containsExactly(20, 30);
      assertThat(order).isNotEqualTo(values).isEqualTo(again.get("a").toFloats());
      float[] sorted = order.clone();
      Arrays.sort(sorted);
      assertThat(sorted).isEqualTo(values);
      assertThat(shuffled.get("b").toFloats()).isEqualTo(values);
      assertThat(again.get("b").toFloats()).isNotEqualTo(order);
      assertThat(original.get("a").toFloats()).isEqualTo(values);
    }
  }

  /** The sharing copy outlives the original: nothing is freed twice or too early. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai-half",
        "openai-resnet",
        "open-clip-text",
        "rclip",
        "biomedclip",
        "siglip",
        "medclip-swin",
        "cxr-clip-resnet",
        "pmc-clip",
        "keep",
        "biovil-t"
      })
  void everyArchitectureCanBeShuffledLayerByLayer(String name) {
    ZooCase model = new ZooCase(name);
    DualEncoder encoder = Models.load(model.folder().toString(), Compute.standard());
    PixelBatch pixels =
        PixelBatch.stack(ZooCase.images().stream().map(encoder.imageTransform()::apply).toList());
    FloatMatrix original = encoder.encodeImages(pixels);
    int depth = encoder.layers().size();
    assertThat(depth).isGreaterThanOrEqualTo(3);
    DualEncoder untouched = encoder.shuffled(0, SEED);
    DualEncoder outermost = encoder.shuffled(1, SEED);
    DualEncoder whole = encoder.shuffled(depth, SEED);
    encoder.close();
    try (untouched;
        outermost;
        whole) {
      assertThat(untouched.encodeImages(pixels).toArray())
          .containsExactly(original.toArray(), within(1e-6f));
      assertMoved(outermost.encodeImages(pixels), original);
      assertMoved(whole.encodeImages(pixels), original);
      int[][] ids =
          ZooCase.TEXTS.stream()
              .map(text -> whole.tokenizer().encode(text).ids())
              .toArray(int[][]::new);
      assertMoved(whole.encodeTexts(ids), untouched.encodeTexts(ids));
      assertThat(whole.logitScale()).isEqualTo(untouched.logitScale());
    }
  }

  private static void assertMoved(FloatMatrix found, FloatMatrix original) {
    for (int row = 0; row < found.rows(); row++) {
      assertThat(found.dot(row, found, row)).isCloseTo(1, within(1e-5));
      assertThat(found.dot(row, original, row)).isLessThan(0.99);
    }
  }

  @Test
  void aModelWithoutKnownLayersSaysSo() {
    try (DualEncoder encoder =
        Models.load(new ZooCase("siglip").folder().toString(), Compute.standard())) {
      DualEncoder bare = new PlainEncoder(encoder);
      assertThat(bare.layers()).isEmpty();
      assertThatThrownBy(() -> bare.shuffled(1, SEED))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("no known layers");
    }
  }

  /** Hands everything required on, and nothing optional. */
  private record PlainEncoder(DualEncoder of) implements DualEncoder {
    @Override
    public ModelIdentity identity() {
      return of.identity();
    }

    @Override
    public int dimension() {
      return of.dimension();
    }

    @Override
    public double logitScale() {
      return of.logitScale();
    }

    @Override
    public ImageTransform imageTransform() {
      return of.imageTransform();
    }

    @Override
    public Tokenizer tokenizer() {
      return of.tokenizer();
    }

    @Override
    public PatchGrid patchGrid() {
      return of.patchGrid();
    }

    @Override
    public FloatMatrix encodeImages(PixelBatch pixels) {
      return of.encodeImages(pixels);
    }

    @Override
    public FloatMatrix encodeTexts(int[][] ids, int[] pooled) {
      return of.encodeTexts(ids, pooled);
    }

    @Override
    public int pooledPosition(int[] ids) {
      return of.pooledPosition(ids);
    }

    @Override
    public void close() {}
  }
}
