package dev.auscult.evaluation;

import dev.auscult.metric.Estimate;
import java.util.Optional;

/**
 * A figure of two models on the same observations.
 *
 * @param className of which class; empty of all
 * @param metric which figure
 * @param first of the first model
 * @param second of the second model
 * @param difference first minus second
 * @param test of whether both are equal; empty of figures that are not tested
 */
public record ComparedFigure(
    Optional<String> className,
    String metric,
    Estimate first,
    Estimate second,
    Estimate difference,
    Optional<PairedTest> test) {

  /** Whether the models differ beyond chance. */
  public boolean differs() {
    return test.filter(PairedTest::significant).isPresent();
  }
}
