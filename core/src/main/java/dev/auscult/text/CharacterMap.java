package dev.auscult.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;

/**
 * SentencePiece's {@code precompiled_charsmap}: which strings are replaced by which before a text
 * is split into pieces. A double-array trie (darts-clone) from UTF-8 strings to positions in a
 * block of replacements, each ended by a zero byte. Everything the trie can reach is checked when
 * it is read, so that no text can lead outside.
 */
final class CharacterMap {
  private static final int BLOCK = 256;

  private final int[] units;
  private final byte[] replacements;

  private CharacterMap(int[] units, byte[] replacements) {
    this.units = units;
    this.replacements = replacements;
  }

  /**
   * A replacement of the beginning of a text.
   *
   * @param length how many bytes it replaces
   * @param text what it puts there
   */
  record Match(int length, String text) {}

  /** The map of a model; empty if it is not one, or not a sound one. */
  static Optional<CharacterMap> read(ByteBuffer charsmap) {
    ByteBuffer in = charsmap.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (in.remaining() < Integer.BYTES) {
      return Optional.empty();
    }
    int size = in.getInt();
    if (size <= 0 || size > in.remaining() || size % (BLOCK * Integer.BYTES) != 0) {
      return Optional.empty();
    }
    int[] units = new int[size / Integer.BYTES];
    for (int i = 0; i < units.length; i++) {
      units[i] = in.getInt();
    }
    byte[] replacements = new byte[in.remaining()];
    in.get(replacements);
    CharacterMap map = new CharacterMap(units, replacements);
    return map.isSound() ? Optional.of(map) : Optional.empty();
  }

  private boolean isSound() {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(replacements));
    } catch (CharacterCodingException e) {
      return false;
    }
    BitSet seen = new BitSet(units.length);
    Deque<Integer> open = new ArrayDeque<>();
    if (!visit(offset(units[0]), seen, open)) {
      return false;
    }
    while (!open.isEmpty()) {
      if (!isSound(open.pop(), seen, open)) {
        return false;
      }
    }
    return true;
  }

  /** Whether every step from a node leads to a node and every value to a replacement. */
  private boolean isSound(int node, BitSet seen, Deque<Integer> open) {
    for (int label = 1; label < BLOCK; label++) {
      int unit = units[node ^ label]; // in the node's own block
      if (label(unit) != label) {
        continue;
      }
      int next = node ^ label ^ offset(unit);
      if (!visit(next, seen, open) || (hasValue(unit) && !isReplacement(value(units[next])))) {
        return false;
      }
    }
    return true;
  }

  private boolean visit(int node, BitSet seen, Deque<Integer> open) {
    if (node < 0 || node >= units.length) {
      return false;
    }
    if (!seen.get(node)) {
      seen.set(node);
      open.push(node);
    }
    return true;
  }

  /** Whether a character, or the end of a replacement, begins at {@code position}. */
  private boolean isReplacement(int position) {
    return position < replacements.length && (replacements[position] & 0xc0) != 0x80;
  }

  /** The longest replacement of whole characters from byte {@code from} on. */
  Optional<Match> longest(byte[] utf8, int from) {
    int node = offset(units[0]);
    int length = 0;
    int position = 0;
    for (int i = from; i < utf8.length; i++) {
      int label = utf8[i] & 0xff;
      int unit = units[node ^ label];
      if (label == 0 || label(unit) != label) {
        break;
      }
      node ^= label ^ offset(unit);
      if (hasValue(unit) && (i + 1 == utf8.length || (utf8[i + 1] & 0xc0) != 0x80)) {
        length = i + 1 - from;
        position = value(units[node]);
      }
    }
    return length == 0 ? Optional.empty() : Optional.of(new Match(length, replacement(position)));
  }

  private String replacement(int position) {
    int end = position;
    while (end < replacements.length && replacements[end] != 0) {
      end++;
    }
    return new String(replacements, position, end - position, StandardCharsets.UTF_8);
  }

  private static int label(int unit) {
    return unit & (1 << 31 | 0xff);
  }

  private static boolean hasValue(int unit) {
    return (unit >>> 8 & 1) == 1;
  }

  private static int value(int unit) {
    return unit & Integer.MAX_VALUE;
  }

  private static int offset(int unit) {
    return unit >>> 10 << ((unit & 1 << 9) >>> 6);
  }
}
