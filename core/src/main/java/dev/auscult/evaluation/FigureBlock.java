package dev.auscult.evaluation;

import dev.auscult.metric.Multiplicities;
import java.util.List;

/** Figures of one set of observations, computed together from weighted patients. */
interface FigureBlock {
  /** Their names, each once. */
  List<String> names();

  /** The figures in the order of their names; undefined ones are {@code NaN}. */
  double[] of(Multiplicities weights);

  /** How many observations stand behind them. */
  int n();
}
