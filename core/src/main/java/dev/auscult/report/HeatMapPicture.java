package dev.auscult.report;

import dev.auscult.image.RgbImage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * A heat map as SVG, where every patch tells its value when pointed at, and as PNG. Both have the
 * scale and the names of the outlines below the image.
 */
final class HeatMapPicture {
  /** Width of the image in the SVG's own units. */
  private static final int WIDTH = 320;

  private static final int SCALE_HEIGHT = 46;
  private static final int KEY_HEIGHT = 22;
  private static final int STEPS = 40;
  private static final double GRID_OPACITY = 0.22;
  private static final float[] DASH = {5, 3};

  private final HeatMap map;
  private final String title;
  private final int height;

  HeatMapPicture(HeatMap map, String title) {
    this.map = map;
    this.title = title;
    this.height =
        Math.max(1, Math.round((float) WIDTH * map.image().height() / map.image().width()));
  }

  private int totalHeight() {
    return height + SCALE_HEIGHT + KEY_HEIGHT * map.regions().size();
  }

  /** The picture as an {@code svg} element, to stand in a page or in a file. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " font-family=\"system-ui, sans-serif\" font-size=\"13\"><title>%s</title>",
        WIDTH,
        totalHeight(),
        HtmlWriter.escaped(title));
    add(
        svg,
        "<image href=\"%s\" width=\"%d\" height=\"%d\" preserveAspectRatio=\"none\"/>",
        HtmlWriter.pngUri(PictureFormat.png(buffered(map.image()))),
        WIDTH,
        height);
    addCells(svg);
    addGrid(svg);
    map.regions().forEach((name, mask) -> addOutline(svg, name, mask));
    addScale(svg);
    addKey(svg);
    return svg.append("</svg>").toString();
  }

  private void addCells(StringBuilder svg) {
    int decimals = Figures.decimalsFor(map.scale());
    double cellWidth = (double) WIDTH / map.patches().columns();
    double cellHeight = (double) height / map.patches().rows();
    svg.append("<g>");
    for (int i = 0; i < map.patches().phi().size(); i++) {
      int row = i / map.patches().columns();
      int column = i % map.patches().columns();
      double phi = map.patches().phi().get(i);
      Color tint = HeatMap.tint(phi, map.scale());
      add(
          svg,
          "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\""
              + " fill-opacity=\"%.3f\"><title>row %d, column %d: %s</title></rect>",
          column * cellWidth,
          row * cellHeight,
          cellWidth,
          cellHeight,
          Palette.hex(tint),
          tint.getAlpha() / 255.0,
          row + 1,
          column + 1,
          ChartStyle.minus(Figures.plusMinus(phi, map.patches().se().get(i), decimals)));
    }
    svg.append("</g>");
  }

  private void addGrid(StringBuilder svg) {
    svg.append("<path pointer-events=\"none\" fill=\"none\" stroke=\"#fff\" stroke-width=\"0.6\"");
    add(svg, " stroke-opacity=\"%.2f\" d=\"", GRID_OPACITY);
    for (int c = 1; c < map.patches().columns(); c++) {
      add(svg, "M%.2f 0V%d", (double) WIDTH * c / map.patches().columns(), height);
    }
    for (int r = 1; r < map.patches().rows(); r++) {
      add(svg, "M0 %.2fH%d", (double) height * r / map.patches().rows(), WIDTH);
    }
    svg.append("\"/>");
  }

  private void addOutline(StringBuilder svg, String name, RgbImage mask) {
    StringBuilder path = new StringBuilder();
    for (KnownRegion.Edge edge : KnownRegion.edges(mask)) {
      add(path, "M%.2f %.2fL%.2f %.2f", x(edge.x0()), y(edge.y0()), x(edge.x1()), y(edge.y1()));
    }
    String form =
        "<path pointer-events=\"none\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"%s d=\"%s\"/>";
    add(svg, form, "#111", "3.4", " stroke-linecap=\"square\"", path);
    add(svg, form, Palette.hex(HeatMap.outline(name)), "1.6", dash(name), path);
  }

  private static String dash(String region) {
    return region.equals("lesion") ? "" : " stroke-dasharray=\"5 3\"";
  }

  private double x(int pixel) {
    return (double) pixel * WIDTH / map.image().width();
  }

  private double y(int pixel) {
    return (double) pixel * height / map.image().height();
  }

  private void addScale(StringBuilder svg) {
    double step = (double) WIDTH / STEPS;
    for (int i = 0; i < STEPS; i++) {
      Color tint = HeatMap.tint(i + 0.5 - STEPS / 2.0, STEPS / 2.0);
      add(
          svg,
          "<rect x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"10\" fill=\"%s\" fill-opacity=\"%.3f\"/>",
          i * step,
          height + 8,
          step,
          Palette.hex(tint),
          tint.getAlpha() / 255.0);
    }
    String text = "<text x=\"%d\" y=\"%d\" fill=\"%s\" text-anchor=\"%s\">%s</text>";
    String ink = Palette.hex(Palette.INK);
    add(svg, text, 0, height + 34, ink, "start", lowest());
    add(svg, text, WIDTH / 2, height + 34, ink, "middle", "contribution of a patch");
    add(svg, text, WIDTH, height + 34, ink, "end", highest());
  }

  private void addKey(StringBuilder svg) {
    int y = height + SCALE_HEIGHT;
    for (String name : map.regions().keySet()) {
      for (String stroke : new String[] {"#111", Palette.hex(HeatMap.outline(name))}) {
        add(
            svg,
            "<path d=\"M0 %dH28\" stroke=\"%s\" stroke-width=\"%s\"%s/>",
            y + 8,
            stroke,
            stroke.equals("#111") ? "3.4" : "1.6",
            stroke.equals("#111") ? "" : dash(name));
      }
      add(
          svg,
          "<text x=\"36\" y=\"%d\" fill=\"%s\">%s (known region)</text>",
          y + 12,
          Palette.hex(Palette.INK),
          HtmlWriter.escaped(name));
      y += KEY_HEIGHT;
    }
  }

  private String lowest() {
    return ChartStyle.minus("-" + magnitude());
  }

  private String highest() {
    return "+" + magnitude();
  }

  private String magnitude() {
    return Figures.decimal(map.scale(), Figures.decimalsFor(map.scale()));
  }

  /** The same as a picture to be drawn, for PNG. */
  Picture picture(String name) {
    return new Picture(name, title, WIDTH, totalHeight(), this::draw);
  }

  private void draw(Graphics2D g) {
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    g.drawImage(buffered(map.image()), 0, 0, WIDTH, height, null);
    drawCells(g);
    map.regions().forEach((name, mask) -> drawOutline(g, name, mask));
    drawScale(g);
    int y = height + SCALE_HEIGHT;
    for (String name : map.regions().keySet()) {
      strokeOutline(g, name, new Line2D.Double(0, y + 8, 28, y + 8));
      ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, name + " (known region)", 36, y + 12, 0);
      y += KEY_HEIGHT;
    }
  }

  private void drawCells(Graphics2D g) {
    double cellWidth = (double) WIDTH / map.patches().columns();
    double cellHeight = (double) height / map.patches().rows();
    for (int i = 0; i < map.patches().phi().size(); i++) {
      int row = i / map.patches().columns();
      int column = i % map.patches().columns();
      double x = column * cellWidth;
      double y = row * cellHeight;
      g.setColor(HeatMap.tint(map.patches().phi().get(i), map.scale()));
      Rectangle2D cell = new Rectangle2D.Double(x, y, cellWidth, cellHeight);
      g.fill(cell);
      g.setColor(new Color(255, 255, 255, (int) (255 * GRID_OPACITY)));
      g.setStroke(new BasicStroke(0.6f));
      g.draw(cell);
    }
  }

  private void drawOutline(Graphics2D g, String name, RgbImage mask) {
    Path2D path = new Path2D.Double();
    for (KnownRegion.Edge edge : KnownRegion.edges(mask)) {
      path.append(new Line2D.Double(x(edge.x0()), y(edge.y0()), x(edge.x1()), y(edge.y1())), false);
    }
    strokeOutline(g, name, path);
  }

  private static void strokeOutline(Graphics2D g, String name, Shape line) {
    g.setColor(new Color(0x111111));
    g.setStroke(new BasicStroke(3.4f));
    g.draw(line);
    g.setColor(HeatMap.outline(name));
    g.setStroke(
        name.equals("lesion")
            ? new BasicStroke(1.6f)
            : new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, DASH, 0));
    g.draw(line);
  }

  private void drawScale(Graphics2D g) {
    double step = (double) WIDTH / STEPS;
    for (int i = 0; i < STEPS; i++) {
      g.setColor(HeatMap.tint(i + 0.5 - STEPS / 2.0, STEPS / 2.0));
      g.fill(new Rectangle2D.Double(i * step, height + 8, step, 10));
    }
    int line = height + 34;
    ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, lowest(), 0, line, 0);
    ChartStyle.words(
        g, ChartStyle.WORDS, Palette.INK, "contribution of a patch", WIDTH / 2.0, line, 0.5);
    ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, highest(), WIDTH, line, 1);
  }

  /** The pixels as Java's own image. */
  static BufferedImage buffered(RgbImage image) {
    BufferedImage copy =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        copy.setRGB(
            x, y, image.sample(x, y, 0) << 16 | image.sample(x, y, 1) << 8 | image.sample(x, y, 2));
      }
    }
    return copy;
  }

  private static void add(StringBuilder out, String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments));
  }
}
