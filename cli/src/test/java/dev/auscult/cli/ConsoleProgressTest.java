package dev.auscult.cli;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.auscult.base.InterruptedRunException;
import dev.auscult.base.Progress;
import dev.auscult.cli.ConsoleProgress.Style;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsoleProgressTest {
  private final StringWriter shown = new StringWriter();
  private final StopSignal stop = new StopSignal();

  private ConsoleProgress progress(Style style) {
    return new ConsoleProgress(new PrintWriter(shown), stop, style, 80);
  }

  @Test
  void aLineCountsSteps() {
    try (Progress.Task task = progress(Style.LINES).begin("embedding", 12_000)) {
      task.advance(3_000);
      task.status("loss 0.5");
    }

    assertThat(shown.toString())
        .matches("auscult: embedding: 3,000 of 12,000, [\\d.]+/s, \\d+:\\d\\d left; loss 0.5\\R");
  }

  @Test
  void aBarTellsRateAndRemainingTimeWithinTheTerminal() throws InterruptedException {
    String name = "auditing /srv/models/a-folder-with-quite-a-long-name/clip-vit-base-patch32";
    try (Progress.Task task = progress(Style.BAR).begin(name, 40)) {
      Thread.sleep(1_100); // the library tells no rate of less than a second
      task.advance(1);
    }

    assertThat(List.of(shown.toString().split("[\r\n]+")))
        .allSatisfy(line -> assertThat(line.stripTrailing()).hasSizeLessThan(80))
        .last(as(STRING))
        .matches("aud\\.\\.\\.\\S+-patch32 .*")
        .matches(".* 1/40 \\(0:\\d\\d:\\d\\d / 0:\\d\\d:\\d\\d\\) \\d\\.\\d/s *");
  }

  @Test
  void aLineOfATransferTellsBytes() {
    try (Progress.Task task = progress(Style.LINES).beginBytes("model", 600_000_000, 150_000_000)) {
      task.advance(150_000_000);
      task.status("half");
    }

    assertThat(shown.toString())
        .matches("auscult: model: 300 MB of 600 MB, [\\d.]+ [GM]B/s, \\d+:\\d\\d left; half\\R");
  }

  @Test
  void whatWasThereBeforeTellsNoRate() {
    try (Progress.Task task = progress(Style.LINES).beginBytes("model", 600_000_000, 150_000_000)) {
      task.status("waiting");
    }

    assertThat(shown.toString())
        .isEqualToIgnoringNewLines("auscult: model: 150 MB of 600 MB, 0 B/s; waiting");
  }

  @Test
  void aBarOfATransferTellsBytes() {
    try (Progress.Task task = progress(Style.BAR).beginBytes("model", 600_000_000, 150_000_000)) {
      task.advance(450_000_000);
    }

    assertThat(shown.toString()).contains("model 100%").contains("600/600 MB").contains("MB/s");
  }

  @ParameterizedTest
  @EnumSource
  void aTransferLearnsOfTheWishToStop(Style style) {
    try (Progress.Task task = progress(style).beginBytes("model", 10, 0)) {
      stop.request();

      assertThatThrownBy(() -> task.advance(0)).isInstanceOf(InterruptedRunException.class);
      assertThatThrownBy(() -> progress(style).beginBytes("model", 10, 0))
          .isInstanceOf(InterruptedRunException.class);
    }
  }
}
