package dev.auscult.cli;

import dev.auscult.balance.AttributionLine;
import dev.auscult.balance.AttributionsFile;
import dev.auscult.balance.ModalityShare;
import dev.auscult.balance.SampleBalance;
import dev.auscult.balance.SampleFigures;
import dev.auscult.report.ShownSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a report needs of an audit's rows; the rows themselves stay on disk. */
final class AttributionSummary {
  private final Path file;
  private final Map<String, List<Double>> deltas = new HashMap<>();
  private final List<SampleFigures> firstModel = new ArrayList<>();
  private final Set<String> noiseDominated = new HashSet<>();

  private AttributionSummary(Path file) {
    this.file = file;
  }

  /**
   * Reads the rows once.
   *
   * @param firstModel the model by which samples are chosen
   */
  static AttributionSummary read(Path file, String firstModel) throws IOException {
    AttributionSummary summary = new AttributionSummary(file);
    AttributionsFile.forEach(file, line -> summary.take(line, firstModel));
    return summary;
  }

  private void take(AttributionLine line, String first) {
    SampleBalance balance = line.balance();
    List<Double> ofModel = deltas.computeIfAbsent(line.model(), name -> new ArrayList<>());
    balance.share().map(ModalityShare::delta).ifPresent(ofModel::add);
    if (line.model().equals(first)) {
      firstModel.add(SampleFigures.of(balance));
      if (balance.noiseDominated()) {
        noiseDominated.add(balance.id());
      }
    }
  }

  /** Delta of every sample where it is defined. */
  List<Double> deltas(String model) {
    return deltas.getOrDefault(model, List.of());
  }

  /** The samples to show in full, by id, with the reason. */
  Map<String, String> choose() {
    return ShownSample.choose(firstModel, noiseDominated::contains);
  }

  /** Reads the rows again, and keeps those of some samples: by model, then by id. */
  Map<String, Map<String, SampleBalance>> balances(Set<String> ids) throws IOException {
    Map<String, Map<String, SampleBalance>> found = new HashMap<>();
    AttributionsFile.forEach(
        file,
        line -> {
          if (ids.contains(line.balance().id())) {
            found
                .computeIfAbsent(line.model(), name -> new HashMap<>())
                .put(line.balance().id(), line.balance());
          }
        });
    return found;
  }
}
