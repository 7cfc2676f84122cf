package dev.auscult.study;

import dev.auscult.adapt.AdaptationTask;
import dev.auscult.adapt.ClassTexts;
import dev.auscult.adapt.EmbeddingAdapter;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.projection.PlanarMap;
import dev.auscult.projection.ProjectionMethod;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The texts of a task on a plane before and after adaptation, as in figure 4 of the SCALE paper:
 * prompts and training sentences by t-SNE, each map for itself.
 *
 * @param task of the prior
 * @param method that moved the texts, fitted on all training data, first split
 * @param classOf for each text the class of its combination
 * @param before as the model embeds them
 * @param after as the adapter moves them
 */
public record TextMap(
    StudyTask task, StudyMethod method, List<Integer> classOf, PlanarMap before, PlanarMap after) {

  /** Copies the list. */
  public TextMap {
    classOf = List.copyOf(classOf);
  }

  /**
   * The maps of every task; none where no method of the study moves texts, or a task has too few.
   *
   * @param logitScale the model's factor on the cosine
   * @param threads how many to use; the maps do not depend on it
   */
  public static List<TextMap> all(
      StudyConfig config, StudyResults results, double logitScale, int threads, Progress progress) {
    List<TextMap> maps = new ArrayList<>();
    double most = results.fractions().get(results.fractions().size() - 1);
    for (CellResult result : results.cells()) {
      StudyCell cell = result.cell();
      if (cell.method() == StudyMethod.SCALE
          && cell.fraction() == most
          && cell.repetition() == results.repetitions().get(0)) {
        CellFit fit = CellFit.of(config, results.data(), cell, logitScale);
        of(fit, result, new Seed(config.seed()).derive("map"), threads, progress)
            .ifPresent(maps::add);
      }
    }
    return maps;
  }

  private static Optional<TextMap> of(
      CellFit fit, CellResult result, Seed seed, int threads, Progress progress) {
    AdaptationTask task = fit.whole();
    ClassTexts texts = task.texts();
    if (texts.prompts().rows() < PlanarMap.FEWEST
        || !(fit.again(result.chosen(), progress).adapter() instanceof EmbeddingAdapter adapter)) {
      return Optional.empty();
    }
    return Optional.of(
        new TextMap(
            fit.task(),
            fit.cell().method(),
            texts.combinationOf().stream().map(fit.task().prior()::classOf).toList(),
            map(texts.prompts(), seed, threads, progress),
            map(adapter.texts(texts.prompts()), seed, threads, progress)));
  }

  private static PlanarMap map(FloatMatrix rows, Seed seed, int threads, Progress progress) {
    double[][] values = new double[rows.rows()][];
    for (int i = 0; i < values.length; i++) {
      float[] row = rows.row(i);
      values[i] = IntStream.range(0, row.length).mapToDouble(k -> row[k]).toArray();
    }
    return ProjectionMethod.TSNE.map(values, seed, threads, progress);
  }
}
