package dev.auscult.adapt;

import dev.auscult.adapt.Adaptation.EpochLoss;
import dev.auscult.base.Progress;
import dev.auscult.learning.ClassBalance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * LP++ (Huang 2024): logits {@code x w_k + b_k + a_k x t_k}, all samples at once, with step sizes
 * that follow from the data. Weights and intercepts move by gradient descent with momentum 0.9, the
 * shares of the texts by a plain step every tenth iteration. Of all iterations the one whose loss
 * on the validation split is least is kept; without one, the last.
 *
 * @param iterations how many
 */
public record LpPlusPlus(int iterations) implements AdapterTrainer {
  /** 300 iterations, as published. */
  public static final LpPlusPlus STANDARD = new LpPlusPlus(300);

  private static final int SHARES_EVERY = 10;

  /** Checks the number. */
  public LpPlusPlus {
    if (iterations < 1) {
      throw new IllegalArgumentException(iterations + " iterations");
    }
  }

  @Override
  public AdaptationMethod method() {
    return AdaptationMethod.LP_PLUS_PLUS;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("iterations", Integer.toString(iterations));
  }

  @Override
  public Adaptation train(AdaptationTask task, Progress progress) {
    BlendedProbe probe = new BlendedProbe(task);
    List<EpochLoss> curve = new ArrayList<>();
    LinearHead best = probe.toHead();
    double least = Double.POSITIVE_INFINITY;
    int kept = iterations;
    try (Progress.Task counting = progress.begin("LP++", iterations)) {
      for (int i = 1; i <= iterations; i++) {
        curve.add(new EpochLoss(i, probe.iterate(i % SHARES_EVERY == 0)));
        LinearHead head = probe.toHead();
        double loss = PredictionLoss.of(head, task, ClassBalance.PLAIN);
        if (loss < least || task.validation().size() == 0) {
          least = loss;
          best = head;
          kept = i;
        }
        counting.advance(1);
      }
    }
    Map<String, String> chosen = new LinkedHashMap<>();
    chosen.put("iterations", Integer.toString(kept));
    return new Adaptation(best, curve, task.validation().size() == 0 ? Map.of() : chosen);
  }
}
