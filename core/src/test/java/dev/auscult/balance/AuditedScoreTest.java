package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.balance.AnswerSelection.AnswerTokens;
import dev.auscult.balance.AnswerSelection.Given;
import dev.auscult.balance.AnswerSelection.Target;
import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Sample;
import dev.auscult.data.SampleBuilder;
import dev.auscult.model.ScoreFunction;
import dev.auscult.shapley.Attribution;
import dev.auscult.shapley.Coalition;
import dev.auscult.shapley.CooperativeGame;
import dev.auscult.shapley.ExactShapley;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Audits of every score against the enumeration of all masked inputs of one sample. */
class AuditedScoreTest {
  private static final List<String> CLASSES = List.of("effusion", "cardiomegaly", "no finding");
  private static final Sample SAMPLE =
      new SampleBuilder("s", new ToyData.RandomImage(3))
          .text(Optional.of("left side effusion"))
          .label(Optional.of("effusion"))
          .patient(Optional.of("p"))
          .build();

  /** Trained with a sigmoid, like SigLIP. */
  private static class SigmoidEncoder extends ToyDualEncoder {
    @Override
    public double logitScale() {
      return 6;
    }

    @Override
    public ScoreFunction score() {
      return ScoreFunction.sigmoid(logitScale(), -1.5);
    }
  }

  /** Written down from the definitions, with nothing of the estimators. */
  private record Enumerated(SigmoidEncoder encoder, AuditedScore score) implements CooperativeGame {
    private static final int CELLS = 9;

    private int[] ids() {
      return encoder.tokenizer().encode("a left " + CLASSES.get(0)).ids();
    }

    @Override
    public int players() {
      return CELLS + ids().length - 2;
    }

    @Override
    public double[] values(List<Coalition> coalitions) {
      return coalitions.stream().mapToDouble(this::value).toArray();
    }

    private double value(Coalition present) {
      var pixels = encoder.imageTransform().apply(SAMPLE.image().read());
      float[] values = pixels.values().clone();
      for (int at = 0; at < values.length; at++) {
        int cell = at / 12 % 12 / 4 * 3 + at % 12 / 4;
        values[at] = present.contains(cell) ? values[at] : 0;
      }
      int[] ids = ids();
      for (int token = 1; token < ids.length - 1; token++) {
        ids[token] = present.contains(CELLS + token - 1) ? ids[token] : ToyDualEncoder.MASK;
      }
      FloatMatrix image =
          encoder.encodeImages(
              new dev.auscult.image.PixelBatch(
                  1, pixels.channels(), pixels.height(), pixels.width(), values));
      double cosine = image.dot(0, encoder.encodeTexts(new int[][] {ids}), 0);
      return switch (score) {
        case COSINE -> cosine;
        case LOGIT -> 6 * cosine;
        case SIGMOID -> 1 / (1 + Math.exp(-(6 * cosine - 1.5)));
        case SOFTMAX -> {
          double wanted = Math.exp(6 * cosine);
          double all = wanted;
          for (String other : CLASSES.subList(1, 3)) {
            int[][] whole = {encoder.tokenizer().encode("a left " + other).ids()};
            all += Math.exp(6 * image.dot(0, encoder.encodeTexts(whole), 0));
          }
          yield wanted / all;
        }
        case OUTCOME -> throw new IllegalArgumentException("no score of the model itself");
      };
    }
  }

  private static BalanceConfig config(AuditedScore score) {
    AnswerSelection selection =
        new AnswerSelection(
            new Given(CLASSES),
            Target.CORRECT,
            AnswerTokens.ALWAYS_PRESENT,
            new dev.auscult.text.PromptTemplate("a left {}"));
    return BalanceConfig.faithful(AuditTask.CLASS, new Seed(1))
        .withSelection(selection)
        .withScore(score);
  }

  private static SampleBalance audit(BalanceConfig config) {
    CollectingSink sink = new CollectingSink();
    new ModalityBalanceAudit(new SigmoidEncoder(), config, new ToyData(List.of(SAMPLE)))
        .run(sink, Progress.NONE);
    return sink.get("s");
  }

  private static List<Double> phi(SampleBalance balance) {
    List<Double> phi = new ArrayList<>(balance.image().phi());
    phi.addAll(balance.text().phi());
    return phi;
  }

  @ParameterizedTest
  @EnumSource(value = AuditedScore.class, names = "OUTCOME", mode = EnumSource.Mode.EXCLUDE)
  void theExactEstimatorGivesTheShapleyValuesOfTheDefinition(AuditedScore score) {
    Attribution expected =
        new ExactShapley().attribute(new Enumerated(new SigmoidEncoder(), score));

    SampleBalance balance = audit(config(score).withEstimator(new Estimator.Exact()));

    List<Double> found = phi(balance);
    assertThat(found).hasSize(12);
    for (int player = 0; player < found.size(); player++) {
      assertThat(found.get(player)).isCloseTo(expected.value(player), within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource(value = AuditedScore.class, names = "OUTCOME", mode = EnumSource.Mode.EXCLUDE)
  void theFactorisedEstimatorConvergesToThem(AuditedScore score) {
    Enumerated game = new Enumerated(new SigmoidEncoder(), score);
    Attribution expected = new ExactShapley().attribute(game);

    SampleBalance balance = audit(config(score).withBudget(PassBudget.of(1_500)));

    List<Double> found = phi(balance);
    List<Double> se = new ArrayList<>(balance.image().se());
    se.addAll(balance.text().se());
    double magnitude = expected.values().stream().mapToDouble(Math::abs).sum();
    for (int player = 0; player < found.size(); player++) {
      assertThat(found.get(player))
          .isCloseTo(expected.value(player), within(5 * se.get(player) + 1e-9));
      assertThat(se.get(player)).isLessThan(0.02 * magnitude);
    }
    Coalition image = Coalition.range(12, 0, 9);
    double[] f =
        game.values(List.of(Coalition.empty(12), image, image.complement(), Coalition.full(12)));
    ModalityScores scores = balance.scores();
    assertThat(new double[] {scores.empty(), scores.imageOnly(), scores.textOnly(), scores.full()})
        .containsExactly(f, within(1e-12));
    double sum = found.stream().mapToDouble(v -> v).sum();
    assertThat(sum).isCloseTo(f[3] - f[0], within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"permutation:200", "kernel:4000"})
  void estimatorsThatKnowOnlyAGameTakeAnyScore(String estimator) {
    Attribution expected =
        new ExactShapley().attribute(new Enumerated(new SigmoidEncoder(), AuditedScore.SIGMOID));

    SampleBalance balance =
        audit(config(AuditedScore.SIGMOID).withEstimator(Estimator.named(estimator)));

    List<Double> found = phi(balance);
    for (int player = 0; player < found.size(); player++) {
      assertThat(found.get(player)).isCloseTo(expected.value(player), within(5e-3));
    }
  }

  @ParameterizedTest
  @EnumSource(value = AuditedScore.class, names = "OUTCOME", mode = EnumSource.Mode.EXCLUDE)
  void similarityIsThatOfTheCosineWhateverIsDivided(AuditedScore score) {
    BalanceConfig config = config(score).withLevel(AlignmentLevel.Kind.COSINE);
    ModalityBalance balance =
        new ModalityBalanceAudit(new SigmoidEncoder(), config, new ToyData(List.of(SAMPLE)))
            .run(new CollectingSink(), Progress.NONE)
            .balance();

    Enumerated cosine = new Enumerated(new SigmoidEncoder(), AuditedScore.COSINE);
    double expected = cosine.values(List.of(Coalition.full(12)))[0];
    assertThat(balance.level().mean()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void scoresWithoutMeaningAreRefusedBeforeAnyPass() {
    BalanceConfig isa = BalanceConfig.faithful(AuditTask.ISA, new Seed(1));
    List<BalanceConfig> wrong =
        Arrays.asList(
            isa.withScore(AuditedScore.SOFTMAX),
            isa.withScore(AuditedScore.SIGMOID).withEstimator(Estimator.named("owen")));
    for (BalanceConfig config : wrong) {
      assertThatThrownBy(() -> audit(config))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("--score");
    }
  }
}
