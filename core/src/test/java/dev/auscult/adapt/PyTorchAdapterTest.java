package dev.auscult.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.adapt.Bottleneck.OuterActivation;
import dev.auscult.adapt.LabelHierarchy.Member;
import dev.auscult.base.Seed;
import dev.auscult.data.LabelMode;
import dev.auscult.learning.Adam;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Against conformance/adapter_methods.py: small problems trained by PyTorch in double precision.
 */
class PyTorchAdapterTest {
  /** Single against double precision over 25 updates; a share of the loss where that is a sum. */
  private static final double TOLERANCE = 1e-5;

  /** Of scores that are cosines times 14. */
  private static final float SCORE_TOLERANCE = 5e-4f;

  private final JsonNode reference = Fixture.read("adapter_methods.json");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void scaleHasTheLossOfEveryStepAndTheScores(int index) {
    JsonNode problem = reference.get("scale").get(index);
    JsonNode setting = problem.get("setting");
    AdaptationTask task = task(problem, setting.get("multiple").booleanValue());
    ScaleObjective objective = objective(setting);
    ScaleNetwork network =
        new ScaleNetwork(
            branch(problem.get("start").get("image"), 10),
            branch(problem.get("start").get("text"), 9),
            new CosineLayer(12, 10, 9),
            objective.loss(task.labels(), task.logitScale()));
    ScaleBatch texts = new ScaleBatch(task.texts(), objective.columns(), TextPairing.MIXED);
    float[][] images = Rows.of(task.train().images());
    float[][] prompts = Rows.of(task.texts().prompts());

    for (int step = 0; step < problem.get("batches").size(); step++) {
      JsonNode batch = problem.get("batches").get(step);
      List<Integer> rows = Fixture.integers(batch.get("rows"));
      texts.take(arrays(Fixture.labels(batch.get("prompts"))));
      double loss =
          network
              .update(
                  rows.stream().map(row -> images[row]).toArray(float[][]::new),
                  arrays(rows.stream().map(task.train().labels()::get).toList()),
                  ScaleTrainer.textRows(prompts, texts),
                  texts,
                  reference.get("rate").doubleValue())
              .total();
      requireLoss(problem, step, loss);
    }
    requireScores(problem.get("scores"), network.toAdapter(PromptUse.CANONICAL), task);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void clipAdapterHasTheLossOfEveryStepAndTheScores(int index) {
    JsonNode problem = reference.get("clip_adapter").get(index);
    AdaptationTask task = task(problem, problem.get("multiple").booleanValue());
    ClipAdapterNetwork network =
        new ClipAdapterNetwork(
            Fixture.floatRows(problem.get("start").get("down")),
            Fixture.floatRows(problem.get("start").get("up")),
            .2,
            task,
            10);

    for (int step = 0; step < problem.get("batches").size(); step++) {
      double loss = network.update(rows(problem, step), reference.get("rate").doubleValue());
      requireLoss(problem, step, loss);
    }
    requireScores(problem.get("scores"), network.toAdapter(), task);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void tipAdapterHasTheLossOfEveryStepAndTheScores(int index) {
    JsonNode problem = reference.get("tip").get(index);
    AdaptationTask task = task(problem, problem.get("multiple").booleanValue());
    CacheHead cache = TipAdapter.standard(CacheKeys.TRAINED).cache(task);
    requireScores(problem.get("fixed"), cache, task);
    CacheTraining training = new CacheTraining(cache, task);
    Adam optimiser = new Adam(training.keys(), 1e-4, 1e-2);
    int steps = problem.get("batches").size();

    for (int step = 0; step < steps; step++) {
      requireLoss(problem, step, training.loss(rows(problem, step)));
      double cosine = (1 + Math.cos(Math.PI * step / steps)) / 2;
      optimiser.step(training.gradient(), reference.get("rate").doubleValue() * cosine);
    }
    requireScores(problem.get("scores"), training.toHead(), task);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void lpPlusPlusHasTheLossOfEveryStepAndTheScores(int index) {
    JsonNode problem = reference.get("lp").get(index);
    AdaptationTask task = task(problem, problem.get("multiple").booleanValue());
    int steps = problem.get("losses").size();

    Adaptation adaptation = new LpPlusPlus(steps).train(task, dev.auscult.base.Progress.NONE);

    for (int step = 0; step < steps; step++) {
      requireLoss(problem, step, adaptation.curve().get(step).loss());
    }
    requireScores(problem.get("scores"), adaptation.adapter(), task);
  }

  private static void requireLoss(JsonNode problem, int step, double loss) {
    double expected = problem.get("losses").get(step).doubleValue();
    assertThat(loss)
        .as("loss of step %d", step)
        .isCloseTo(expected, within(TOLERANCE * Math.max(1, expected)));
  }

  private void requireScores(JsonNode expected, Adapter adapter, AdaptationTask task) {
    FloatMatrix found =
        adapter.scores(
            Fixture.matrix(reference.get("queries")), task.texts(), task.mode(), task.logitScale());
    FloatMatrix wanted = Fixture.matrix(expected);
    for (int i = 0; i < wanted.rows(); i++) {
      assertThat(found.row(i)).containsExactly(wanted.row(i), within(SCORE_TOLERANCE));
    }
    assertThat(called(found, task)).isEqualTo(called(wanted, task));
  }

  private List<List<Integer>> called(FloatMatrix scores, AdaptationTask task) {
    LabelledFeatures queries =
        Fixture.features(
            Fixture.matrix(reference.get("queries")),
            IntStream.range(0, scores.rows()).mapToObj(i -> List.of(0)).toList(),
            "query");
    ClassPredictions predictions =
        new ClassPredictions(queries, task.labels().names(), task.mode(), scores, queries.labels());
    return IntStream.range(0, scores.rows()).mapToObj(predictions::called).toList();
  }

  private AdaptationTask task(JsonNode problem, boolean multiple) {
    List<Member> members = new ArrayList<>();
    for (int h = 0; h < 5; h++) {
      members.add(
          new Member(
              "combination " + h,
              reference.get("class_of").get(h).intValue(),
              reference.get("concept_of").get(h).intValue()));
    }
    return new AdaptationTask(
        new LabelHierarchy(List.of("a", "b", "c"), List.of("x", "y", "z"), members),
        multiple ? LabelMode.MULTIPLE : LabelMode.EXCLUSIVE,
        new ClassTexts(
            Fixture.matrix(reference.get("texts")),
            Fixture.integers(reference.get("combination_of")),
            Fixture.matrix(reference.get("none"))),
        reference.get("logit_scale").doubleValue(),
        Fixture.features(reference.get("images"), problem.get("labels")),
        Fixture.features(new FloatMatrix(0, 12, new float[0]), List.of(), "none"),
        new Seed(0));
  }

  private static ScaleObjective objective(JsonNode setting) {
    double[] lambda = Fixture.doubles(setting.get("lambda"));
    return new ScaleObjective(
        new ScaleWeights(lambda[0], lambda[1], lambda[2], lambda[3]),
        setting.get("tau").doubleValue(),
        setting.get("normalise").booleanValue() ? RowNormalisation.UNIT : RowNormalisation.RAW,
        setting.get("reduction").stringValue().equals("mean")
            ? LossReduction.MEAN
            : LossReduction.SUM,
        setting.get("first_in_batch").booleanValue()
            ? CombinationColumns.FIRST_IN_BATCH
            : CombinationColumns.CANONICAL,
        OptionalDouble.of(setting.get("scale").doubleValue()));
  }

  private static AdapterBranch branch(JsonNode layers, int maxRows) {
    List<BottleneckLayer> made = new ArrayList<>();
    for (JsonNode layer : layers) {
      made.add(
          new BottleneckLayer(
              Fixture.floatRows(layer.get("down")),
              Fixture.floatRows(layer.get("up")),
              .2,
              true,
              OuterActivation.NONE,
              maxRows));
    }
    return new AdapterBranch(made, 12, maxRows);
  }

  private static int[] rows(JsonNode problem, int step) {
    return Fixture.integers(problem.get("batches").get(step)).stream()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int[][] arrays(List<List<Integer>> lists) {
    return lists.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }
}
