package dev.auscult.overlay;

import dev.auscult.base.Progress;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.embed.Embedder;
import dev.auscult.overlay.OverlayCases.Case;
import java.util.ArrayList;
import java.util.List;

/**
 * Burns texts into images and reads what a model makes of them. A few samples are under way at a
 * time, each decoded once for all its versions; an image is embedded once as it is, and once for
 * all texts whose blank rectangles are the same. Only numbers stay in memory.
 */
public final class OverlayAudit {
  /** About as many images are embedded between two looks at whether to stop. */
  private static final int TOGETHER = 256;

  private final OverlaySettings settings;
  private final OverlayCases cases;

  /**
   * @param settings texts, classes, seed
   * @param cases the samples
   */
  public OverlayAudit(OverlaySettings settings, OverlayCases cases) {
    this.settings = settings;
    this.cases = cases;
  }

  /** How many images a sample gives at most: as it is, and each text and blank rectangle. */
  public int imagesPerSample() {
    return 1 + 2 * settings.design().conditions().size() * settings.design().kinds().size();
  }

  /**
   * Tries all texts on all samples.
   *
   * @param embedder of the model
   * @param scorer its classifier of the settings' classes, in their order
   * @param pool the texts of the data, embedded by the same model
   * @throws dev.auscult.base.InterruptedRunException if the user stops it; the embedder's cache
   *     then holds what is finished
   */
  public OverlayResult run(
      Embedder embedder, ClassScorer scorer, TextPool pool, Progress progress) {
    List<OverlaidSample> samples = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>(cases.skipped());
    int together = Math.max(1, TOGETHER / imagesPerSample());
    List<Case> all = cases.cases();
    try (Progress.Task task = progress.begin("burning in texts", all.size())) {
      for (int from = 0; from < all.size(); from += together) {
        List<Case> some = all.subList(from, Math.min(all.size(), from + together));
        Portion portion = new Portion(settings, some);
        samples.addAll(portion.read(embedder, scorer, pool));
        skipped.addAll(portion.skipped());
        task.advance(some.size());
      }
    }
    return new OverlayResult(settings, samples, skipped, pool.size());
  }
}
