package dev.auscult.projection;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import java.util.List;

/** How points come on a plane, with the settings that are usual in print. */
public enum ProjectionMethod {
  /** The two directions of most variance: linear and faithful to distances in the large. */
  PCA("PCA") {
    @Override
    public PlanarMap map(double[][] rows, Seed seed, int threads, Progress progress) {
      return new PlanarMap(PrincipalComponents.of(rows, 2).scores(), List.of());
    }
  },
  /** Neighbourhoods kept, distances in the large not ({@link TSne}). */
  TSNE("t-SNE") {
    @Override
    public PlanarMap map(double[][] rows, Seed seed, int threads, Progress progress) {
      return TSne.STANDARD.map(rows, seed, threads, progress);
    }
  },
  /** Neighbourhoods kept, with more of the order in the large than t-SNE ({@link Umap}). */
  UMAP("UMAP") {
    @Override
    public PlanarMap map(double[][] rows, Seed seed, int threads, Progress progress) {
      return Umap.STANDARD.map(rows, seed, threads, progress);
    }
  };

  private final String title;

  ProjectionMethod(String title) {
    this.title = title;
  }

  /** Its name in print. */
  public String title() {
    return title;
  }

  /**
   * Maps points. Time and memory of t-SNE and UMAP grow with the square of their number: a few
   * thousand at most.
   *
   * @param rows {@code [n][d]}
   * @param seed of whatever is drawn
   * @param threads how many to use; the map does not depend on it
   * @throws IllegalArgumentException if a number is not finite or rows differ in length; for t-SNE
   *     and UMAP if there are fewer than {@value PlanarMap#FEWEST} rows
   * @throws dev.auscult.base.InterruptedRunException if the user asks to stop
   */
  public abstract PlanarMap map(double[][] rows, Seed seed, int threads, Progress progress);
}
