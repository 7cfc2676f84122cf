package dev.auscult.cli;

import dev.auscult.base.ByteUnit;
import dev.auscult.base.Progress;
import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a task is: a bar on a terminal, now and then a line elsewhere, or nothing. */
final class ConsoleProgress implements Progress {
  /** How progress is shown. */
  enum Style {
    /** A bar that redraws itself. */
    BAR,
    /** A line every ten seconds and one at the end. */
    LINES,
    /** Nothing. */
    NONE;

    /** What suits a stderr of so many columns; 0 where it is no terminal. */
    static Style of(boolean quiet, int columns) {
      if (quiet) {
        return NONE;
      }
      return columns > 0 ? BAR : LINES;
    }
  }

  private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;
  private static final int WIDEST = 110;
  private static final int ROOM_FOR_FIGURES = 60;

  private final PrintWriter err;
  private final StopSignal stop;
  private final Style style;
  private final int width;

  /**
   * @param columns of the terminal; only a bar needs one
   */
  ConsoleProgress(PrintWriter err, StopSignal stop, Style style, int columns) {
    this.err = err;
    this.stop = stop;
    this.style = style;
    this.width = Math.min(WIDEST, columns - 1);
  }

  @Override
  public Task begin(String task, long total) {
    stop.check();
    return switch (style) {
      case BAR -> new BarTask(bar(task, total).build());
      case LINES -> new LineTask(task, total, 0, Amounts.STEPS);
      case NONE -> new SilentTask();
    };
  }

  @Override
  public void check() {
    stop.check();
  }

  @Override
  public Task beginBytes(String task, long total, long done) {
    stop.check();
    return switch (style) {
      case BAR -> new BarTask(byteBar(task, total, done));
      case LINES -> new LineTask(task, total, done, Amounts.BYTES);
      case NONE -> new SilentTask();
    };
  }

  private ProgressBarBuilder bar(String task, long total) {
    return new ProgressBarBuilder()
        .setTaskName(shortened(task, Math.max(16, width - ROOM_FOR_FIGURES)))
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .setMaxRenderedLength(width)
        .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
        .setConsumer(new RedrawingLine());
  }

  private ProgressBar byteBar(String task, long total, long done) {
    // Whole numbers of the unit are shown, so one that gives the total two digits or more.
    ByteUnit unit = ByteUnit.fitting(total / 10.0);
    return bar(task, total)
        .setUnit(" " + unit.symbol(), unit.bytes())
        .startsFrom(done, Duration.ZERO)
        .build();
  }

  /** Leaves out the middle of what is longer than {@code most}. */
  private static String shortened(String name, int most) {
    int end = name.length() - 2 * most / 3;
    return name.length() <= most
        ? name
        : name.substring(0, most / 3 - 3) + "..." + name.substring(end);
  }

  /** How amounts and rates are told. */
  private enum Amounts {
    STEPS {
      @Override
      String words(long amount) {
        return String.format(Locale.ROOT, "%,d", amount);
      }

      @Override
      String rate(double perSecond) {
        return String.format(Locale.ROOT, "%.1f/s", perSecond);
      }
    },
    BYTES {
      @Override
      String words(long amount) {
        return ByteUnit.words(amount);
      }

      @Override
      String rate(double perSecond) {
        return ByteUnit.words(perSecond) + "/s";
      }
    };

    abstract String words(long amount);

    abstract String rate(double perSecond);
  }

  /** Overwrites the line under the cursor; ends it when the bar closes. */
  private final class RedrawingLine extends DelegatingProgressBarConsumer {
    RedrawingLine() {
      super(
          line -> {
            err.print("\r" + line);
            err.flush();
          },
          width);
    }

    @Override
    public void close() {
      err.println();
      err.flush();
    }
  }

  private final class BarTask implements Task {
    private final ProgressBar bar;

    BarTask(ProgressBar bar) {
      this.bar = bar;
    }

    @Override
    public void advance(long steps) {
      bar.stepBy(steps);
      stop.check();
    }

    @Override
    public void status(String words) {
      bar.setExtraMessage(words.isEmpty() ? "" : " " + words);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  private final class LineTask implements Task {
    private final String task;
    private final long total;
    private final long before;
    private final Amounts amounts;
    private final long begun = System.nanoTime();
    private long done;
    private long lastLine = begun;

    LineTask(String task, long total, long before, Amounts amounts) {
      this.task = task;
      this.total = total;
      this.before = before;
      this.done = before;
      this.amounts = amounts;
    }

    @Override
    public synchronized void advance(long steps) {
      done += steps;
      long now = System.nanoTime();
      if (now - lastLine >= NANOS_BETWEEN_LINES && done < total) {
        lastLine = now;
        err.println(line(now));
      }
      stop.check();
    }

    @Override
    public synchronized void status(String words) {
      if (words.isEmpty()) {
        return;
      }
      lastLine = System.nanoTime();
      err.println(line(lastLine) + "; " + words);
    }

    private String line(long now) {
      double rate = (done - before) / ((now - begun) / 1e9);
      String progress =
          "auscult: %s: %s of %s, %s"
              .formatted(task, amounts.words(done), amounts.words(total), amounts.rate(rate));
      if (done == before) {
        return progress;
      }
      Duration left = Duration.ofSeconds(Math.round((total - done) / rate));
      return progress + ", %d:%02d left".formatted(left.toMinutes(), left.toSecondsPart());
    }

    @Override
    public void close() {}
  }

  private final class SilentTask implements Task {
    @Override
    public void advance(long steps) {
      stop.check();
    }

    @Override
    public void close() {}
  }
}
