package dev.auscult.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.metric.Estimate;
import dev.auscult.report.Table.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
  private static Table table(String name) {
    return new Table(
        "Balance",
        List.of(Column.words("model"), Column.numbers("delta")),
        List.of(List.of(name, "-0.219"), List.of("b", "0.1")));
  }

  @Test
  void alignsWordsLeftAndNumbersRightOnATerminal() {
    assertThat(ConsoleTable.render(table("phantom")))
        .isEqualTo(
            """
            model     delta
            -------  ------
            phantom  -0.219
            b           0.1
            """);
  }

  @Test
  void countsColumnsAsATerminalDoes() {
    assertThat(ConsoleTable.width("胸部")).isEqualTo(4);
    assertThat(ConsoleTable.width("e\u0301")).isEqualTo(1);
    assertThat(ConsoleTable.width("\ud83e\ude7b")).isEqualTo(2);
  }

  @Test
  void letsNoCellSteerTheTerminal() {
    assertThat(ConsoleTable.render(table("\u001b[2Jx\ny")))
        .contains("?[2Jx?y")
        .doesNotContain("\u001b");
  }

  @Test
  void letsNoCellBreakOutOfMarkdown() {
    assertThat(MarkdownTable.render(table("a|b\n<script>*x*")))
        .isEqualTo(
            """
            | model | delta |
            | --- | ---: |
            | a\\|b &lt;script>\\*x\\* | -0.219 |
            | b | 0.1 |
            """);
  }

  @Test
  void writesLatexThatACellCannotBreakOutOf() {
    assertThat(LatexTable.render(table("a_b & 50 % \\input{x} |d| < ±")))
        .isEqualTo(
            """
            \\begin{table}
            \\centering
            \\caption{Balance}
            \\begin{tabular}{lr}
            \\toprule
            model & delta \\\\
            \\midrule
            a\\_b \\& 50 \\% \\textbackslash{}input\\{x\\} $|$d$|$ $<$ $\\pm$ & $-$0.219 \\\\
            b & 0.1 \\\\
            \\bottomrule
            \\end{tabular}
            \\end{table}
            """);
  }

  @Test
  void aBracketAtTheBeginningOfALatexRowIsNoOptionOfTheRowBefore() {
    assertThat(LatexTable.render(table("[0.1]"))).contains("\n{}[0.1] & ");
  }

  @Test
  void turnsOnItsSide() {
    assertThat(table("a").transposed().rows()).containsExactly(List.of("delta", "-0.219", "0.1"));
    assertThat(table("a").transposed().titles()).containsExactly("model", "a", "b");
  }

  @Test
  void refusesARowOfAnotherLength() {
    assertThatThrownBy(() -> new Table("t", List.of(Column.words("a")), List.of(List.of("1", "2"))))
        .hasMessageContaining("2 cells under 1 columns");
  }

  @Test
  void writesCsvThatReadsBack(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("samples.csv");
    CsvFile.write(
        file,
        List.of("id", "delta", "note"),
        List.of(
                Arrays.asList("a,\"b\"", 0.1 + 0.2, null),
                Arrays.asList("c", Double.NaN, "two\nlines"))
            .iterator());

    assertThat(Files.readString(file))
        .isEqualTo("id,delta,note\n\"a,\"\"b\"\"\",0.30000000000000004,\nc,NA,\"two\nlines\"\n");
  }

  @Test
  void leavesNoHalfWrittenCsvBehindABadRow(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("samples.csv");
    assertThatThrownBy(
            () -> CsvFile.write(file, List.of("id", "x"), List.of(List.of("a")).iterator()))
        .hasMessageContaining("1 fields under 2 columns");
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void showsFiguresAsTablesDo() {
    assertThat(Figures.decimal(-0.0004, 3)).isEqualTo("0.000");
    assertThat(Figures.decimal(Double.NaN, 3)).isEqualTo("NA");
    assertThat(Figures.signed(0.25, 2)).isEqualTo("+0.25");
    assertThat(Figures.signed(0.0001, 2)).isEqualTo("0.00");
    assertThat(Figures.percent(0.352)).isEqualTo("35.2 %");
    assertThat(Figures.interval(new Estimate(-0.2, 0.1, -0.25, -0.15, 9)))
        .isEqualTo("-0.200 [-0.250, -0.150]");
    assertThat(Figures.interval(Estimate.undefined())).isEqualTo("NA");
    assertThat(Figures.decimalsFor(0.0123)).isEqualTo(4);
    assertThat(Figures.decimalsFor(23.4)).isEqualTo(1);
    assertThat(Figures.decimalsFor(0)).isEqualTo(3);
    assertThat(Figures.count(1234567)).isEqualTo("1\u2009234\u2009567");
  }
}
