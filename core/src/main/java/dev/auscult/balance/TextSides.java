package dev.auscult.balance;

import dev.auscult.balance.EncoderPasses.Encoded;
import java.util.LinkedHashMap;
import java.util.Map;

/** The texts of an audit with what is encoded of them; those that come again are remembered. */
final class TextSides {
  /** Floats of vectors kept for texts that come again: 128 MB. */
  private static final long MOST_VALUES = 32_000_000;

  private final EncoderPasses<MaskableText> passes;
  private final int dimension;
  private final Map<String, Encoded<MaskableText>> shared = new LinkedHashMap<>(16, 0.75f, true);

  TextSides(EncoderPasses<MaskableText> passes, int dimension) {
    this.passes = passes;
    this.dimension = dimension;
  }

  /**
   * A text's side.
   *
   * @param name identifies the text with its players and its mask
   * @param ownSample whether nothing is shared with other samples
   */
  Encoded<MaskableText> side(MaskableText text, String name, boolean ownSample) {
    return ownSample ? passes.open(text) : shared.computeIfAbsent(name, n -> passes.open(text));
  }

  /** Forgets vectors that were not asked for lately. */
  void forgetOldest() {
    long values = 0;
    for (Encoded<MaskableText> side : shared.values()) {
      values += side.side().encoded() * dimension;
    }
    var eldest = shared.values().iterator();
    while (values > MOST_VALUES && eldest.hasNext()) {
      values -= eldest.next().side().encoded() * dimension;
      eldest.remove();
    }
  }

  /** Forgets all vectors. */
  void forget() {
    shared.clear();
  }
}
