package dev.auscult.evaluation;

import java.nio.file.Path;
import java.util.List;

/**
 * Two models on the same observations.
 *
 * @param first the file of the first model's predictions
 * @param second that of the second
 * @param figures of all observations, then of each class
 */
public record Comparison(Path first, Path second, List<ComparedFigure> figures) {
  /** Copies the list. */
  public Comparison {
    figures = List.copyOf(figures);
  }

  /** The figures of all observations. */
  public List<ComparedFigure> overall() {
    return figures.stream().filter(figure -> figure.className().isEmpty()).toList();
  }

  /** How many tests were made. */
  public long tests() {
    return figures.stream().filter(figure -> figure.test().isPresent()).count();
  }

  /** The figures in which the models differ beyond chance. */
  public List<ComparedFigure> findings() {
    return figures.stream().filter(ComparedFigure::differs).toList();
  }
}
