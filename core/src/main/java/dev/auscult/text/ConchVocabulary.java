package dev.auscult.text;

import dev.auscult.text.SpecialTokens.Named;
import java.util.Map;
import java.util.Optional;

/**
 * CONCH's tokenizer under the name that its authors published it by, a {@code tokenizer.json} whose
 * special tokens their code names (custom_tokenizer.py of mahmoodlab/CONCH).
 */
final class ConchVocabulary {
  /** A byte-level BPE of 32,007 pieces, lower case. */
  static final String FILE = "conch_byte_level_bpe_uncased.json";

  private ConchVocabulary() {}

  /** The special tokens by role. */
  static SpecialTokens special(String subject) {
    return new SpecialTokens(
        Map.of(
            "bos_token", Named.plain("<start_of_text>", subject),
            "eos_token", Named.plain("<end_of_text>", subject),
            "pad_token", Named.plain("<pad>", subject)),
        Optional.empty());
  }
}
