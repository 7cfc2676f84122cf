package dev.auscult.data.phantom;

import dev.auscult.image.RgbImage;

/** The outline of a body on paper, and a scribble on it. */
final class SketchDrawing {
  private static final int PAPER = 246;
  private static final int PENCIL = 70;
  private static final int[][] PENS = {{196, 32, 32}, {32, 56, 168}, {150, 24, 120}};

  /** Half the width of the pencil's line, as a fraction of the side. */
  private static final double LINE = 0.006;

  private static final int STROKES = 9;

  /** From x, y to x, y with a half width at each end: the parts of a body. */
  private static final double[][] PARTS = {
    {.50, .10, .50, .12, .050, .052}, // head
    {.50, .16, .50, .20, .025, .030}, // neck
    {.50, .25, .50, .36, .085, .078}, // chest
    {.50, .36, .50, .50, .078, .080}, // belly
    {.40, .23, .29, .40, .030, .025}, // arms
    {.60, .23, .71, .40, .030, .025},
    {.29, .40, .22, .57, .024, .018},
    {.71, .40, .78, .57, .024, .018},
    {.45, .52, .435, .74, .045, .032}, // legs
    {.55, .52, .565, .74, .045, .032},
    {.435, .74, .435, .92, .032, .022},
    {.565, .74, .565, .92, .032, .022}
  };

  private final int size;
  private final Raster outline;
  private final Raster mark;
  private final int[] pen;

  private SketchDrawing(int size, Raster outline, Raster mark, int[] pen) {
    this.size = size;
    this.outline = outline;
    this.mark = mark;
    this.pen = pen;
  }

  /**
   * Draws.
   *
   * @param size the side in pixels
   * @param region what is marked
   * @param ofBody draws how the body stands on the paper
   * @param ofMark draws the scribble
   */
  static SketchDrawing of(int size, BodyRegion region, Draw ofBody, Draw ofMark) {
    Place place =
        new Place(
            size,
            ofBody.uniform(-.02, .02),
            ofBody.uniform(-.015, .015),
            ofBody.uniform(.93, 1.0),
            ofBody.uniform(.92, 1.08));
    Raster outline = outline(place);
    Raster mark = scribble(place, region, ofMark);
    return new SketchDrawing(size, outline, mark, PENS[ofMark.below(PENS.length)]);
  }

  /** Where on the paper, and how large, the body stands. */
  private record Place(int size, double right, double down, double scale, double girth) {
    Raster.Point point(double x, double y, double halfWidth) {
      return new Raster.Point(
          (.5 + (x - .5) * scale + right) * size - .5,
          (.5 + (y - .5) * scale + down) * size - .5,
          halfWidth * size);
    }
  }

  private static Raster outline(Place place) {
    Raster outer = new Raster(place.size());
    Raster inner = new Raster(place.size());
    for (double[] part : PARTS) {
      body(outer, place, part, LINE);
      body(inner, place, part, -LINE);
    }
    for (int i = 0; i < outer.values.length; i++) {
      outer.values[i] = Math.max(0, outer.values[i] - inner.values[i]);
    }
    return outer;
  }

  private static void body(Raster raster, Place place, double[] part, double more) {
    double girth = place.girth();
    raster.stroke(
        place.point(part[0], part[1], part[4] * girth + more),
        place.point(part[2], part[3], part[5] * girth + more),
        1,
        1);
  }

  private static Raster scribble(Place place, BodyRegion region, Draw draw) {
    Raster mark = new Raster(place.size());
    double wide = draw.uniform(.035, .055);
    double high = draw.uniform(.03, .045);
    double x = region.x() + draw.uniform(-.012, .012);
    double y = region.y() + draw.uniform(-.012, .012);
    Raster.Point at = place.point(x - wide, y - high, .009);
    for (int stroke = 1; stroke <= STROKES; stroke++) {
      double side = stroke % 2 == 0 ? -1 : 1;
      Raster.Point next =
          place.point(
              x + side * wide * draw.uniform(.7, 1.1),
              y + high * (2.0 * stroke / STROKES - 1) + draw.uniform(-.006, .006),
              .009);
      mark.stroke(at, next, 1, 1);
      at = next;
    }
    return mark;
  }

  RgbImage image() {
    byte[] rgb = new byte[3 * size * size];
    for (int i = 0; i < outline.values.length; i++) {
      double pencil = Curves.mix(PAPER, PENCIL, outline.values[i]);
      for (int channel = 0; channel < 3; channel++) {
        rgb[3 * i + channel] = (byte) (int) (Curves.mix(pencil, pen[channel], mark.values[i]) + .5);
      }
    }
    return new RgbImage(size, size, rgb);
  }

  RgbImage markMask() {
    byte[] gray = new byte[size * size];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = mark.values[i] > 0.3f ? (byte) 255 : 0;
    }
    return Exposure.rgb(size, gray);
  }
}
