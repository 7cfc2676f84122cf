package dev.auscult.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Character references of HTML (by name or by number) and what they stand for, with the rules of
 * Python's {@code html.unescape} and those of ftfy's {@code unescape_html}.
 */
final class HtmlEntities {
  private static final Pattern REFERENCE =
      Pattern.compile("&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\\t\\n\\f <&#;]{1,32};?)");
  private static final Pattern CLOSED_REFERENCE = Pattern.compile("&#?[0-9A-Za-z]{1,24};");
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final int MAX_DIGITS = 9;
  private static final Map<String, String> NAMED = read();

  private HtmlEntities() {}

  private static Map<String, String> read() {
    Map<String, String> named = new HashMap<>();
    try (InputStream in = HtmlEntities.class.getResourceAsStream("html-entities.txt")) {
      byte[] bytes = Objects.requireNonNull(in, "html-entities.txt").readAllBytes();
      for (String line : new String(bytes, StandardCharsets.US_ASCII).lines().skip(1).toList()) {
        String[] fields = line.split(" ", -1);
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < fields.length; i++) {
          text.appendCodePoint(Integer.parseInt(fields[i], 16));
        }
        named.put(fields[0], text.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("html-entities.txt", e);
    }
    return named;
  }

  /** {@code html.unescape}: also without the semicolon where HTML allows it. */
  static MappedText unescape(MappedText text) {
    return text.text().indexOf('&') < 0
        ? text
        : text.replaceAll(REFERENCE, match -> replacement(match.group(1)));
  }

  /** {@code unescape_html}: with a semicolon only; of Latin letters also in capitals. */
  static MappedText unescapeClosed(MappedText text) {
    return text.replaceAll(CLOSED_REFERENCE, HtmlEntities::closed);
  }

  private static String closed(MatchResult match) {
    String name = match.group().substring(1);
    if (name.startsWith("#")) {
      String text = replacement(name);
      return text.contains(";") ? match.group() : text;
    }
    return named(name).or(() -> capital(name)).orElse(match.group());
  }

  private static Optional<String> named(String name) {
    return Optional.ofNullable(NAMED.get(name));
  }

  /** What a name in capitals stands for if only the one in small letters is HTML. */
  private static Optional<String> capital(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    boolean derived =
        small.toUpperCase(Locale.ROOT).equals(name) && replacement(name).equals("&" + name);
    return derived ? named(small).map(text -> text.toUpperCase(Locale.ROOT)) : Optional.empty();
  }

  /** What a reference without its {@code &} stands for; itself if nothing. */
  private static String replacement(String reference) {
    if (reference.startsWith("#")) {
      return numbered(reference.replaceFirst(";$", "").substring(1));
    }
    for (int length = reference.length(); length > 1; length--) {
      String text = NAMED.get(reference.substring(0, length));
      if (text != null) {
        return text + reference.substring(length);
      }
    }
    return "&" + reference;
  }

  private static String numbered(String number) {
    boolean hexadecimal = number.startsWith("x") || number.startsWith("X");
    String digits = number.substring(hexadecimal ? 1 : 0).replaceFirst("^0+(?=.)", "");
    int point =
        digits.length() > MAX_DIGITS
            ? Integer.MAX_VALUE
            : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(digits, hexadecimal ? 16 : 10));
    if (point >= 0x80 && point <= 0x9f) {
      return windows((char) point);
    }
    boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    if (point == 0 || surrogate || !Character.isValidCodePoint(point)) {
      return "\uFFFD";
    }
    return isInvalid(point) ? "" : Character.toString(point);
  }

  /** A C1 control character read as a byte of Windows-1252; itself where that has none. */
  static String windows(char control) {
    String text = WINDOWS.decode(ByteBuffer.wrap(new byte[] {(byte) control})).toString();
    return text.equals("\uFFFD") ? String.valueOf(control) : text;
  }

  private static boolean isInvalid(int point) {
    boolean control = point < ' ' && "\t\n\f\r".indexOf(point) < 0;
    boolean noCharacter = (point & 0xfffe) == 0xfffe || (point >= 0xfdd0 && point <= 0xfdef);
    return control || point == 0x7f || noCharacter;
  }
}
