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
import org.junit.jupiter.api.Test;

/** The audit on a transformer of conformance/clip_checkpoints.py, with phantoms. */
class RealEncoderAuditTest {
  private static final String MODEL = "src/test/resources/dev/auscult/model/clip/complete";
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
  void givesTheSameBitsForAnyNumberOfThreads() {
    CollectingSink one = audit(new Compute(1, DType.FLOAT32, 0));
    CollectingSink two = audit(new Compute(2, DType.FLOAT32, 0));

    assertThat(two.balances).isEqualTo(one.balances);
  }
}
