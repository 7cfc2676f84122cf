package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Sample;
import dev.auscult.shapley.Attribution;
import dev.auscult.shapley.BilinearGame;
import dev.auscult.shapley.ExactShapley;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskedGamesTest {
  @Test
  void areTheGamesThatAnAuditDivides() {
    ToyData data = ToyData.captions(1);
    Sample sample = data.samples().get(0);
    ToyDualEncoder encoder = new ToyDualEncoder();
    BalanceConfig config =
        BalanceConfig.faithful(AuditTask.ISA, new Seed(1)).withEstimator(Estimator.named("exact"));
    CollectingSink sink = new CollectingSink();
    new ModalityBalanceAudit(encoder, config, data).run(sink, Progress.NONE);

    BilinearGame game =
        new MaskedGames(encoder, config.masking())
            .of(sample.image().read(), sample.text().orElseThrow());

    Attribution exact = new ExactShapley().attribute(game);
    List<Double> audited = new ArrayList<>(sink.get(sample.id()).image().phi());
    audited.addAll(sink.get(sample.id()).text().phi());
    for (int i = 0; i < audited.size(); i++) {
      assertThat(exact.value(i)).isCloseTo(audited.get(i), within(1e-10));
    }
    assertThat(exact.players()).isEqualTo(audited.size());
  }
}
