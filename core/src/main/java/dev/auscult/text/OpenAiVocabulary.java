package dev.auscult.text;

import dev.auscult.base.InputException;
import dev.auscult.text.SpecialTokens.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's {@code bpe_simple_vocab_16e6.txt.gz} as open_clip's {@code SimpleTokenizer} reads it:
 * the merges of lines 2 to 48,895; the 256 bytes, the same at a word's end, the merged pieces,
 * begin and end. Its texts are cleaned and in lower case already. Batches are filled up with id 0,
 * the piece {@code !}; the end token stands for masked ones, as in the vocabulary's Hugging Face
 * form.
 */
final class OpenAiVocabulary {
  static final String FILE = "bpe_simple_vocab_16e6.txt.gz";

  private static final String BEGIN = "<start_of_text>";
  private static final String END = "<end_of_text>";
  private static final int MERGES = 49152 - 256 - 2;

  private OpenAiVocabulary() {}

  static SpecialTokens special(String subject) {
    return new SpecialTokens(
        Map.of("pad_token", Named.plain("!", subject), "mask_token", Named.plain(END, subject)),
        Optional.empty());
  }

  static TokenizerJson read(BoundedFile file) {
    List<String> lines = List.of(file.gunzipped().text().split("\n", -1));
    List<String> merges = lines.subList(1, Math.max(1, Math.min(lines.size(), MERGES + 1)));
    List<String> pieces = new ArrayList<>();
    BpeVocabulary.byteSpellings().forEach(pieces::add);
    BpeVocabulary.byteSpellings().map(piece -> piece + BpeVocabulary.WORD_END).forEach(pieces::add);
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < merges.size(); i++) {
      String[] pair = merges.get(i).strip().split("\\s+", -1);
      if (pair.length != 2 && !merges.get(i).isBlank()) {
        throw new InputException(
            "%s line %d".formatted(file.subject(), i + 2),
            "\"%.40s\"".formatted(merges.get(i)),
            "two pieces with one space between",
            "download the file again");
      }
      pieces.add(String.join("", pair)); // a blank line counts
      if (pair.length == 2) {
        pairs.add(pair[0] + " " + pair[1]);
      }
    }
    pieces.addAll(List.of(BEGIN, END));
    return TokenizerJson.of(file.subject(), json(ids(pieces), pairs));
  }

  /** Of equal pieces the last counts. */
  private static ObjectNode ids(List<String> pieces) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int id = 0; id < pieces.size(); id++) {
      ids.put(pieces.get(id), id);
    }
    ids.remove("");
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ids.forEach(node::put);
    return node;
  }

  private static ObjectNode json(ObjectNode ids, List<String> merges) {
    Named begin = Named.plain(BEGIN, FILE);
    Named end = Named.plain(END, FILE);
    ObjectNode json = ClipFiles.json(ids, merges, begin, end, List.of());
    json.putNull("normalizer");
    json.set("pre_tokenizer", ClipFiles.preTokenizer(ClipFiles.WORDS));
    ((ObjectNode) json.path("model")).put("unk_token", END);
    return json;
  }
}
