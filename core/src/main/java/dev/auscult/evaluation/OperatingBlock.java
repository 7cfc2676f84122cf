package dev.auscult.evaluation;

import dev.auscult.metric.Calls;
import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.OperatingRule;
import dev.auscult.metric.Ranking;
import java.util.ArrayList;
import java.util.List;

/** The calls of one class at a threshold that validation data chose. */
final class OperatingBlock implements FigureBlock {
  private final OperatingRule rule;
  private final int index;
  private final double threshold;
  private final Calls calls;
  private final int n;

  private OperatingBlock(OperatingRule rule, int index, double threshold, Calls calls, int n) {
    this.rule = rule;
    this.index = index;
    this.threshold = threshold;
    this.calls = calls;
    this.n = n;
  }

  /** Every rule that the validation data can satisfy, for every class. */
  static List<OperatingBlock> all(Slice test, List<Ranking> validation) {
    List<OperatingBlock> blocks = new ArrayList<>();
    for (int index = 0; index < validation.size(); index++) {
      for (OperatingRule rule : OperatingRule.values()) {
        int label = index;
        rule.threshold(validation.get(index))
            .map(Ranking.Cut::threshold)
            .ifPresent(
                threshold ->
                    blocks.add(
                        new OperatingBlock(
                            rule, label, threshold, test.calls(label, threshold), test.n())));
      }
    }
    return blocks;
  }

  OperatingPoint result(FigureTable table, List<String> classes) {
    return new OperatingPoint(rule, classes.get(index), threshold, table.estimates(this, names()));
  }

  @Override
  public List<String> names() {
    return FigureNames.OF_COUNTS;
  }

  @Override
  public double[] of(Multiplicities weights) {
    return new Values(names().size()).add(calls.matrix(weights).counts(1)).finished();
  }

  @Override
  public int n() {
    return n;
  }
}
