package dev.auscult.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.metric.Estimate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GridControlTest {
  private static Estimate around(double value) {
    return new Estimate(value, 0.1, value - 0.05, value + 0.03, 20);
  }

  private static final GridControl CONTROL =
      new GridControl(
          List.of(
              new GridControl.Point("a", "as audited", 49, around(0.6)),
              new GridControl.Point("b", "as audited", 196, around(0.8)),
              new GridControl.Point("a", "2x2", 4, around(0.3)),
              new GridControl.Point("b", "2x2", 4, Estimate.undefined())),
          Map.of("2x2", List.of()),
          Map.of("a", around(-0.4)));

  private static String rendered() {
    HtmlWriter out = new HtmlWriter(true);
    CONTROL.section().blocks().forEach(block -> block.write(out));
    return out.finished();
  }

  @Test
  void tabulatesEveryModelOnEveryGridInTheOrderOfItsCells() {
    String html = rendered();

    assertThat(html.indexOf("2x2")).isPositive().isLessThan(html.indexOf("as audited"));
    assertThat(html)
        .contains("0.300 [0.250, 0.330]")
        .contains("0.800 [0.750, 0.830]")
        .contains(">NA<")
        .contains("\u22120.400 [\u22120.450, \u22120.370]");
  }

  @Test
  void drawsIScoreOverTheNumberOfCells() {
    HtmlWriter out = new HtmlWriter(true);
    CONTROL.section().blocks().forEach(block -> block.write(out));

    assertThat(out.files()).containsKeys("pictures/grid-control.svg", "tables/grids.tex");
  }

  @Test
  void writesNumbersThatScriptsRead() {
    JsonNode json = JsonMapper.shared().readTree(ResultJson.line(CONTROL.toJson()));

    assertThat(json.at("/grids/2/cells").intValue()).isEqualTo(4);
    assertThat(json.at("/grids/2/iscore/lo").doubleValue()).isEqualTo(0.25);
    assertThat(json.at("/grids/3/iscore/value").isNull()).isTrue();
    assertThat(json.at("/tokens/a/value").doubleValue()).isEqualTo(-0.4);
  }
}
