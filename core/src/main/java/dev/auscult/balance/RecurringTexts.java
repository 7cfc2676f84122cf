package dev.auscult.balance;

import dev.auscult.data.Sample;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which texts several samples of an audit have in common: only of these is it worth remembering
 * vectors. Texts are told apart by a hash of their ids; taking two for one costs memory only.
 */
final class RecurringTexts {
  private final ScoredTexts texts;
  private final Set<Integer> recurring = new HashSet<>();

  RecurringTexts(ScoredTexts texts, Collection<Sample> samples) {
    this.texts = texts;
    Set<Integer> seen = new HashSet<>();
    for (Sample sample : samples) {
      int hash = hash(sample);
      if (!seen.add(hash)) {
        recurring.add(hash);
      }
    }
  }

  /** Whether another sample has the same text. */
  boolean has(Sample sample) {
    return recurring.contains(hash(sample));
  }

  private int hash(Sample sample) {
    return Arrays.hashCode(texts.reference(sample).tokens().ids());
  }
}
