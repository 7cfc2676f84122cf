package dev.auscult.cli;

import dev.auscult.balance.AttributionIndex;
import dev.auscult.balance.BalanceConfig;
import dev.auscult.balance.ExplanationQuality;
import dev.auscult.balance.QualityAudit;
import dev.auscult.balance.QualityConfig;
import dev.auscult.balance.QualityRows;
import dev.auscult.base.ContentHash;
import dev.auscult.base.Progress;
import dev.auscult.data.Dataset;
import dev.auscult.model.DualEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Examines the explanations that an audit left in its folder, of every model and preset. */
final class QualityStage {
  private final List<Part> parts = new ArrayList<>();
  private final Optional<QualityConfig> quality;
  private final Optional<ContentHash> fingerprint;

  /** One model under one preset. */
  private record Part(String model, String preset, QualityAudit audit) {

    /** How the rows of a model under a preset are found. */
    private static String key(String model, String preset) {
      return model + '\n' + preset;
    }
  }

  /** Takes what the report calls a model under a preset. */
  interface Naming {
    /** The name. */
    String of(String model, String preset);
  }

  /**
   * Makes ready.
   *
   * @param quality how; empty for not at all
   */
  QualityStage(
      LoadedModels models,
      Dataset dataset,
      List<BalanceConfig> configs,
      Optional<QualityConfig> quality) {
    this.quality = quality;
    this.fingerprint =
        quality.map(
            chosen ->
                QualityAudit.fingerprint(configs, models.identities(), dataset.hash(), chosen));
    quality.ifPresent(
        chosen -> {
          for (DualEncoder encoder : models.encoders()) {
            for (BalanceConfig config : configs) {
              parts.add(
                  new Part(
                      encoder.identity().name(),
                      config.preset().label(),
                      new QualityAudit(encoder, config, dataset, chosen)));
            }
          }
        });
  }

  /** How many encoder passes it takes at most. */
  long passes() {
    return parts.stream().mapToLong(part -> part.audit().passes()).sum();
  }

  /**
   * Examines what was not examined yet.
   *
   * @param folder with the finished rows of the audit
   * @return the quality by the report's names
   * @throws dev.auscult.base.InterruptedRunException if the user stops; finished samples are kept
   */
  Map<String, ExplanationQuality> run(Path folder, Naming naming, Progress progress)
      throws IOException {
    Map<String, ExplanationQuality> found = new LinkedHashMap<>();
    if (quality.isEmpty() || fingerprint.isEmpty()) {
      return found;
    }
    AttributionIndex index =
        AttributionIndex.of(
            folder.resolve(BalanceAudit.ATTRIBUTIONS),
            line -> Part.key(line.model(), line.preset()),
            line -> {});
    try (QualityRows rows = QualityRows.open(folder, fingerprint.get(), quality.get())) {
      for (Part part : parts) {
        String key = Part.key(part.model(), part.preset());
        part.audit().run(rows, id -> index.find(key, id), progress);
      }
      rows.finish();
    }
    for (Part part : parts) {
      found.put(naming.of(part.model(), part.preset()), part.audit().summary(folder));
    }
    return found;
  }
}
