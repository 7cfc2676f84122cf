package dev.auscult.balance;

import dev.auscult.balance.EncoderPasses.Encoded;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The texts of an audit with what is encoded of them; those that come again are remembered. */
final class TextSides {
  /** Bytes of vectors kept for texts that come again. */
  private static final long MOST_BYTES = 128_000_000;

  /** What a vector takes beside its floats: its coalition and its place. */
  private static final int BYTES_BESIDE = 200;

  private final EncoderPasses<MaskableText> passes;
  private final int dimension;
  private final Map<String, Encoded<MaskableText>> shared = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<String> once = new HashSet<>();

  TextSides(EncoderPasses<MaskableText> passes, int dimension) {
    this.passes = passes;
    this.dimension = dimension;
  }

  /**
   * A text with what is encoded of it.
   *
   * @param side its vectors
   * @param name identifies the text with its players and its mask
   */
  record Named(Encoded<MaskableText> side, String name) {}

  /**
   * A text's side.
   *
   * @param ownSample whether nothing is shared with other samples
   * @param recurs whether a later portion may ask for it again
   */
  Named of(MaskableText text, boolean ownSample, boolean recurs) {
    String name = text.hash().hex();
    if (!recurs) {
      once.add(name);
    }
    return new Named(
        ownSample ? passes.open(text) : shared.computeIfAbsent(name, n -> passes.open(text)), name);
  }

  /** Forgets vectors that nobody will ask for, and those that were not asked for lately. */
  void forgetOldest() {
    shared.keySet().removeAll(once);
    once.clear();
    long bytes = shared.values().stream().mapToLong(this::bytes).sum();
    var eldest = shared.values().iterator();
    while (bytes > MOST_BYTES && eldest.hasNext()) {
      bytes -= bytes(eldest.next());
      eldest.remove();
    }
  }

  private long bytes(Encoded<MaskableText> text) {
    return text.side().encoded() * (4L * dimension + BYTES_BESIDE);
  }

  /** Forgets all vectors. */
  void forget() {
    shared.clear();
  }
}
