package dev.auscult.balance;

import dev.auscult.balance.ScoredTexts.Question;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who pays for the passes that samples of different images have in common: the first of them in the
 * order of the queue, whichever process encoded them.
 */
final class SharedPasses {
  /** From here on orders come in Latin blocks, which do not contain the pairs of fewer orders. */
  private static final int LATIN_ORDERS = 8;

  private final Map<String, Long> texts = new HashMap<>();
  private final Set<Question> asked = new HashSet<>();

  /**
   * Passes of a sample that no sample before has paid for; the passes of a text are nested, more
   * orders including fewer.
   *
   * @param effort of the sample
   * @param setting under which it was audited
   * @param question what it asks, if anything
   */
  long count(Effort effort, AuditSetting setting, Optional<Question> question) {
    long answers = question.filter(asked::add).map(Question::passes).orElse(0L);
    return answers + (setting.shares() ? text(effort) : effort.textPasses());
  }

  private long text(Effort effort) {
    String name = effort.text() + (effort.textOrders() < LATIN_ORDERS ? " pairs" : " blocks");
    long known = texts.getOrDefault(name, 0L);
    texts.put(name, Math.max(known, effort.textPasses()));
    return Math.max(0, effort.textPasses() - known);
  }

  /** From here on texts are encoded anew. */
  void forgetTexts() {
    texts.clear();
  }
}
