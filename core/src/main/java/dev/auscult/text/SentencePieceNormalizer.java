package dev.auscult.text;

import dev.auscult.text.CharacterMap.Match;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How SentencePiece prepares a text: the longest replacement of the character map at every
 * position, spaces collapsed, a space in front, spaces written as U+2581.
 */
final class SentencePieceNormalizer {
  static final String SPACE = "\u2581";

  private final SentencePieceModel model;

  SentencePieceNormalizer(SentencePieceModel model) {
    this.model = model;
  }

  MappedText normalize(MappedText source) {
    Pass pass = new Pass(source);
    while (pass.next()) {
      String part = pass.part;
      if (pass.afterSpace) {
        part = part.replaceFirst("^ +", "");
      }
      if (part.isEmpty()) {
        continue;
      }
      if (!pass.started && model.dummyPrefix()) {
        pass.out.replace(pass.from, pass.to, SPACE);
      }
      pass.started = true;
      pass.out.replace(pass.from, pass.to, part.replace(" ", SPACE));
      pass.afterSpace = model.collapseSpaces() && part.endsWith(" ");
    }
    while (model.collapseSpaces() && pass.out.endsWith(SPACE)) {
      pass.out.truncate(pass.out.length() - SPACE.length());
    }
    return pass.out.build();
  }

  /** Walks through the UTF-8 bytes of a text, replacement by replacement. */
  private final class Pass {
    private final byte[] utf8;
    private final MappedText.Builder out;
    private final String text;
    private int at;
    private int from;
    private int to;
    private String part = "";
    private boolean afterSpace = model.collapseSpaces();
    private boolean started;

    private Pass(MappedText source) {
      this.text = source.text();
      this.utf8 = text.getBytes(StandardCharsets.UTF_8);
      this.out = new MappedText.Builder(source);
    }

    private boolean next() {
      if (at == utf8.length) {
        return false;
      }
      Optional<Match> match = model.characters().flatMap(map -> map.longest(utf8, at));
      from = to;
      int bytes = match.map(Match::length).orElse(characterLength(utf8[at]));
      to = from + units(at, at + bytes);
      at += bytes;
      part = match.map(Match::text).orElse(text.substring(from, to));
      return true;
    }

    /** The UTF-16 units of a range of bytes. */
    private int units(int first, int end) {
      int units = 0;
      for (int i = first; i < end; i++) {
        int lead = utf8[i] & 0xff;
        units += lead >= 0xf0 ? 2 : (lead & 0xc0) == 0x80 ? 0 : 1;
      }
      return units;
    }
  }

  private static int characterLength(byte lead) {
    int value = lead & 0xff;
    return value < 0x80 ? 1 : value < 0xe0 ? 2 : value < 0xf0 ? 3 : 4;
  }
}
