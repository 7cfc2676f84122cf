package dev.auscult.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.adapt.Bottleneck.OuterActivation;
import dev.auscult.adapt.LabelHierarchy.Member;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.checkpoint.SafetensorsWriter;
import dev.auscult.data.LabelMode;
import dev.auscult.model.ModelIdentity;
import dev.auscult.tensor.FloatMatrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SavedAdapterTest {
  private static final ContentHash WEIGHTS = ContentHash.of("weights");
  private static final ContentHash CONFIGURATION = ContentHash.of("configuration");

  static List<Adapter> adapters() {
    Bottleneck layer =
        new Bottleneck(
            Toy.unit(2, 5, 1), Toy.unit(2, 5, 2), (float) .2345678, OuterActivation.RELU);
    return List.of(
        new EmbeddingAdapter(List.of(layer, layer), List.of(layer), PromptUse.CANONICAL),
        EmbeddingAdapter.IDENTITY,
        new LinearHead(Toy.unit(2, 5, 3), new FloatMatrix(1, 2, new float[] {.5f, -1})),
        new CacheHead(
            Toy.unit(4, 5, 4),
            new FloatMatrix(4, 2, new float[] {1, 0, 0, 1, 1, 0, 0, 1}),
            Toy.unit(2, 5, 5),
            1.5,
            3.25,
            20,
            LabelMode.EXCLUSIVE),
        new LowRankAdapter(
            Map.of("text.0.key", new LowRankAdapter.Update(Toy.unit(2, 5, 1), Toy.unit(4, 2, 2))),
            .70710678),
        new PromptContext(Toy.unit(4, 7, 6), Toy.unit(2, 5, 7), Toy.unit(1, 5, 8)));
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void comesBackAsItWas(Adapter adapter, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("adapter.safetensors");
    new SavedAdapter(description(), adapter).write(file);

    SavedAdapter read = SavedAdapter.read(file);

    assertThat(read.description()).isEqualTo(description());
    FloatMatrix images = Toy.unit(6, 5, 9);
    ClassTexts texts = Toy.texts(2, 3, 5);
    assertThat(read.adapter().scores(images, texts, LabelMode.EXCLUSIVE, 20).toArray())
        .isEqualTo(adapter.scores(images, texts, LabelMode.EXCLUSIVE, 20).toArray());
  }

  @Test
  void refusesAnotherModel() {
    SavedAdapter saved = new SavedAdapter(description(), EmbeddingAdapter.IDENTITY);

    saved.requireModel(identity(WEIGHTS, CONFIGURATION));

    assertThatThrownBy(() -> saved.requireModel(identity(ContentHash.of("x"), CONFIGURATION)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("an adapter of the-model (weights " + WEIGHTS.abbreviated());
    assertThatThrownBy(() -> saved.requireModel(identity(WEIGHTS, ContentHash.of("x"))))
        .isInstanceOf(InputException.class);
  }

  @Test
  void refusesAFileWithoutADescription(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("embeddings.safetensors");
    new SafetensorsWriter().addMatrix("embeddings", Toy.unit(2, 3, 1)).write(file);

    assertThatThrownBy(() -> SavedAdapter.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("without an adapter's description");
  }

  @Test
  void refusesADescriptionOrTensorsThatAreNotWhole(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("adapter.safetensors");
    new SafetensorsWriter()
        .metadata(DescriptionJson.KEY, "{\"method\":\"scale\"}")
        .addMatrix("weights", Toy.unit(2, 3, 1))
        .write(file);
    assertThatThrownBy(() -> SavedAdapter.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no model");

    new SafetensorsWriter()
        .metadata(DescriptionJson.KEY, DescriptionJson.write(description()))
        .metadata("auscult.adapter.form", "LINEAR")
        .addMatrix("weights", Toy.unit(2, 3, 1))
        .addMatrix("bias", Toy.unit(1, 3, 1))
        .write(file);
    assertThatThrownBy(() -> SavedAdapter.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("do not fit together (weights [2, 3], bias [1, 3])");
  }

  private static ModelIdentity identity(ContentHash weights, ContentHash configuration) {
    return new ModelIdentity("other", "CLIP", weights, configuration, Optional.empty());
  }

  private static AdapterDescription description() {
    return new AdapterDescription(
        AdaptationMethod.SCALE,
        Map.of("depth", "2"),
        Map.of("C", "1.0"),
        new LabelHierarchy(
            List.of("effusion"),
            List.of("left", "right"),
            List.of(new Member("effusion / left", 0, 0), new Member("effusion / right", 0, 1))),
        LabelMode.EXCLUSIVE,
        new ClassPrompts(List.of("a \"left\" one", "one on the right"), List.of(0, 1), "nothing"),
        20,
        new AdapterDescription.Model("the-model", WEIGHTS, CONFIGURATION),
        ContentHash.of("data"),
        Long.MIN_VALUE);
  }
}
