package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.base.UsageException;
import dev.auscult.shapley.JointScore;
import dev.auscult.shapley.JointScore.Classified;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Audits of classifiers on top of an encoder, of which is known what they look at. */
class OutcomeAuditTest {
  private static final ToyDualEncoder ENCODER = new ToyDualEncoder();
  private static final ToyData DATA = ToyData.captions(6);

  private static BalanceConfig config(Preset preset) {
    return BalanceConfig.of(preset, AuditTask.ISA, new Seed(3)).withScore(AuditedScore.OUTCOME);
  }

  private static ModalityBalance audit(Preset preset, Classified.Pairs classifier) {
    return ModalityBalanceAudit.ofOutcomes(
            ENCODER, List.of(config(preset)), DATA, sample -> new Classified(classifier))
        .run(List.of(new CollectingSink()), Progress.NONE)
        .get(0)
        .balance();
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void aClassifierOfTheImageAloneHasNoShareOfTheText(Preset preset) {
    ModalityBalance found =
        audit(
            preset,
            (images, u, texts, v) ->
                Arrays.stream(u).mapToDouble(i -> Math.exp(3 * images.get(i, 0))).toArray());

    assertThat(found.tscore().value()).isZero();
    assertThat(found.iscore().value()).isEqualTo(1);
    assertThat(found.modalities().text().value()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void aClassifierOfTheTextAloneHasNoShareOfTheImage(Preset preset) {
    ModalityBalance found =
        audit(
            preset,
            (images, u, texts, v) ->
                Arrays.stream(v).mapToDouble(i -> Math.exp(3 * texts.get(i, 0))).toArray());

    assertThat(found.tscore().value()).isEqualTo(1);
    assertThat(found.modalities().image().value()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void aClassifierThatTakesTheModelsOwnScoreIsAuditedAsTheModel(Preset preset) {
    JointScore product = new JointScore.Product(ENCODER.logitScale());
    BalanceConfig own = config(preset).withScore(AuditedScore.LOGIT);

    ModalityBalance found =
        audit(
            preset,
            (images, u, texts, v) ->
                IntStream.range(0, u.length)
                    .mapToDouble(i -> product.of(images, u[i], texts, v[i]))
                    .toArray());
    ModalityBalance model =
        new ModalityBalanceAudit(ENCODER, own, DATA)
            .run(new CollectingSink(), Progress.NONE)
            .balance();

    assertThat(found.tscore().value()).isCloseTo(model.tscore().value(), within(1e-9));
    assertThat(found.tscore().lo()).isCloseTo(model.tscore().lo(), within(1e-9));
    assertThat(found.cost().encoderPasses()).isEqualTo(model.cost().encoderPasses());
  }

  @Test
  void theScoreOfOutcomesNeedsAClassifier() {
    assertThatThrownBy(() -> new ModalityBalanceAudit(ENCODER, config(Preset.FAITHFUL), DATA))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no classifier of outcomes");
  }
}
