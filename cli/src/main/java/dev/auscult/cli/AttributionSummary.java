package dev.auscult.cli;

import dev.auscult.balance.AttributionIndex;
import dev.auscult.balance.AttributionLine;
import dev.auscult.balance.AuditTask;
import dev.auscult.balance.FoilPairs;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a report needs of an audit's rows; the rows themselves stay on disk. */
final class AttributionSummary {
  private final AuditTask task;
  private final Function<AttributionLine, String> naming;
  private final AttributionIndex index;
  private final Map<String, List<Double>> deltas = new HashMap<>();
  private final Map<String, Map<String, Integer>> tokens = new HashMap<>();
  private final Set<String> ids = new HashSet<>();
  private final List<SampleFigures> firstModel = new ArrayList<>();
  private final Set<String> noiseDominated = new HashSet<>();

  /**
   * Reads the rows once.
   *
   * @param task what was scored
   * @param naming what the report calls a line's model and preset
   * @param first the one of these by which samples are chosen
   */
  AttributionSummary(
      Path file, AuditTask task, Function<AttributionLine, String> naming, String first)
      throws IOException {
    this.task = task;
    this.naming = naming;
    this.index = AttributionIndex.of(file, naming, line -> take(line, first));
  }

  private void take(AttributionLine line, String first) {
    SampleBalance balance = line.balance();
    String name = naming.apply(line);
    ids.add(balance.id());
    tokens
        .computeIfAbsent(name, n -> new HashMap<>())
        .put(balance.id(), balance.text().tokens().size());
    if (task == AuditTask.FOIL && FoilPairs.isFoil(balance.id())) {
      return;
    }
    List<Double> ofModel = deltas.computeIfAbsent(name, n -> new ArrayList<>());
    balance.share().map(ModalityShare::delta).ifPresent(ofModel::add);
    if (name.equals(first)) {
      firstModel.add(SampleFigures.of(balance));
      if (balance.noiseDominated()) {
        noiseDominated.add(balance.id());
      }
    }
  }

  /** Whether any model has a row of this sample. */
  boolean has(String id) {
    return ids.contains(id);
  }

  /** Delta of every sample where it is defined; foils are left out. */
  List<Double> deltas(String name) {
    return deltas.getOrDefault(name, List.of());
  }

  /** The number of text players of every sample, by id. */
  Map<String, Integer> tokens(String name) {
    return tokens.getOrDefault(name, Map.of());
  }

  /** The samples to show in full, by id, with the reason. */
  Map<String, String> choose() {
    return ShownSample.choose(firstModel, noiseDominated::contains);
  }

  /** A row, read again. */
  Optional<SampleBalance> balance(String name, String id) {
    return index.find(name, id);
  }
}
