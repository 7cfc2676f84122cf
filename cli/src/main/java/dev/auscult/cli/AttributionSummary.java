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
import java.util.function.Function;

/** What a report needs of an audit's rows; the rows themselves stay on disk. */
final class AttributionSummary {
  private final Path file;
  private final Function<AttributionLine, String> naming;
  private final Map<String, List<Double>> deltas = new HashMap<>();
  private final List<SampleFigures> firstModel = new ArrayList<>();
  private final Set<String> noiseDominated = new HashSet<>();

  private AttributionSummary(Path file, Function<AttributionLine, String> naming) {
    this.file = file;
    this.naming = naming;
  }

  /**
   * Reads the rows once.
   *
   * @param naming what the report calls a line's model and preset
   * @param first the one of these by which samples are chosen
   */
  static AttributionSummary read(Path file, Function<AttributionLine, String> naming, String first)
      throws IOException {
    AttributionSummary summary = new AttributionSummary(file, naming);
    AttributionsFile.forEach(file, line -> summary.take(line, first));
    return summary;
  }

  private void take(AttributionLine line, String first) {
    SampleBalance balance = line.balance();
    String name = naming.apply(line);
    List<Double> ofModel = deltas.computeIfAbsent(name, n -> new ArrayList<>());
    balance.share().map(ModalityShare::delta).ifPresent(ofModel::add);
    if (name.equals(first)) {
      firstModel.add(SampleFigures.of(balance));
      if (balance.noiseDominated()) {
        noiseDominated.add(balance.id());
      }
    }
  }

  /** Delta of every sample where it is defined. */
  List<Double> deltas(String name) {
    return deltas.getOrDefault(name, List.of());
  }

  /** The samples to show in full, by id, with the reason. */
  Map<String, String> choose() {
    return ShownSample.choose(firstModel, noiseDominated::contains);
  }

  /** Reads the rows again, and keeps those of some samples: by name, then by id. */
  Map<String, Map<String, SampleBalance>> balances(Set<String> ids) throws IOException {
    Map<String, Map<String, SampleBalance>> found = new HashMap<>();
    AttributionsFile.forEach(
        file,
        line -> {
          if (ids.contains(line.balance().id())) {
            found
                .computeIfAbsent(naming.apply(line), name -> new HashMap<>())
                .put(line.balance().id(), line.balance());
          }
        });
    return found;
  }
}
