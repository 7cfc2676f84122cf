package dev.auscult.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Sample;
import dev.auscult.data.phantom.OutcomeRule;
import dev.auscult.data.phantom.OutcomeRule.Seen;
import dev.auscult.data.phantom.Sketch;
import dev.auscult.data.phantom.SketchConfig;
import dev.auscult.data.phantom.SketchDataset;
import dev.auscult.fusion.ScoreAudit.SampleScore;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Estimate;
import dev.auscult.shapley.Coalition;
import dev.auscult.shapley.CooperativeGame;
import dev.auscult.shapley.ExactShapley;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Sketches whose outcome is known to depend on drawing, text or both; their embeddings are made up:
 * the sign in one direction, noise in all.
 */
class FusionStudyTest {
  private static final int DIMENSION = 6;

  /** Four standard errors of an accuracy on 700 samples. */
  private static final double NEAR = .076;

  /** Intervals of 99%, so that a true zero is outside of one in a hundred. */
  private static FusionResult study(OutcomeRule rule) {
    return FusionStudy.run(
        data(rule),
        new Seed(1),
        new Bootstrap(Bootstrap.Kind.BCA, 400, .99, new Seed(2)),
        2,
        Progress.NONE);
  }

  private static FusionData data(OutcomeRule rule) {
    SketchDataset sketches =
        new SketchDataset(new SketchConfig(1600, new Seed(20_261_125L), 64, rule));
    return new FusionData(
        List.of(Sketch.ROUTINE, Sketch.URGENT),
        features(sketches, 0, 700),
        features(sketches, 700, 900),
        features(sketches, 900, 1600),
        List.of(),
        0);
  }

  private static PairedFeatures features(SketchDataset sketches, int from, int to) {
    SplittableRandom random = new SplittableRandom(from);
    List<Sample> samples = sketches.samples().subList(from, to);
    float[] images = new float[samples.size() * DIMENSION];
    float[] texts = new float[samples.size() * DIMENSION];
    List<Integer> outcomes = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      Sketch sketch = sketches.sketch(from + i);
      embed(images, i, sketch.drawingSign(), random);
      embed(texts, i, sketch.textSign(), random);
      outcomes.add(sketch.outcome().equals(Sketch.URGENT) ? 1 : 0);
    }
    return new PairedFeatures(
        samples,
        new FloatMatrix(samples.size(), DIMENSION, images),
        new FloatMatrix(samples.size(), DIMENSION, texts),
        outcomes);
  }

  private static void embed(float[] rows, int row, int sign, SplittableRandom random) {
    double[] vector = new double[DIMENSION];
    double square = 0;
    for (int k = 0; k < DIMENSION; k++) {
      vector[k] = (k == 0 ? 4 : k == 1 ? .5 * sign : 0) + .1 * random.nextGaussian();
      square += vector[k] * vector[k];
    }
    for (int k = 0; k < DIMENSION; k++) {
      rows[row * DIMENSION + k] = (float) (vector[k] / Math.sqrt(square));
    }
  }

  private static double accuracy(FusionResult result, FusionMethod method) {
    return result.figure(method, FusionMetric.ACCURACY).value();
  }

  private static void assertNothing(Estimate difference) {
    assertThat(difference.lo()).isLessThanOrEqualTo(0);
    assertThat(difference.hi()).isGreaterThanOrEqualTo(0);
  }

  @Test
  void wordsAddNothingWhereTheDrawingDecides() {
    OutcomeRule rule = new OutcomeRule(.8, 0, 0);
    FusionResult result = study(rule);

    assertThat(accuracy(result, FusionMethod.IMAGE))
        .isCloseTo(rule.bestAccuracy(Seen.DRAWING), within(NEAR));
    assertThat(accuracy(result, FusionMethod.TEXT)).isCloseTo(.5, within(NEAR));
    FusionComparison gain = result.comparison(result.fused(), FusionMethod.IMAGE);
    assertNothing(gain.auroc());
    assertThat(result.comparison(result.fused(), FusionMethod.TEXT).auroc().lo()).isGreaterThan(.1);
    assertThat(result.audit().textShare().hi()).isLessThan(.25);
    assertThat(result.worth().get(1).image().lo()).isGreaterThan(.15);
    assertNothing(result.worth().get(1).text());
  }

  @Test
  void theDrawingAddsNothingWhereWordsDecide() {
    OutcomeRule rule = new OutcomeRule(0, .8, 0);
    FusionResult result = study(rule);

    assertThat(accuracy(result, FusionMethod.TEXT))
        .isCloseTo(rule.bestAccuracy(Seen.TEXT), within(NEAR));
    FusionComparison gain = result.comparison(result.fused(), FusionMethod.TEXT);
    assertNothing(gain.auroc());
    assertThat(result.comparison(result.fused(), FusionMethod.IMAGE).auroc().lo())
        .isGreaterThan(.1);
    assertThat(result.audit().textShare().lo()).isGreaterThan(.75);
  }

  @Test
  void fusionBeatsEachAloneWhereEffectsAddUp() {
    FusionResult result = study(new OutcomeRule(.45, .45, 0));

    for (FusionMethod fused : FusionMethod.FUSED) {
      assertThat(result.comparison(fused, FusionMethod.IMAGE).auroc().lo()).isPositive();
      assertThat(result.comparison(fused, FusionMethod.TEXT).auroc().lo()).isPositive();
    }
    assertThat(result.audit().textShare().value()).isBetween(.35, .65);
  }

  @Test
  void onlyTheGateFindsAnInteraction() {
    OutcomeRule rule = new OutcomeRule(0, 0, .9);
    FusionResult result = study(rule);

    assertThat(result.fused()).isEqualTo(FusionMethod.GATED);
    assertThat(accuracy(result, FusionMethod.GATED))
        .isCloseTo(rule.bestAccuracy(Seen.BOTH), within(NEAR));
    for (FusionMethod other :
        List.of(FusionMethod.IMAGE, FusionMethod.TEXT, FusionMethod.CONCATENATION)) {
      FusionComparison gain = result.comparison(FusionMethod.GATED, other);
      assertThat(gain.accuracy().lo()).isGreaterThan(.2);
      assertThat(gain.corrected()).isLessThan(.01);
    }
    assertThat(result.worth().get(1).synergy().lo()).isGreaterThan(.2);
  }

  /** Noise, and an outcome that three of four samples have. */
  private static PairedFeatures rare(int from, int size) {
    SketchDataset sketches =
        new SketchDataset(new SketchConfig(300, new Seed(3), 64, new OutcomeRule(0, 0, 0)));
    SplittableRandom random = new SplittableRandom(from);
    float[] images = new float[size * DIMENSION];
    float[] texts = new float[size * DIMENSION];
    List<Integer> outcomes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      embed(images, i, 0, random);
      embed(texts, i, 0, random);
      outcomes.add(i % 4 == 0 ? 1 : 0);
    }
    return new PairedFeatures(
        sketches.samples().subList(from, from + size),
        new FloatMatrix(size, DIMENSION, images),
        new FloatMatrix(size, DIMENSION, texts),
        outcomes);
  }

  @Test
  void callingTheCommonestOutcomeIsWorthNothing() {
    FusionData data =
        new FusionData(
            List.of(Sketch.ROUTINE, Sketch.URGENT),
            rare(0, 100),
            rare(100, 100),
            rare(200, 100),
            List.of(),
            0);

    FusionResult result =
        FusionStudy.run(
            data,
            new Seed(1),
            new Bootstrap(Bootstrap.Kind.BCA, 200, .95, new Seed(2)),
            1,
            Progress.NONE);

    ModalityWorth worth = result.worth().get(0);
    assertThat(worth.metric()).isEqualTo(FusionMetric.ACCURACY);
    assertThat(worth.image().value() + worth.text().value())
        .isCloseTo(accuracy(result, result.fused()) - .75, within(1e-12));
    ModalityWorth ranked = result.worth().get(1);
    assertThat(ranked.image().value() + ranked.text().value())
        .isCloseTo(result.figure(result.fused(), FusionMetric.AUROC).value() - .5, within(1e-12));
    Estimate ece = result.figure(result.fused(), FusionMetric.ECE);
    assertThat(ece.lo()).isBetween(0.0, ece.value());
    assertThat(ece.hi()).isBetween(ece.value(), 1.0);
  }

  @Test
  void valuesOfASampleAddUpToItsScore() {
    FusionData data = data(new OutcomeRule(.4, .4, 0));
    FusionClassifier linear = LinearFusion.fit(FusionMethod.CONCATENATION, data).classifier();
    Bootstrap bootstrap = new Bootstrap(Bootstrap.Kind.BCA, 100, .95, new Seed(2));

    ScoreAudit audit = ScoreAudit.of(linear, data.test(), data.train(), bootstrap, new Seed(4));

    // Of two outcomes the log-odds are linear: float32 logits leave a synergy of rounding only.
    double base = Double.NaN;
    for (SampleScore sample : audit.samples()) {
      double nobody = sample.score() - sample.image() - sample.text();
      double ofUrgent = sample.called() == 1 ? nobody : -nobody;
      base = Double.isNaN(base) ? ofUrgent : base;
      assertThat(ofUrgent).isCloseTo(base, within(1e-5));
      assertThat(sample.synergy()).isCloseTo(0, within(1e-5));
    }
  }

  @Test
  void theClosedFormIsTheShapleyValue() {
    double[] worth = {.5, .7, .62, .91};
    CooperativeGame game =
        new CooperativeGame() {
          @Override
          public int players() {
            return 2;
          }

          @Override
          public double[] values(List<Coalition> coalitions) {
            return coalitions.stream()
                .mapToDouble(c -> worth[(c.contains(0) ? 1 : 0) + (c.contains(1) ? 2 : 0)])
                .toArray();
          }
        };
    List<Double> exact = new ExactShapley().attribute(game).values();
    TwoPlayers closed = new TwoPlayers(worth[0], worth[1], worth[2], worth[3]);

    assertThat(closed.ofImage()).isCloseTo(exact.get(0), within(1e-15));
    assertThat(closed.ofText()).isCloseTo(exact.get(1), within(1e-15));
    assertThat(closed.synergy()).isCloseTo(.91 - .7 - .62 + .5, within(1e-15));
  }
}
