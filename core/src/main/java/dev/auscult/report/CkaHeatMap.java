package dev.auscult.report;

import dev.auscult.features.DataFeatures;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The alignment of each model with each as a matrix of tinted cells with their values. */
final class CkaHeatMap {
  private static final int NAMES = 300;
  private static final int LARGEST_CELL = 84;
  private static final int HEIGHT = 44;
  private static final int HEADER = 30;

  /** From this tint on white words read better than dark ones. */
  private static final double DARK = .55;

  private CkaHeatMap() {}

  static Picture picture(String name, DataFeatures data) {
    int models = data.models().size();
    String alt =
        IntStream.range(0, models)
            .mapToObj(m -> "%s: %s".formatted(data.models().get(m).model(), row(data, m)))
            .collect(Collectors.joining("; ", "CKA of each model with each. ", "."));
    return new Picture(
        name, alt, ChartStyle.WIDTH, HEADER + HEIGHT * models + 8, g -> draw(g, data));
  }

  private static String row(DataFeatures data, int model) {
    return data.cka().get(model).stream()
        .map(of -> Figures.decimal(of.value(), 2))
        .collect(Collectors.joining(", "));
  }

  private static void draw(Graphics2D g, DataFeatures data) {
    int models = data.models().size();
    int cell = Math.min(LARGEST_CELL, (ChartStyle.WIDTH - NAMES) / models);
    for (int a = 0; a < models; a++) {
      double middle = HEADER + HEIGHT * (a + .5);
      String name = (a + 1) + "  " + data.models().get(a).model();
      String fitted = ChartStyle.fitted(g, ChartStyle.WORDS, name, NAMES - 24.0);
      ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, fitted, 12, middle + 5, 0);
      double column = NAMES + cell * (a + .5);
      ChartStyle.words(
          g, ChartStyle.WORDS, Palette.MUTED, String.valueOf(a + 1), column, HEADER - 10.0, .5);
      for (int b = 0; b < models; b++) {
        cell(g, data.cka().get(a).get(b).value(), NAMES + cell * b, HEADER + HEIGHT * a, cell);
      }
    }
  }

  private static void cell(Graphics2D g, double value, int x, int y, int width) {
    double tint = Double.isFinite(value) ? Math.max(0, Math.min(1, value)) : 0;
    g.setColor(mixed(tint));
    g.fill(new Rectangle2D.Double(x + 1.0, y + 1.0, width - 2.0, HEIGHT - 2.0));
    Color ink = tint > DARK ? Color.WHITE : Palette.INK;
    String words = ChartStyle.minus(Figures.decimal(value, 2));
    ChartStyle.words(g, ChartStyle.WORDS, ink, words, x + width / 2.0, y + HEIGHT / 2.0 + 5, .5);
  }

  /** From the band's grey at 0 to the image's blue at 1. */
  private static Color mixed(double tint) {
    return new Color(
        mixed(Palette.BAND.getRed(), Palette.IMAGE.getRed(), tint),
        mixed(Palette.BAND.getGreen(), Palette.IMAGE.getGreen(), tint),
        mixed(Palette.BAND.getBlue(), Palette.IMAGE.getBlue(), tint));
  }

  private static int mixed(int from, int to, double tint) {
    return (int) Math.round(from + tint * (to - from));
  }
}
