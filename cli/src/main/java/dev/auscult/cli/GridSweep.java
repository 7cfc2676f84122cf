package dev.auscult.cli;

import dev.auscult.balance.AuditedSample;
import dev.auscult.balance.BalanceConfig;
import dev.auscult.balance.ImagePlayers;
import dev.auscult.balance.Masking;
import dev.auscult.balance.ModalityBalance;
import dev.auscult.balance.ModalityBalanceAudit.Outcome;
import dev.auscult.balance.ModelComparison;
import dev.auscult.balance.Shard;
import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.base.UsageException;
import dev.auscult.data.Dataset;
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
  private final List<Grid> grids = new ArrayList<>();

  /** The audits of all models on one grid. */
  private record Grid(int side, BalanceConfig config, ModelAudits audits) {
    private String name() {
      return side + "x" + side;
    }

    /** Where its rows are, below the audit's own. */
    private Path folder() {
      return Path.of(FOLDER, name());
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
    if (new HashSet<>(sides).size() < sides.size() || sides.stream().anyMatch(side -> side < 1)) {
      throw new UsageException(
          "--grids", sides.toString(), "different numbers from 1", "correct the list, e.g. 2,4,7");
    }
    for (int side : sides) {
      BalanceConfig onGrid = config.withMasking(players(config.masking(), side));
      grids.add(new Grid(side, onGrid, new ModelAudits(models, dataset, List.of(onGrid))));
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

  /** Audits a part of the samples on every grid, or goes on where it was interrupted. */
  void runPart(Path folder, Shard shard, Progress progress) throws IOException {
    for (Grid grid : grids) {
      grid.audits().run(folder.resolve(grid.folder()), shard, progress);
    }
  }

  /** Writes the rows of all shards, for {@link #run} to go on from. */
  void join(ShardFolders shards, Path folder) throws IOException {
    for (Grid grid : grids) {
      grid.audits()
          .join(
              shards.rows(grid.folder(), grid.audits().fingerprint()),
              folder.resolve(grid.folder()));
    }
  }

  private List<ModelComparison> run(
      Grid grid, Path folder, Progress progress, List<GridControl.Point> points)
      throws IOException {
    Map<String, List<AuditedSample>> samples = new LinkedHashMap<>();
    ModelAudits.Found found =
        grid.audits().run(folder.resolve(grid.folder()), Shard.WHOLE, progress);
    for (int m = 0; m < found.outcomes().size(); m++) {
      String model = models.identities().get(m).name();
      Outcome outcome = found.outcomes().get(m).get(0);
      samples.put(model, outcome.samples());
      points.add(
          new GridControl.Point(
              model, grid.name(), grid.side() * grid.side(), outcome.balance().iscore()));
    }
    return ModelComparison.all(samples, grid.config().seed()).stream()
        .filter(pair -> pair.figure() == ModelComparison.Figure.DELTA)
        .toList();
  }
}
