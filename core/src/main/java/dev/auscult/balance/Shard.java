package dev.auscult.balance;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.UsageException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an audit that a process of its own computes. The parts are consecutive ranges of the
 * samples in the order in which they are audited, equal in planned encoder passes; they depend on
 * data and configuration alone.
 *
 * @param index which part, from 1
 * @param count how many parts there are
 */
public record Shard(int index, int count) {
  /** The audit undivided. */
  public static final Shard WHOLE = new Shard(1, 1);

  private static final Pattern LABEL = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  /** Checks the numbers. */
  public Shard {
    if (index < 1 || index > count) {
      throw new UsageException(
          "--shard",
          index + "/" + count,
          "i/n with i from 1 to n",
          "use e.g. --shard 1/3, --shard 2/3 and --shard 3/3");
    }
  }

  /**
   * The shard written {@code i/n}.
   *
   * @throws InputException if it is none
   */
  public static Shard named(String label) {
    Matcher numbers = LABEL.matcher(label);
    if (!numbers.matches()) {
      throw new UsageException(
          "--shard",
          "\"" + label + "\"",
          "i/n, part i of n",
          "use e.g. --shard 1/3, --shard 2/3 and --shard 3/3");
    }
    return new Shard(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
  }

  /** As written after {@code --shard}. */
  public String label() {
    return index + "/" + count;
  }

  /** Identifies the rows of this part of an audit; those of the whole audit by the audit itself. */
  public ContentHash fingerprint(ContentHash audit) {
    return equals(WHOLE) ? audit : ContentHash.of(audit.hex(), "shard " + label());
  }

  /** This part of some portions; every one belongs to exactly one shard. */
  <T> List<T> of(List<T> portions) {
    long size = portions.size();
    return portions.subList((int) (size * (index - 1) / count), (int) (size * index / count));
  }
}
