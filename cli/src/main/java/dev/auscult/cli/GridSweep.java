package dev.auscult.cli;

import dev.auscult.balance.AuditRows;
import dev.auscult.balance.AuditedSample;
import dev.auscult.balance.BalanceConfig;
import dev.auscult.balance.ImagePlayers;
import dev.auscult.balance.Masking;
import dev.auscult.balance.ModalityBalance;
import dev.auscult.balance.ModalityBalanceAudit;
import dev.auscult.balance.ModelComparison;
import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.data.Dataset;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.model.DualEncoder;
import dev.auscult.report.GridControl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same audit with the image cut into other numbers of cells, the same for all models; each grid
 * has its rows in a folder of its own below {@code grids/}.
 */
final class GridSweep {
  private static final String FOLDER = "grids";

  private final LoadedModels models;
  private final Dataset dataset;
  private final List<Grid> grids = new ArrayList<>();

  /** The audits of all models on one grid. */
  private record Grid(int side, BalanceConfig config, List<ModalityBalanceAudit> audits) {
    private String name() {
      return side + "x" + side;
    }
  }

  /**
   * Checks everything that can be checked before any encoder pass.
   *
   * @param config whose image players are replaced
   * @param sides cells along a side, one grid each
   * @throws InputException if a side is no number of cells, there twice, or too many for a model
   */
  GridSweep(LoadedModels models, Dataset dataset, BalanceConfig config, List<Integer> sides) {
    this.models = models;
    this.dataset = dataset;
    if (new HashSet<>(sides).size() < sides.size() || sides.stream().anyMatch(side -> side < 1)) {
      throw new InputException(
          "--grids", sides.toString(), "different numbers from 1", "correct the list, e.g. 2,4,7");
    }
    for (int side : sides) {
      BalanceConfig onGrid = config.withMasking(players(config.masking(), side));
      grids.add(
          new Grid(
              side,
              onGrid,
              models.encoders().stream()
                  .map(encoder -> new ModalityBalanceAudit(encoder, onGrid, dataset))
                  .toList()));
    }
  }

  private static Masking players(Masking masking, int side) {
    return new Masking(
        masking.textPlayers(),
        masking.textMask(),
        new ImagePlayers.Square(side),
        masking.imageMask());
  }

  boolean isEmpty() {
    return grids.isEmpty();
  }

  /**
   * Audits every model on every grid, or goes on where an earlier run was interrupted.
   *
   * @param found figures and samples of the audit itself, by model
   * @return points and comparisons; without the tokens
   */
  GridControl run(Path folder, Progress progress, Map<String, ModalityBalance> found)
      throws IOException {
    List<GridControl.Point> points = new ArrayList<>();
    Map<String, List<ModelComparison>> matched = new LinkedHashMap<>();
    for (DualEncoder encoder : models.encoders()) {
      String model = encoder.identity().name();
      ModalityBalance balance = found.get(model);
      if (balance != null) {
        points.add(
            new GridControl.Point(
                model, "as audited", encoder.patchGrid().count(), balance.iscore()));
      }
    }
    for (Grid grid : grids) {
      matched.put(grid.name(), run(grid, folder, progress, points));
    }
    return new GridControl(points, matched, Map.of());
  }

  private List<ModelComparison> run(
      Grid grid, Path folder, Progress progress, List<GridControl.Point> points)
      throws IOException {
    Map<String, List<AuditedSample>> samples = new LinkedHashMap<>();
    Path own = folder.resolve(FOLDER).resolve(grid.name());
    List<Skipped> skipped = new ArrayList<>(dataset.skipped());
    try (AuditRows rows =
        AuditRows.open(own, grid.config().fingerprint(models.identities(), dataset.hash()))) {
      for (int m = 0; m < grid.audits().size(); m++) {
        String model = models.identities().get(m).name();
        ModalityBalanceAudit.Outcome outcome =
            grid.audits().get(m).run(rows.of(model, grid.config().preset()), progress);
        samples.put(model, outcome.samples());
        skipped.addAll(outcome.skipped());
        points.add(
            new GridControl.Point(
                model, grid.name(), grid.side() * grid.side(), outcome.balance().iscore()));
      }
      rows.finish(grid.config().task(), skipped);
    }
    return ModelComparison.all(samples, grid.config().seed()).stream()
        .filter(pair -> pair.figure() == ModelComparison.Figure.DELTA)
        .toList();
  }
}
