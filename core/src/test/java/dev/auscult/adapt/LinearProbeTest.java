package dev.auscult.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.data.LabelMode;
import dev.auscult.learning.ClassBalance;
import dev.auscult.learning.LogisticRegression;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Against conformance/linear_probe.py: scikit-learn's LogisticRegression. */
class LinearProbeTest {
  /** The optimum to which both converge; coefficients are kept in float32. */
  private static final double TOLERANCE = 2e-5;

  private final JsonNode reference = Fixture.read("linear_probe.json");

  @ParameterizedTest
  @ValueSource(strings = {"exclusive", "two"})
  void exclusiveClassesHaveTheProbabilitiesOfScikitLearn(String name) {
    JsonNode problem = reference.get(name);
    problem
        .get("fits")
        .forEach(
            fit -> {
              LinearHead head = head(problem, fit, LabelMode.EXCLUSIVE);
              FloatMatrix scores = head.scores(Fixture.matrix(problem.get("queries")));
              for (int i = 0; i < scores.rows(); i++) {
                assertThat(softmax(scores, i))
                    .as("C %s, query %d", fit.get("C"), i)
                    .containsExactly(
                        Fixture.doubles(fit.get("probabilities").get(i)), within(TOLERANCE));
              }
            });
  }

  @Test
  void coefficientsAreThoseOfScikitLearn() {
    JsonNode problem = reference.get("exclusive");
    problem
        .get("fits")
        .forEach(
            fit -> {
              LinearHead head = head(problem, fit, LabelMode.EXCLUSIVE);
              double[][] coefficients = Fixture.rows(fit.get("coef"));
              for (int c = 0; c < coefficients.length; c++) {
                for (int k = 0; k < coefficients[c].length; k++) {
                  assertThat((double) head.weights().get(c, k))
                      .isCloseTo(
                          coefficients[c][k], within(1e-4 * fit.get("C").doubleValue() + 1e-4));
                }
              }
            });
  }

  @Test
  void severalLabelsHaveTheProbabilitiesOfScikitLearn() {
    JsonNode problem = reference.get("several");
    problem
        .get("fits")
        .forEach(
            fit -> {
              LinearHead head = head(problem, fit, LabelMode.MULTIPLE);
              FloatMatrix scores = head.scores(Fixture.matrix(problem.get("queries")));
              for (int i = 0; i < scores.rows(); i++) {
                for (int c = 0; c < scores.columns(); c++) {
                  assertThat(1 / (1 + Math.exp(-scores.get(i, c))))
                      .isCloseTo(
                          fit.get("probabilities").get(i).get(c).doubleValue(), within(TOLERANCE));
                }
              }
            });
  }

  @Test
  void aClassWithoutSamplesIsNeverPredicted() {
    JsonNode problem = reference.get("exclusive");
    LabelledFeatures train = Fixture.features(problem.get("images"), problem.get("labels"));

    LinearHead head =
        LinearHead.of(
            new LogisticRegression(1, ClassBalance.WEIGHTED)
                .fit(train.images(), train.labels(), 6, LabelMode.EXCLUSIVE));

    FloatMatrix scores = head.scores(train.images());
    for (int i = 0; i < scores.rows(); i++) {
      assertThat(softmax(scores, i)[5]).isZero();
      assertThat(DoubleStream.of(softmax(scores, i)).sum()).isCloseTo(1, within(1e-12));
    }
  }

  private static LinearHead head(JsonNode problem, JsonNode fit, LabelMode mode) {
    LabelledFeatures train = Fixture.features(problem.get("images"), problem.get("labels"));
    ClassBalance balance =
        fit.get("balanced").booleanValue() ? ClassBalance.WEIGHTED : ClassBalance.PLAIN;
    return LinearHead.of(
        new LogisticRegression(fit.get("C").doubleValue(), balance)
            .fit(train.images(), train.labels(), problem.get("classes").intValue(), mode));
  }

  private static double[] softmax(FloatMatrix scores, int row) {
    double[] exponentials = new double[scores.columns()];
    for (int c = 0; c < exponentials.length; c++) {
      exponentials[c] = Math.exp(scores.get(row, c));
    }
    double sum = DoubleStream.of(exponentials).sum();
    return DoubleStream.of(exponentials).map(value -> value / sum).toArray();
  }

  @Test
  void choosesThePenaltyOnTheValidationSplit() {
    JsonNode problem = reference.get("exclusive");
    LabelledFeatures all = Fixture.features(problem.get("images"), problem.get("labels"));
    AdaptationTask task = Toy.task(all, 4);

    Adaptation adaptation =
        new LinearProbe(ClassBalance.PLAIN, List.of(.01, 1.0, 1e4))
            .train(task, dev.auscult.base.Progress.NONE);

    double chosen = Double.parseDouble(adaptation.chosen().get("C"));
    for (double other : List.of(.01, 1.0, 1e4)) {
      LinearHead head =
          LinearHead.of(
              new LogisticRegression(other, ClassBalance.PLAIN)
                  .fit(task.train().images(), task.train().labels(), 4, LabelMode.EXCLUSIVE));
      assertThat(PredictionLoss.of(adaptation.adapter(), task, ClassBalance.PLAIN))
          .as("C %s against %s", chosen, other)
          .isLessThanOrEqualTo(PredictionLoss.of(head, task, ClassBalance.PLAIN));
    }
  }
}
