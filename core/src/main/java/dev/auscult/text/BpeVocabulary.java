package dev.auscult.text;

import dev.auscult.base.AtomicFile;
import dev.auscult.text.SpecialTokens.Named;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A byte-level BPE vocabulary in the style of CLIP. Ids: the 256 bytes inside a word, the 256 bytes
 * at its end, the merged pieces in order, then {@code <|pad|>}, {@code <|startoftext|>} and, with
 * the largest id of all, {@code <|endoftext|>}; so both rules by which CLIP finds the end of a text
 * (the largest id, the first end token) agree. Every text has an encoding without unknown pieces.
 *
 * @param merges the pairs to join, most important first
 */
public record BpeVocabulary(List<Merge> merges) {
  static final List<String> SPECIAL = List.of("<|pad|>", ClipFiles.BEGIN, ClipFiles.END);

  static final String WORD_END = "</w>";

  /** Copies the list. */
  public BpeVocabulary {
    merges = List.copyOf(merges);
  }

  /**
   * Two neighbouring pieces that become one.
   *
   * @param left the first
   * @param right the second; ends in {@code </w>} where a word ends
   */
  public record Merge(String left, String right) {
    String union() {
      return left + right;
    }

    List<String> applyTo(List<String> word) {
      List<String> merged = new ArrayList<>(word.size());
      for (int i = 0; i < word.size(); i++) {
        boolean here =
            i + 1 < word.size() && word.get(i).equals(left) && word.get(i + 1).equals(right);
        merged.add(here ? union() : word.get(i));
        i += here ? 1 : 0;
      }
      return merged;
    }
  }

  /** The number of ids. */
  public int size() {
    return pieces().size();
  }

  /** The id of {@code <|pad|>}, which also stands for masked tokens. */
  public int padId() {
    return size() - 3;
  }

  /** The id of {@code <|startoftext|>}. */
  public int beginId() {
    return size() - 2;
  }

  /** The id of {@code <|endoftext|>}, the largest. */
  public int endId() {
    return size() - 1;
  }

  /**
   * Writes {@code tokenizer.json} and {@code tokenizer_config.json}, which {@link Tokenizers#load}
   * and the reference implementations read alike.
   *
   * @param folder created if need be
   * @param contextLength the largest number of ids the model reads
   */
  public void writeTo(Path folder, int contextLength) throws IOException {
    AtomicFile.writeString(folder.resolve("tokenizer.json"), pretty(tree()));
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.put("tokenizer_class", "CLIPTokenizer").put("model_max_length", contextLength);
    config.put("bos_token", ClipFiles.BEGIN).put("eos_token", ClipFiles.END);
    config.put("pad_token", SPECIAL.get(0)).put("unk_token", ClipFiles.END);
    AtomicFile.writeString(folder.resolve("tokenizer_config.json"), pretty(config));
  }

  TokenizerJson json() {
    return TokenizerJson.of("tokenizer.json", tree());
  }

  private ObjectNode tree() {
    ObjectNode ids = JsonNodeFactory.instance.objectNode();
    pieces().forEach(piece -> ids.put(piece, ids.size()));
    List<String> lines = merges.stream().map(merge -> merge.left() + " " + merge.right()).toList();
    return ClipFiles.json(
        ids, lines, special(ClipFiles.BEGIN), special(ClipFiles.END), List.of(special("<|pad|>")));
  }

  private static Named special(String content) {
    return Named.plain(content, "tokenizer.json");
  }

  private static String pretty(ObjectNode node) {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }

  private Set<String> pieces() {
    Set<String> pieces = new LinkedHashSet<>();
    byteSpellings().forEach(pieces::add);
    byteSpellings().map(piece -> piece + WORD_END).forEach(pieces::add);
    merges.forEach(merge -> pieces.add(merge.union()));
    pieces.addAll(SPECIAL);
    return pieces;
  }

  /**
   * GPT-2's spelling of the 256 bytes: printable ones as themselves, then the others in order as
   * U+0100 and following.
   */
  static Stream<String> byteSpellings() {
    IntStream printable =
        Stream.of(
                IntStream.rangeClosed('!', '~'),
                IntStream.rangeClosed('¡', '¬'),
                IntStream.rangeClosed('®', 'ÿ'))
            .flatMapToInt(range -> range);
    return IntStream.concat(printable, IntStream.range(0x100, 0x100 + 68))
        .mapToObj(Character::toString);
  }
}
