package dev.auscult.evaluation;

import java.util.List;

/**
 * Two models on the same observations.
 *
 * @param first the first model, or the file of its predictions
 * @param second the second one
 * @param figures of all observations, then of each class
 * @param groups of every compared group, corrected among themselves
 */
public record Comparison(
    String first, String second, List<ComparedFigure> figures, List<ComparedGroup> groups) {
  /** Copies the lists. */
  public Comparison {
    figures = List.copyOf(figures);
    groups = List.copyOf(groups);
  }

  /** The figures of all observations. */
  public List<ComparedFigure> overall() {
    return figures.stream().filter(figure -> figure.className().isEmpty()).toList();
  }

  /** The groups and figures in which the models differ beyond chance. */
  public List<ComparedGroup> groupFindings() {
    return groups.stream().filter(group -> group.difference().significant()).toList();
  }

  /** How many tests were made of all observations and of classes. */
  public long tests() {
    return figures.stream().filter(figure -> figure.test().isPresent()).count();
  }

  /** The figures in which the models differ beyond chance. */
  public List<ComparedFigure> findings() {
    return figures.stream().filter(ComparedFigure::differs).toList();
  }
}
