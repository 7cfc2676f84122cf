package dev.auscult.cli;

import dev.auscult.base.Progress;
import java.io.PrintWriter;
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

    /** What suits this process's stderr; the launcher says whether it is a terminal. */
    static Style of(boolean quiet) {
      if (quiet) {
        return NONE;
      }
      return Boolean.getBoolean("auscult.terminal") ? BAR : LINES;
    }
  }

  private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;
  private static final int WIDTH = 110;

  private final PrintWriter err;
  private final StopSignal stop;
  private final Style style;

  ConsoleProgress(PrintWriter err, StopSignal stop, Style style) {
    this.err = err;
    this.stop = stop;
    this.style = style;
  }

  @Override
  public Task begin(String task, long total) {
    stop.check();
    return switch (style) {
      case BAR -> new BarTask(bar(task, total));
      case LINES -> new LineTask(task, total);
      case NONE -> new SilentTask();
    };
  }

  private ProgressBar bar(String task, long total) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .setMaxRenderedLength(WIDTH)
        .showSpeed()
        .setConsumer(new RedrawingLine())
        .build();
  }

  /** Overwrites the line under the cursor; ends it when the bar closes. */
  private final class RedrawingLine extends DelegatingProgressBarConsumer {
    RedrawingLine() {
      super(
          line -> {
            err.print("\r" + line);
            err.flush();
          },
          WIDTH);
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
      bar.setExtraMessage(" " + words);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  private final class LineTask implements Task {
    private final String task;
    private final long total;
    private final long begun = System.nanoTime();
    private long done;
    private long lastLine = begun;

    LineTask(String task, long total) {
      this.task = task;
      this.total = total;
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
      lastLine = System.nanoTime();
      err.println(line(lastLine) + "; " + words);
    }

    private String line(long now) {
      double rate = done / ((now - begun) / 1e9);
      Duration left = Duration.ofSeconds(Math.round((total - done) / rate));
      return String.format(
          Locale.ROOT,
          "auscult: %s: %,d of %,d, %.1f/s, %d:%02d left",
          task,
          done,
          total,
          rate,
          left.toMinutes(),
          left.toSecondsPart());
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
