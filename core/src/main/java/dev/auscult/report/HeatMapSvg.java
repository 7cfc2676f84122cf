package dev.auscult.report;

import dev.auscult.image.RgbImage;
import java.awt.Color;
import java.util.Locale;

/**
 * A heat map as an {@code svg} element, to stand in a page or in a file, with its scale and the
 * names of the outlines below the image.
 *
 * @param map what it shows
 * @param title what a reader who cannot see it should know
 * @param image the address of the map's image: a file beside it, or the image itself
 * @param told whether every patch tells its value when pointed at; a script can do it otherwise
 */
record HeatMapSvg(HeatMap map, String title, String image, boolean told) {
  private static final int STEPS = 40;
  private static final String DARK = "#111";

  /** The element. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " font-family=\"system-ui, sans-serif\" font-size=\"13\"><title>%s</title>",
        HeatMap.WIDTH,
        map.totalHeight(),
        HtmlWriter.escaped(title));
    add(
        svg,
        "<image href=\"%s\" width=\"%d\" height=\"%d\" preserveAspectRatio=\"none\"/>",
        image,
        HeatMap.WIDTH,
        map.height());
    addCells(svg);
    addGrid(svg);
    map.regions().forEach((name, mask) -> addOutline(svg, name, mask));
    if (map.noiseDominated()) {
      addNoise(svg);
    }
    addScale(svg);
    addKey(svg);
    return svg.append("</svg>").toString();
  }

  /** Cells in units of their own, which keeps thousands of pages small. */
  private void addCells(StringBuilder svg) {
    int columns = map.patches().columns();
    add(
        svg,
        "<g class=\"cells\" transform=\"scale(%.4f %.4f)\">",
        (double) HeatMap.WIDTH / columns,
        (double) map.height() / map.patches().rows());
    for (int i = 0; i < map.patches().phi().size(); i++) {
      Color tint = HeatMap.tint(map.patches().phi().get(i), map.scale());
      add(
          svg,
          "<path d=\"M%d %dh1v1h-1z\" fill=\"%s\" fill-opacity=\"%s\"",
          i % columns,
          i / columns,
          Palette.hex(tint),
          Figures.decimal(tint.getAlpha() / 255.0, 3));
      svg.append(told ? "><title>" + value(i, columns) + "</title></path>" : "/>");
    }
    svg.append("</g>");
  }

  private String value(int i, int columns) {
    return "row %d, column %d: %s"
        .formatted(
            i / columns + 1,
            i % columns + 1,
            ChartStyle.minus(
                Figures.plusMinus(
                    map.patches().phi().get(i),
                    map.patches().se().get(i),
                    Figures.decimalsFor(map.scale()))));
  }

  private void addGrid(StringBuilder svg) {
    svg.append("<path pointer-events=\"none\" fill=\"none\" stroke=\"#fff\" stroke-width=\"0.6\"");
    add(svg, " stroke-opacity=\"%.2f\" d=\"", HeatMap.GRID_OPACITY);
    for (int c = 1; c < map.patches().columns(); c++) {
      add(svg, "M%.2f 0V%d", (double) HeatMap.WIDTH * c / map.patches().columns(), map.height());
    }
    for (int r = 1; r < map.patches().rows(); r++) {
      add(svg, "M0 %.2fH%d", (double) map.height() * r / map.patches().rows(), HeatMap.WIDTH);
    }
    svg.append("\"/>");
  }

  private void addOutline(StringBuilder svg, String name, RgbImage mask) {
    StringBuilder path = new StringBuilder();
    for (KnownRegion.Edge edge : KnownRegion.edges(mask)) {
      add(
          path,
          "M%.2f %.2fL%.2f %.2f",
          map.x(edge.x0()),
          map.y(edge.y0()),
          map.x(edge.x1()),
          map.y(edge.y1()));
    }
    String form =
        "<path pointer-events=\"none\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"%s d=\"%s\"/>";
    add(svg, form, DARK, "3.4", " stroke-linecap=\"square\"", path);
    add(svg, form, Palette.hex(HeatMap.outline(name)), "1.6", dash(name), path);
  }

  private static String dash(String region) {
    return region.equals("lesion") ? "" : " stroke-dasharray=\"5 3\"";
  }

  /** Stripes and a word over a map that must not be read patch by patch. */
  private void addNoise(StringBuilder svg) {
    svg.append("<g pointer-events=\"none\"><path fill=\"none\" stroke=\"#fff\"");
    svg.append(" stroke-width=\"1.4\" stroke-opacity=\"0.75\" d=\"");
    for (HeatMap.Stripe stripe : map.stripes()) {
      add(svg, "M%d %dL%d %d", stripe.x0(), stripe.y0(), stripe.x1(), stripe.y1());
    }
    add(
        svg,
        "\"/><rect width=\"%d\" height=\"22\" fill=\"#fff4ee\"/><text x=\"6\" y=\"15\" fill=\"%s\""
            + " font-weight=\"600\">%s</text></g>",
        HeatMap.WIDTH,
        Palette.hex(Palette.WARNING),
        HeatMap.NOISE);
  }

  private void addScale(StringBuilder svg) {
    double step = (double) HeatMap.WIDTH / STEPS;
    for (int i = 0; i < STEPS; i++) {
      Color tint = HeatMap.tint(i + 0.5 - STEPS / 2.0, STEPS / 2.0);
      add(
          svg,
          "<path d=\"M%.1f %dh%.1fv10h-%.1fz\" fill=\"%s\" fill-opacity=\"%s\"/>",
          i * step,
          map.height() + 8,
          step,
          step,
          Palette.hex(tint),
          Figures.decimal(tint.getAlpha() / 255.0, 3));
    }
    String text = "<text x=\"%d\" y=\"%d\" fill=\"%s\" text-anchor=\"%s\">%s</text>";
    String ink = Palette.hex(Palette.INK);
    int line = map.height() + 34;
    add(svg, text, 0, line, ink, "start", map.lowest());
    add(svg, text, HeatMap.WIDTH / 2, line, ink, "middle", HeatMap.UNIT);
    add(svg, text, HeatMap.WIDTH, line, ink, "end", map.highest());
  }

  private void addKey(StringBuilder svg) {
    int y = map.height() + HeatMap.SCALE_HEIGHT;
    for (String name : map.regions().keySet()) {
      String line = "<path d=\"M0 %dH28\" stroke=\"%s\" stroke-width=\"%s\"%s/>";
      add(svg, line, y + 8, DARK, "3.4", "");
      add(svg, line, y + 8, Palette.hex(HeatMap.outline(name)), "1.6", dash(name));
      add(
          svg,
          "<text x=\"36\" y=\"%d\" fill=\"%s\">%s</text>",
          y + 12,
          Palette.hex(Palette.INK),
          HtmlWriter.escaped(HeatMap.regionName(name)));
      y += HeatMap.KEY_HEIGHT;
    }
  }

  private static void add(StringBuilder out, String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments));
  }
}
