package dev.auscult.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.adapt.LabelHierarchy.Member;
import dev.auscult.base.InputException;
import dev.auscult.base.InterruptedRunException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.LabelMode;
import dev.auscult.learning.ClassBalance;
import dev.auscult.learning.DoubleRows;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every trainer does alike, on images that lie around a hidden centre per combination. */
class AdapterTrainerTest {
  private static final TrainingSchedule SHORT = new TrainingSchedule(60, 32, 1e-2);

  static List<AdapterTrainer> trainers() {
    ScaleTrainer scale =
        new ScaleTrainer(
            new AdapterShape(2, 1, .4),
            ScaleObjective.STANDARD,
            SHORT,
            TextPairing.MIXED,
            PromptUse.CANONICAL);
    return List.of(
        scale,
        new ScaleGridSearch(
            new ScaleTrainer(
                new AdapterShape(1, 1, .5),
                ScaleObjective.STANDARD,
                SHORT,
                TextPairing.CANONICAL,
                PromptUse.MEAN),
            List.of(ScaleWeights.STANDARD, new ScaleWeights(0, 0, 0, 0)),
            2),
        new LinearProbe(ClassBalance.PLAIN),
        new LinearProbe(ClassBalance.WEIGHTED),
        new ClipAdapter(1, .6, SHORT),
        TipAdapter.standard(CacheKeys.FIXED),
        TipAdapter.standard(CacheKeys.TRAINED),
        LpPlusPlus.STANDARD);
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void ranksBetterThanTheModelItself(AdapterTrainer trainer) {
    for (LabelMode mode : LabelMode.values()) {
      AdaptationTask task = task(mode);
      LabelledFeatures test = samples(60, mode, 3);

      double before = ClassPredictions.of(EmbeddingAdapter.IDENTITY, task, test).meanAuroc();
      Adaptation adaptation = trainer.train(task, Progress.NONE);
      double after = ClassPredictions.of(adaptation.adapter(), task, test).meanAuroc();

      assertThat(before).as("%s before", mode).isBetween(.2, .8);
      assertThat(after).as("%s %s", trainer.method(), mode).isGreaterThan(before + .04);
    }
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void givesTheSameBitsInAnyThread(AdapterTrainer trainer) {
    AdaptationTask task = task(LabelMode.EXCLUSIVE);
    LabelledFeatures test = samples(20, LabelMode.EXCLUSIVE, 3);

    List<List<Float>> scores =
        IntStream.range(0, 3)
            .parallel()
            .mapToObj(
                i ->
                    boxed(
                        ClassPredictions.of(
                                trainer.train(task, Progress.NONE).adapter(), task, test)
                            .scores()))
            .toList();

    assertThat(scores.get(1)).isEqualTo(scores.get(0));
    assertThat(scores.get(2)).isEqualTo(scores.get(0));
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void stopsWhenAsked(AdapterTrainer trainer) {
    Progress stopping =
        (name, total) ->
            new Progress.Task() {
              @Override
              public void advance(long steps) {
                throw new InterruptedRunException("stopped");
              }

              @Override
              public void close() {}
            };

    if (trainer.method() != AdaptationMethod.TIP) {
      assertThatThrownBy(() -> trainer.train(task(LabelMode.EXCLUSIVE), stopping))
          .isInstanceOf(InterruptedRunException.class);
    }
  }

  @Test
  void classScoresAreTheLargestOfTheirCombinations() {
    LabelledFeatures samples =
        Fixture.features(Toy.unit(2, 3, 1), List.of(List.of(0), List.of(2, 3)), "s");
    ClassPredictions combinations =
        new ClassPredictions(
            samples,
            hierarchy().names(),
            LabelMode.MULTIPLE,
            new FloatMatrix(2, 4, new float[] {1, 2, -1, -3, .5f, -2, 4, 3}),
            samples.labels());

    ClassPredictions classes = combinations.byClass(hierarchy());

    assertThat(classes.names()).containsExactly("a", "b");
    assertThat(classes.scores().toArray()).containsExactly(2, -1, .5f, 4);
    assertThat(classes.labels()).containsExactly(List.of(0), List.of(1));
    assertThat(classes.called(0)).containsExactly(0);
    assertThat(classes.called(1)).containsExactly(0, 1);
  }

  @Test
  void refusesAPatientOnBothSides() {
    LabelledFeatures train = samples(20, LabelMode.EXCLUSIVE, 1);

    assertThatThrownBy(() -> task(LabelMode.EXCLUSIVE, train, train.rows(List.of(3, 5))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("2 patients on two sides")
        .hasMessageNotContaining("sample1");
  }

  @Test
  void refusesLabelsThatDoNotFit() {
    FloatMatrix two = Toy.unit(2, 8, 1);
    LabelledFeatures none = samples(0, LabelMode.EXCLUSIVE, 9);

    assertThatThrownBy(
            () ->
                task(
                    LabelMode.EXCLUSIVE,
                    Fixture.features(two, List.of(List.of(0), List.of(7)), "s"),
                    none))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("training sample s 1: found label number [7]; expected 0 to 3");
    assertThatThrownBy(
            () ->
                task(
                    LabelMode.EXCLUSIVE,
                    Fixture.features(two, List.of(List.of(0), List.of()), "s"),
                    none))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("training sample s 1: found 0 labels");
    for (LabelMode mode : LabelMode.values()) {
      assertThatThrownBy(
              () -> task(mode, Fixture.features(two, List.of(List.of(2), List.of(2)), "s"), none))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("2 samples of one label only: d");
    }
  }

  @Test
  void refusesEmbeddingsThatAreNoUnitVectors() {
    float[] values = Toy.unit(2, 8, 1).toArray();
    values[9] = Float.NaN;

    assertThatThrownBy(
            () ->
                Fixture.features(
                    new FloatMatrix(2, 8, values), List.of(List.of(0), List.of(1)), "s"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("sample s 1: found numbers that are not finite");
  }

  private static LabelHierarchy hierarchy() {
    return new LabelHierarchy(
        List.of("a", "b"),
        List.of("left", "right"),
        List.of(
            new Member("c", 0, 0),
            new Member("e", 0, 1),
            new Member("d", 1, 0),
            new Member("f", 1, 1)));
  }

  private static AdaptationTask task(LabelMode mode) {
    return task(mode, samples(80, mode, 1), samples(40, mode, 2));
  }

  private static AdaptationTask task(
      LabelMode mode, LabelledFeatures train, LabelledFeatures validation) {
    return new AdaptationTask(
        hierarchy(), mode, Toy.texts(4, 2, 8), 5, train, validation, new Seed(4));
  }

  /** Noise around the sum of the centres of a sample's labels. */
  private static LabelledFeatures samples(int count, LabelMode mode, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FloatMatrix centres = Toy.unit(4, 8, 77);
    List<List<Integer>> labels = new ArrayList<>();
    double[][] rows = new double[count][8];
    for (int i = 0; i < count; i++) {
      List<Integer> of =
          mode == LabelMode.EXCLUSIVE
              ? List.of(i % 4)
              : IntStream.range(0, 4).filter(c -> random.nextInt(3) == 0).boxed().toList();
      labels.add(of);
      double square = 0;
      for (int k = 0; k < 8; k++) {
        rows[i][k] = .6 * (random.nextDouble() - .5);
        for (int c : of) {
          rows[i][k] += centres.get(c, k);
        }
        square += rows[i][k] * rows[i][k];
      }
      for (int k = 0; k < 8; k++) {
        rows[i][k] /= Math.sqrt(square);
      }
    }
    return Fixture.features(DoubleRows.matrix(rows, 8), labels, "sample" + seed);
  }

  private static List<Float> boxed(FloatMatrix matrix) {
    List<Float> values = new ArrayList<>();
    for (float value : matrix.toArray()) {
      values.add(value);
    }
    return values;
  }

  /** Whoever is held out is held out alone: a single image ranks nothing. */
  @Test
  void aGridWhoseFoldsDecideNothingIsRefused() {
    LabelledFeatures train =
        new LabelledFeatures(
            List.of("a", "b", "c", "d"),
            Toy.unit(4, 4, 1),
            List.of(List.of(0), List.of(0), List.of(1), List.of(1)),
            List.of("a", "b", "c", "d"));
    AdaptationTask task =
        new AdaptationTask(
            LabelHierarchy.flat(List.of("one", "other")),
            LabelMode.MULTIPLE,
            Toy.texts(2, 1, 4),
            20,
            train,
            train.rows(List.of()),
            new Seed(1));
    ScaleGridSearch alone =
        new ScaleGridSearch(ScaleTrainer.STANDARD, List.of(ScaleWeights.STANDARD), 4);

    assertThatThrownBy(() -> alone.train(task, Progress.NONE))
        .isInstanceOf(dev.auscult.base.InputException.class)
        .hasMessageContaining("the grid of lambda")
        .hasMessageContaining("give lambda four numbers");
  }
}
