package dev.auscult.projection;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.List;

/**
 * Uniform manifold approximation and projection (McInnes, Healy and Melville 2018), over exact
 * nearest neighbours, beginning from the principal components, which serve as well as spectral
 * coordinates (Kobak and Linderman 2021) and exist for graphs in several pieces.
 *
 * @param neighbours how many nearest points a neighbourhood has, the point itself among them; no
 *     more than there are points are taken, and a note says so
 * @param epochs of stochastic descent
 */
public record Umap(int neighbours, int epochs) {
  /** The defaults of umap-learn for fewer than 10,000 points: 15 neighbours, 500 epochs. */
  public static final Umap STANDARD = new Umap(15, 500);

  /** Checks the numbers. */
  public Umap {
    if (neighbours < 2 || epochs < 1) {
      throw new IllegalArgumentException("%d neighbours, %d epochs".formatted(neighbours, epochs));
    }
  }

  /**
   * Maps points.
   *
   * @param rows {@code [n][d]}
   * @param seed of the points that others are pushed away from
   * @param threads how many to use; the map does not depend on it
   * @throws IllegalArgumentException if a number is not finite, rows differ in length or are fewer
   *     than {@value PlanarMap#FEWEST}
   * @throws dev.auscult.base.InterruptedRunException if the user asks to stop
   */
  public PlanarMap map(double[][] rows, Seed seed, int threads, Progress progress) {
    Points.checkEnough(rows);
    int taken = Math.min(neighbours, rows.length);
    List<String> notes = new ArrayList<>();
    if (taken < neighbours) {
      notes.add(
          "%d neighbours instead of %d: there are only as many points."
              .formatted(taken, neighbours));
    }
    try (Workers workers = new Workers(threads);
        Progress.Task task = progress.begin("UMAP", epochs)) {
      FuzzyGraph graph = FuzzyGraph.of(Points.squaredDistances(rows, workers), taken, workers);
      double[][] first = PrincipalComponents.of(rows, 2).scores();
      UmapLayout layout = new UmapLayout(graph, first, epochs, seed.derive("UMAP"));
      return new PlanarMap(layout.optimise(task), notes);
    }
  }
}
