package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.phantom.PhantomConfig;
import dev.auscult.data.phantom.PhantomDataset;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The audit on a transformer of conformance/clip_checkpoints.py, with phantoms. */
class RealEncoderAuditTest {
  private static final String MODEL = "src/test/resources/dev/auscult/model/clip/complete";

  /** Of scores up to the logit scale, 14.3; embeddings are float32. */
  private static final double FLOAT_ROUNDING = 2e-5;

  private static final Dataset PHANTOMS = new PhantomDataset(PhantomConfig.of(3, new Seed(2)));

  private static CollectingSink audit(Compute compute) {
    compute.apply();
    CollectingSink sink = new CollectingSink();
    try (DualEncoder encoder = Models.load(MODEL, compute)) {
      new ModalityBalanceAudit(
              encoder, BalanceConfig.faithful(AuditTask.ISA, new Seed(1)), PHANTOMS)
          .run(sink, Progress.NONE);
    } finally {
      Compute.standard().apply();
    }
    return sink;
  }

  @Test
  void distributesTheScoreOfATransformerWithoutRemainder() {
    CollectingSink sink = audit(Compute.standard());

    assertThat(sink.balances).hasSize(3);
    for (SampleBalance balance : sink.balances.values()) {
      double sum =
          balance.text().phi().stream().mapToDouble(v -> v).sum()
              + balance.image().phi().stream().mapToDouble(v -> v).sum();
      assertThat(sum).isCloseTo(balance.scores().full() - balance.scores().empty(), within(1e-10));
      assertThat(balance.share()).isPresent();
    }
  }

  @Test
  void givesTheSameBitsAgain() {
    CollectingSink one = audit(new Compute(2, DType.FLOAT32, 0));
    CollectingSink two = audit(new Compute(2, DType.FLOAT32, 0));

    assertThat(two.balances).isEqualTo(one.balances);
  }

  /** Kernels that round partitions differently move the last bits (docs/performance.md). */
  @Test
  void givesTheSameFiguresForAnyNumberOfThreads() {
    CollectingSink one = audit(new Compute(1, DType.FLOAT32, 0));
    CollectingSink two = audit(new Compute(2, DType.FLOAT32, 0));

    one.balances.forEach(
        (id, expected) -> {
          SampleBalance found = Objects.requireNonNull(two.balances.get(id));
          assertClose(found.text().phi(), expected.text().phi());
          assertClose(found.image().phi(), expected.image().phi());
          assertThat(found.score()).isCloseTo(expected.score(), within(FLOAT_ROUNDING));
        });
  }

  private static void assertClose(List<Double> found, List<Double> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int player = 0; player < found.size(); player++) {
      assertThat(found.get(player)).isCloseTo(expected.get(player), within(FLOAT_ROUNDING));
    }
  }
}
