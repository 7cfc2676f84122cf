package dev.auscult.balance;

import java.util.List;
import java.util.Optional;

/** Takes finished samples one by one, and knows which an earlier run has finished already. */
public interface BalanceSink {

  /** What an earlier, interrupted run of the same audit found for this sample. */
  Optional<SampleFigures> finished(String id);

  /** Why an earlier, finished run of the same audit had no result for this sample. */
  default List<String> leftOut(String id) {
    return List.of();
  }

  /** Takes a finished sample; once this returns, the sample survives an interruption. */
  void accept(SampleBalance balance);
}
