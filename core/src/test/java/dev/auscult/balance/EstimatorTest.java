package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Sample;
import dev.auscult.shapley.Attribution;
import dev.auscult.shapley.BilinearGame;
import dev.auscult.shapley.ExactShapley;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Estimators and budgets at work in an audit. */
class EstimatorTest {
  private static final BalanceConfig ISA = BalanceConfig.faithful(AuditTask.ISA, new Seed(1));

  private static CollectingSink audit(BalanceConfig config, ToyDualEncoder encoder, ToyData data) {
    CollectingSink sink = new CollectingSink();
    new ModalityBalanceAudit(encoder, config, data).run(sink, Progress.NONE);
    return sink;
  }

  private static Attribution exact(Sample sample, Masking masking) {
    ToyDualEncoder encoder = new ToyDualEncoder();
    return new ExactShapley()
        .attribute(
            new BilinearGame(
                EncoderPasses.images(encoder, () -> {})
                    .open(ToyInputs.image(encoder, sample, masking))
                    .side(),
                EncoderPasses.texts(encoder, () -> {})
                    .open(ToyInputs.text(encoder, sample, masking))
                    .side(),
                encoder.logitScale()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "factorised-latin",
        "factorised",
        "owen",
        "exact",
        "permutation",
        "permutation:3",
        "kernel",
        "kernel:400",
        "partition",
        "partition:77"
      })
  void everyEstimatorIsEfficientAndCountsItsPasses(String name) {
    Estimator estimator = Estimator.named(name);
    ToyDualEncoder encoder = new ToyDualEncoder();

    CollectingSink sink = audit(ISA.withEstimator(estimator), encoder, ToyData.captions(3));

    assertThat(estimator.label()).isEqualTo(name);
    long passes = 0;
    for (SampleBalance balance : sink.balances.values()) {
      double sum =
          balance.text().phi().stream().mapToDouble(v -> v).sum()
              + balance.image().phi().stream().mapToDouble(v -> v).sum();
      assertThat(sum).isCloseTo(balance.scores().full() - balance.scores().empty(), within(1e-10));
      passes += balance.passes();
    }
    assertThat(passes).isEqualTo(encoder.images + encoder.texts);
  }

  @Test
  void exactValuesAreThoseOfEnumeratingEverything() {
    ToyData data = ToyData.captions(2);

    CollectingSink sink =
        audit(ISA.withEstimator(Estimator.named("exact")), new ToyDualEncoder(), data);

    for (Sample sample : data.samples()) {
      Attribution exact = exact(sample, ISA.masking());
      SampleBalance ours = sink.get(sample.id());
      List<Double> phi = new ArrayList<>(ours.image().phi());
      phi.addAll(ours.text().phi());
      for (int i = 0; i < phi.size(); i++) {
        assertThat(phi.get(i)).isCloseTo(exact.value(i), within(1e-10));
      }
      assertThat(ours.share().orElseThrow().deltaSe()).isZero();
      assertThat(ours.passes()).isEqualTo((1 << 9) + (1 << ours.text().phi().size()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"factorised-latin", "factorised", "owen", "permutation", "kernel", "partition"})
  void noSampleExceedsItsBudget(String name) {
    BalanceConfig config = ISA.withEstimator(Estimator.named(name)).withBudget(PassBudget.of(150));

    CollectingSink sink = audit(config, new ToyDualEncoder(), ToyData.captions(6));

    assertThat(sink.balances.values()).allMatch(balance -> balance.passes() <= 150);
    assertThat(sink.balances.values())
        .as("and much of it is used")
        .anyMatch(balance -> balance.passes() > 40);
  }

  @Test
  void budgetsThatAreTooSmallStateWhatIsNeeded() {
    assertBudgetRefused("permutation", 20, "at least 38");
    assertBudgetRefused("permutation:10", 200, "at least 344");
    assertBudgetRefused("kernel", 20, "at least 80");
    assertBudgetRefused("exact", 200, "at least 1536");
    assertBudgetRefused("factorised-latin", 20, "at least 72");
  }

  private static void assertBudgetRefused(String name, long passes, String needed) {
    BalanceConfig config =
        ISA.withEstimator(Estimator.named(name)).withBudget(PassBudget.of(passes));
    assertThatThrownBy(() -> audit(config, new ToyDualEncoder(), ToyData.captions(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--passes: found " + passes + " encoder passes per sample")
        .hasMessageContaining(needed);
  }

  @Test
  void refusesWhatAnEstimatorCannotDo() {
    ToyData longText =
        new ToyData(
            List.of(
                ToyData.sample(
                    "long",
                    new ToyData.RandomImage(1),
                    java.util.Optional.of("word ".repeat(20)),
                    "p",
                    null,
                    null,
                    null)));

    assertThatThrownBy(
            () ->
                audit(ISA.withEstimator(Estimator.named("exact")), new ToyDualEncoder(), longText))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--estimator exact: found 9 image players and texts of up to 20");
    assertThatThrownBy(
            () ->
                audit(
                    ISA.withEstimator(Estimator.named("kernel"))
                        .withBudget(PassBudget.standard().until(0.1)),
                    new ToyDualEncoder(),
                    longText))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--target-se: found --estimator kernel");
    for (String name : List.of("shap", "permutation:0", "exact:3", "kernel:", "")) {
      assertThatThrownBy(() -> Estimator.named(name))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("--estimator: found \"" + name + "\"");
    }
  }

  @Test
  void spendsPassesUntilDeltaHasTheErrorAimedAt() {
    ToyData data = ToyData.captions(12);
    ToyDualEncoder encoder = new ToyDualEncoder();
    double target = 0.01;

    CollectingSink sink = audit(ISA.withBudget(PassBudget.standard().until(target)), encoder, data);

    double squares = 0;
    for (Sample sample : data.samples()) {
      SampleBalance balance = sink.get(sample.id());
      ModalityShare share = balance.share().orElseThrow();
      assertThat(share.deltaSe()).isLessThanOrEqualTo(target);
      double[] phi = exact(sample, ISA.masking()).values().stream().mapToDouble(v -> v).toArray();
      squares += Math.pow(share.delta() - (2 * ModalityShare.tscore(phi, 9) - 1), 2);
    }
    assertThat(Math.sqrt(squares / 12)).as("real error of delta").isLessThan(1.3 * target);
    assertThat(sink.balances.values().stream().mapToLong(SampleBalance::passes).sum())
        .isEqualTo(encoder.images + encoder.texts);
    assertThat(sink.balances.values().stream().map(SampleBalance::passes).distinct().count())
        .as("samples differ in what they need")
        .isGreaterThan(4);
  }

  @Test
  void stopsAtTheMostPassesWhateverTheError() {
    BalanceConfig config = ISA.withBudget(PassBudget.of(600).until(1e-9));

    CollectingSink sink = audit(config, new ToyDualEncoder(), ToyData.captions(4));

    for (SampleBalance balance : sink.balances.values()) {
      assertThat(balance.passes()).isBetween(200L, 600L);
      assertThat(balance.effort().imageOrders()).isGreaterThan(8);
    }
  }

  @Test
  void aTargetThatIsEasilyReachedCostsAboutTheDefault() {
    ToyDualEncoder byDefault = new ToyDualEncoder();
    ToyDualEncoder easy = new ToyDualEncoder();

    audit(ISA, byDefault, ToyData.captions(4));
    audit(ISA.withBudget(PassBudget.standard().until(0.9)), easy, ToyData.captions(4));

    double ratio = (double) (easy.images + easy.texts) / (byDefault.images + byDefault.texts);
    assertThat(ratio).isBetween(0.8, 1.2);
  }

  @Test
  void givesASampleTheSameValuesWhateverTheOthersNeed() {
    BalanceConfig config =
        BalanceConfig.faithful(AuditTask.VQA, new Seed(1))
            .withBudget(PassBudget.standard().until(0.02));
    ToyData data = ToyData.questions(3);

    CollectingSink inOrder = audit(config, new ToyDualEncoder(), data);
    CollectingSink shuffled = audit(config, new ToyDualEncoder(), data.shuffled());

    for (SampleBalance balance : inOrder.balances.values()) {
      assertThat(shuffled.get(balance.id()).share()).isEqualTo(balance.share());
      assertThat(shuffled.get(balance.id()).effort()).isEqualTo(balance.effort());
    }
  }
}
