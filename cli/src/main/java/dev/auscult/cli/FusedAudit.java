package dev.auscult.cli;

import dev.auscult.balance.AuditRows;
import dev.auscult.balance.AuditTask;
import dev.auscult.balance.BalanceConfig;
import dev.auscult.balance.ModalityBalance;
import dev.auscult.balance.ModalityBalanceAudit;
import dev.auscult.balance.ModalityBalanceAudit.Outcome;
import dev.auscult.base.ContentHash;
import dev.auscult.base.Progress;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.data.Sample;
import dev.auscult.fusion.FusionClassifier;
import dev.auscult.fusion.FusionData;
import dev.auscult.fusion.FusionResult;
import dev.auscult.fusion.OutcomeScore;
import dev.auscult.fusion.ScoreAudit.SampleScore;
import dev.auscult.fusion.Trained;
import dev.auscult.model.DualEncoder;
import dev.auscult.shapley.JointScore;
import dev.auscult.shapley.Vectors;
import dev.auscult.tensor.FloatMatrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The modality audit of {@code auscult audit}, of a fused classifier's score instead of the
 * model's: tokens and patches are masked before the encoders, and the log-odds of the outcome that
 * is called for the whole sample are divided among them.
 */
final class FusedAudit {
  /** Holds the rows: {@code samples.csv}, {@code attributions.jsonl}. */
  static final String FOLDER = "audit";

  private final DualEncoder encoder;
  private final FusionClassifier classifier;
  private final Dataset tested;
  private final Map<String, Integer> called;

  /**
   * @param encoder of drawings and texts
   * @param data whose test side is audited
   * @param result with the fused classifier and what it calls
   */
  FusedAudit(DualEncoder encoder, FusionData data, FusionResult result) {
    Trained fused = Objects.requireNonNull(result.trained().get(result.fused()));
    this.encoder = encoder;
    this.classifier = fused.classifier();
    this.tested = Datasets.of("the test side", data.test().samples());
    this.called =
        result.audit().samples().stream()
            .collect(Collectors.toMap(SampleScore::id, SampleScore::called));
  }

  /**
   * Audits under every configuration, or goes on where an earlier run was interrupted.
   *
   * @param run identifies the classifier: what it was trained on and how
   * @return the balance by preset; nothing where no configuration is given
   * @throws dev.auscult.base.InterruptedRunException if the user stops; finished samples are kept
   */
  Map<String, ModalityBalance> run(
      List<BalanceConfig> configs, ContentHash run, Path folder, Progress progress)
      throws IOException {
    Map<String, ModalityBalance> balances = new LinkedHashMap<>();
    if (configs.isEmpty()) {
      return balances;
    }
    ModalityBalanceAudit audit =
        ModalityBalanceAudit.ofOutcomes(encoder, configs, tested, this::score);
    String model = encoder.identity().name();
    try (AuditRows rows = AuditRows.open(folder.resolve(FOLDER), run)) {
      List<Outcome> outcomes =
          audit.run(
              configs.stream().map(config -> rows.of(model, config.preset())).toList(), progress);
      rows.finish(
          AuditTask.ISA,
          outcomes.stream().flatMap(outcome -> outcome.skipped().stream()).distinct().toList());
      for (int c = 0; c < configs.size(); c++) {
        balances.put(configs.get(c).preset().label(), outcomes.get(c).balance());
      }
    }
    return balances;
  }

  private JointScore score(Sample sample) {
    OutcomeScore score =
        new OutcomeScore(classifier, Objects.requireNonNull(called.get(sample.id())));
    return new JointScore.Classified(
        (images, u, texts, v) -> score.logOdds(rows(images, u), rows(texts, v)));
  }

  private static FloatMatrix rows(Vectors vectors, int[] numbers) {
    int dimension = vectors.dimension();
    float[] values = new float[numbers.length * dimension];
    for (int i = 0; i < numbers.length; i++) {
      for (int k = 0; k < dimension; k++) {
        values[i * dimension + k] = vectors.get(numbers[i], k);
      }
    }
    return new FloatMatrix(numbers.length, dimension, values);
  }
}
