package dev.auscult.report;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From a vocabulary's own spelling of tokens to what a person reads. */
final class TokenSpelling {
  private static final String WORD_END = "</w>";
  private static final String WORD_BEGIN = "\u0120";
  private static final String CONTINUED = "##";
  private static final Map<Integer, Byte> BYTES = bytes();

  private TokenSpelling() {}

  /**
   * A token as a person reads it.
   *
   * @param text its letters
   * @param joined whether it continues the word of the token before
   */
  record Piece(String text, boolean joined) {
    /** The letters standing alone, with a mark where the beginning of the word is missing. */
    String shown() {
      return joined ? "…" + text : text;
    }
  }

  /** The pieces of one text, for byte-pair (CLIP, RoBERTa) and word-piece (BERT) vocabularies. */
  static List<Piece> read(List<String> tokens) {
    boolean wordEnds = tokens.stream().anyMatch(token -> token.endsWith(WORD_END));
    boolean wordBegins = tokens.stream().anyMatch(token -> token.startsWith(WORD_BEGIN));
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      if (wordEnds) {
        boolean joined = i > 0 && !tokens.get(i - 1).endsWith(WORD_END);
        String letters = token.endsWith(WORD_END) ? cut(token, 0, WORD_END.length()) : token;
        pieces.add(new Piece(decoded(letters), joined));
      } else if (wordBegins) {
        boolean first = token.startsWith(WORD_BEGIN);
        pieces.add(new Piece(decoded(first ? cut(token, 1, 0) : token), i > 0 && !first));
      } else {
        boolean joined = token.startsWith(CONTINUED) && token.length() > CONTINUED.length();
        pieces.add(new Piece(joined ? cut(token, CONTINUED.length(), 0) : token, joined));
      }
    }
    return pieces;
  }

  private static String cut(String token, int front, int back) {
    return token.substring(front, token.length() - back);
  }

  /** Undoes the byte alphabet of GPT-2; a piece that ends inside a character stays as it is. */
  private static String decoded(String letters) {
    ByteBuffer bytes = ByteBuffer.allocate(letters.length());
    for (int i = 0; i < letters.length(); i++) {
      Byte value = BYTES.get((int) letters.charAt(i));
      if (value == null) {
        return letters;
      }
      bytes.put(value);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      return letters;
    }
  }

  private static Map<Integer, Byte> bytes() {
    Map<Integer, Byte> bytes = new HashMap<>();
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable =
          (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || (b >= 0xae && b <= 0xff);
      bytes.put(printable ? b : next++, (byte) b);
    }
    return bytes;
  }
}
