package dev.auscult.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.data.LabelMode;
import dev.auscult.data.Sample;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingCache;
import dev.auscult.embed.Embeddings;
import dev.auscult.embed.ImageItem;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * CoOp and CLIP-LoRA on embeddings that are given, with one, two and three threads. Enough labels
 * that their texts make two parts.
 */
class AnyThreadsTest {
  private static final Compute ONE = compute(1);
  private static final int LABELS = 26;
  private static final int TRAINING = 28;

  private static final AdapterTrainer COOP =
      new CoOp(3, PromptWords.NAME, OptionalInt.of(3), 16, 2e-2);
  private static final AdapterTrainer LORA = new ClipLora(2, 1, .25, OptionalInt.of(3), 20, 1e-2);

  static List<Arguments> trainers() {
    return List.of(COOP, LORA).stream()
        .flatMap(
            trainer -> Arrays.stream(LabelMode.values()).map(mode -> Arguments.of(trainer, mode)))
        .toList();
  }

  @AfterAll
  static void oneThreadAsOtherTestsExpect() {
    ONE.apply();
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void trainsAndPredictsWithTheSameBits(AdapterTrainer trainer, LabelMode mode) {
    try (DualEncoder model = Models.load("phantom", ONE)) {
      ONE.apply();
      Dataset data = Datasets.open("phantom:n=36,size=48");
      Embeddings images =
          new Embedder(model, ONE, EmbeddingCache.none())
              .images(
                  data.samples().stream().map(s -> new ImageItem(s.id(), s.image())).toList(),
                  Progress.NONE)
              .embeddings();

      Fit alone = fit(model, data, images, trainer, mode, 1);

      for (int threads = 2; threads <= 3; threads++) {
        Fit several = fit(model, data, images, trainer, mode, threads);
        assertThat(several.adapter())
            .as("adapter by %d threads", threads)
            .isEqualTo(alone.adapter());
        assertThat(several.losses()).isEqualTo(alone.losses());
        assertThat(several.scores()).as("scores by %d threads", threads).isEqualTo(alone.scores());
      }
      assertThat(alone.scores()).doesNotContain(Float.NaN);
    }
  }

  private record Fit(List<List<Float>> adapter, List<Double> losses, List<Float> scores) {}

  private static Fit fit(
      DualEncoder model,
      Dataset data,
      Embeddings images,
      AdapterTrainer trainer,
      LabelMode mode,
      int threads) {
    compute(threads).apply();
    AdaptationTask task = task(model, data, images, mode, threads);
    Adaptation adaptation = trainer.train(task, Progress.NONE);
    return new Fit(
        matrices(adaptation.adapter()).stream().map(AnyThreadsTest::boxed).toList(),
        adaptation.curve().stream().map(Adaptation.EpochLoss::loss).toList(),
        boxed(
            ClassPredictions.of(
                    adaptation.adapter(),
                    task,
                    samples(images, mode, TRAINING, data.samples().size()))
                .scores()));
  }

  private static List<FloatMatrix> matrices(Adapter adapter) {
    return adapter instanceof LowRankAdapter lowRank
        ? lowRank.updates().values().stream()
            .flatMap(update -> List.of(update.down(), update.up()).stream())
            .toList()
        : List.of(
            ((PromptContext) adapter).vectors(),
            ((PromptContext) adapter).texts(),
            ((PromptContext) adapter).none());
  }

  private static AdaptationTask task(
      DualEncoder model, Dataset data, Embeddings images, LabelMode mode, int threads) {
    List<String> names =
        IntStream.range(0, LABELS).mapToObj(i -> "finding " + (char) ('a' + i)).toList();
    int d = model.dimension();
    ClassPrompts prompts =
        new ClassPrompts(names, IntStream.range(0, LABELS).boxed().toList(), "nothing");
    return new AdaptationTask(
            LabelHierarchy.flat(names),
            mode,
            new ClassTexts(Toy.unit(LABELS, d, 1), prompts.combinationOf(), Toy.unit(1, d, 2)),
            14,
            samples(images, mode, 0, TRAINING),
            samples(images, mode, 0, 0),
            new Seed(3))
        .through(
            new TaskEncoder(
                model,
                compute(threads),
                prompts,
                data.samples().stream()
                    .collect(Collectors.toMap(Sample::id, Sample::image, (a, b) -> a))));
  }

  private static LabelledFeatures samples(Embeddings images, LabelMode mode, int from, int to) {
    Function<Integer, List<Integer>> labels =
        row ->
            mode == LabelMode.EXCLUSIVE
                ? List.of(row % LABELS)
                : row % 5 == 0 ? List.of() : List.of(row % 7, 7 + row % 19);
    float[] values = new float[(to - from) * images.vectors().columns()];
    System.arraycopy(
        images.vectors().toArray(), from * images.vectors().columns(), values, 0, values.length);
    List<String> ids = images.ids().subList(from, to);
    return new LabelledFeatures(
        ids,
        new FloatMatrix(to - from, images.vectors().columns(), values),
        IntStream.range(from, to).boxed().map(labels).toList(),
        ids);
  }

  private static List<Float> boxed(FloatMatrix matrix) {
    float[] values = matrix.toArray();
    return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
  }

  private static Compute compute(int threads) {
    return new Compute(threads, DType.FLOAT32, 0);
  }
}
