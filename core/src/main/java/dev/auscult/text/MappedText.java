package dev.auscult.text;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that was changed, and for each of its UTF-16 units the part of the source it stands for.
 */
final class MappedText {
  /** What composes: Korean letters and syllables with each other, a character with its marks. */
  private static final Pattern CHANGED_TOGETHER =
      Pattern.compile("[\\u1100-\\u11ff\\uac00-\\ud7a3]+|\\P{M}?\\p{M}+|\\P{ASCII}");

  private final String text;
  private final int[] starts;
  private final int[] ends;

  private MappedText(String text, int[] starts, int[] ends) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
  }

  /** The source itself; each lone surrogate counts as U+FFFD. */
  static MappedText of(String source) {
    String text = Surrogates.replaceLone(source);
    int[] starts = new int[text.length()];
    int[] ends = new int[text.length()];
    for (int i = 0, next; i < text.length(); i = next) {
      next = text.offsetByCodePoints(i, 1);
      Arrays.fill(starts, i, next, i);
      Arrays.fill(ends, i, next, next);
    }
    return new MappedText(text, starts, ends);
  }

  String text() {
    return text;
  }

  int length() {
    return text.length();
  }

  /** Where the source of unit {@code i} begins. */
  int start(int i) {
    return starts[i];
  }

  /** Where the source of unit {@code i} ends. */
  int end(int i) {
    return ends[i];
  }

  MappedText substring(int from, int to) {
    return new MappedText(
        text.substring(from, to),
        Arrays.copyOfRange(starts, from, to),
        Arrays.copyOfRange(ends, from, to));
  }

  /** {@code prefix}, which stands for nothing, in front. */
  MappedText prepend(String prefix) {
    int source = length() == 0 ? 0 : starts[0];
    Builder builder = new Builder(this);
    builder.append(prefix, source, source);
    builder.copy(0, length());
    return builder.build();
  }

  /** Every match becomes what {@code replacement} makes of it. */
  MappedText replaceAll(Pattern pattern, Function<MatchResult, String> replacement) {
    Matcher matcher = pattern.matcher(text);
    Builder builder = new Builder(this);
    int copied = 0;
    while (matcher.find()) {
      builder.copy(copied, matcher.start());
      String changed = replacement.apply(matcher);
      if (changed.equals(matcher.group())) {
        builder.copy(matcher.start(), matcher.end());
      } else {
        builder.replace(matcher.start(), matcher.end(), changed);
      }
      copied = matcher.end();
    }
    if (copied == 0) {
      return this;
    }
    builder.copy(copied, length());
    return builder.build();
  }

  MappedText replaceAll(Pattern pattern, String replacement) {
    return replaceAll(pattern, match -> replacement);
  }

  /** Unicode's full mapping to lower case, which looks at a letter's neighbours for final sigma. */
  MappedText toLowerCase() {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals(text)) {
      return this;
    }
    Builder builder = new Builder(this);
    int at = 0;
    for (int i = 0; i < length(); i++) {
      int units = text.charAt(i) == 'İ' ? 2 : 1; // the one letter that becomes longer
      builder.replace(i, i + 1, lower.substring(at, at + units));
      at += units;
    }
    return builder.build();
  }

  /** Composed characters (NFC); what composes maps as a whole. */
  MappedText compose() {
    if (Normalizer.isNormalized(text, Form.NFC)) {
      return this;
    }
    return replaceAll(CHANGED_TOGETHER, run -> Normalizer.normalize(run.group(), Form.NFC));
  }

  /** Collects what a text becomes. */
  static final class Builder {
    private final MappedText source;
    private final StringBuilder text = new StringBuilder();
    private int[] starts;
    private int[] ends;

    Builder(MappedText source) {
      this.source = source;
      this.starts = new int[source.length()];
      this.ends = new int[source.length()];
    }

    /** Takes units over as they are. */
    void copy(int from, int to) {
      ensure(to - from);
      System.arraycopy(source.starts, from, starts, text.length(), to - from);
      System.arraycopy(source.ends, from, ends, text.length(), to - from);
      text.append(source.text, from, to);
    }

    /** Puts {@code replacement} for the units {@code from} to {@code to}, at least one. */
    void replace(int from, int to, String replacement) {
      append(replacement, source.starts[from], source.ends[to - 1]);
    }

    /** Adds a text that was made of the same source. */
    void append(MappedText more) {
      ensure(more.length());
      System.arraycopy(more.starts, 0, starts, text.length(), more.length());
      System.arraycopy(more.ends, 0, ends, text.length(), more.length());
      text.append(more.text);
    }

    private void append(String replacement, int start, int end) {
      ensure(replacement.length());
      Arrays.fill(starts, text.length(), text.length() + replacement.length(), start);
      Arrays.fill(ends, text.length(), text.length() + replacement.length(), end);
      text.append(replacement);
    }

    private void ensure(int more) {
      int needed = text.length() + more;
      if (needed > starts.length) {
        starts = Arrays.copyOf(starts, Math.max(needed, 2 * starts.length));
        ends = Arrays.copyOf(ends, starts.length);
      }
    }

    int length() {
      return text.length();
    }

    /** Cuts the end off. */
    void truncate(int length) {
      text.setLength(length);
    }

    boolean endsWith(String suffix) {
      int from = text.length() - suffix.length();
      return from >= 0 && text.indexOf(suffix, from) == from;
    }

    MappedText build() {
      return new MappedText(
          text.toString(),
          Arrays.copyOf(starts, text.length()),
          Arrays.copyOf(ends, text.length()));
    }
  }
}
