package dev.auscult.data.phantom;

import static dev.auscult.data.phantom.Curves.ramp;
import static dev.auscult.data.phantom.Curves.smooth;

/** Adds spine, ribs, clavicles and, lying in bed, the shoulder blades. */
final class BoneDrawing {
  private static final int RIBS = 9;

  private final Phantom truth;
  private final Frame frame;
  private final Geometry body;
  private final Raster density;
  private final double mineral;

  private BoneDrawing(Phantom truth, Frame frame, Geometry body, Raster density) {
    this.truth = truth;
    this.frame = frame;
    this.body = body;
    this.density = density;
    this.mineral = 1.15 - 0.006 * (truth.age() - 20);
  }

  static void draw(Phantom truth, Frame frame, Geometry body, Raster density) {
    BoneDrawing bones = new BoneDrawing(truth, frame, body, density);
    bones.spine();
    for (int rib = 0; rib < RIBS; rib++) {
      bones.posteriorRib(rib, 1);
      bones.posteriorRib(rib, -1);
      if (rib < 6) {
        bones.anteriorRib(rib, 1);
        bones.anteriorRib(rib, -1);
      }
    }
    bones.clavicles();
    if (truth.view() == View.PORTABLE_AP) {
      bones.shoulderBlades();
    }
  }

  private void add(int column, int row, double amount) {
    if (column >= 0 && column < frame.size && row >= 0 && row < frame.size) {
      density.values[row * frame.size + column] += (float) amount;
    }
  }

  private void spine() {
    double spacing = truth.patient().ribSpacing() * 0.93;
    for (int row = 0; row < frame.size; row++) {
      double y = frame.bodyY(row);
      double x0 = frame.bodyX0(y);
      double phase = y / spacing - Math.floor(y / spacing);
      double disc = 0.55 + 0.45 * ramp(Math.abs(phase - 0.5) * -1 + 0.36, 0.16);
      int first = Math.max(0, (int) frame.column(-0.05, y));
      int last = Math.min(frame.size - 1, (int) frame.column(0.05, y) + 1);
      for (int column = first; column <= last; column++) {
        double x = Math.abs(x0 + column * frame.pixel());
        double bone =
            ramp(0.034 - x, 0.012) * disc + 0.5 * ramp(0.006 - Math.abs(x - 0.031), 0.008);
        add(column, row, 0.075 * mineral * bone);
      }
    }
  }

  private double ribStart(int rib) {
    return truth.patient().ribStart() + rib * truth.patient().ribSpacing();
  }

  /** From the spine outwards: a little up, then down along the wall. */
  private void posteriorRib(int rib, int side) {
    double start = ribStart(rib);
    double fall = 0.05 + 0.017 * rib;
    int drawn = Integer.MIN_VALUE;
    for (double x = 0.03; x < body.chest + 0.03; x += 0.5 * frame.pixel()) {
      double t = (x - 0.03) / (body.chest - 0.03);
      double y = start - 0.035 * t * (1 - t) * 2 + fall * t * t * t;
      if (x > body.lateral(y) + 0.012) {
        break;
      }
      int column = nearestColumn(side * x, y);
      if (column != drawn) {
        ribColumn(column, side * x, y, 0.0125 * (1 + 0.9 * t * t), 0.085 * mineral);
        drawn = column;
      }
    }
  }

  /** From the wall forwards and down, fading where cartilage begins. */
  private void anteriorRib(int rib, int side) {
    double start = ribStart(rib) + 0.06 + 0.010 * rib;
    int drawn = Integer.MIN_VALUE;
    for (double x = body.chest; x > 0.13; x -= 0.5 * frame.pixel()) {
      double t = (body.chest - x) / (body.chest - 0.13);
      double y = start + 0.16 * t * (1.25 - 0.45 * t);
      int column = nearestColumn(side * x, y);
      if (column != drawn && x < body.lateral(y)) {
        drawn = column;
        ribColumn(column, side * x, y, 0.0145, 0.045 * mineral * smooth(0, 0.35, 1 - t));
      }
    }
  }

  private int nearestColumn(double x, double y) {
    return (int) Math.floor(frame.column(x, y) + 0.5);
  }

  /** One column of a rib: denser at its edges, fainter below the diaphragm. */
  private void ribColumn(int column, double x, double y, double half, double strength) {
    double centre = frame.row(y);
    double reach = frame.pixels(half);
    double shown = y > body.diaphragm(x > 0, Math.abs(x)) ? 0.35 : 1;
    int first = (int) Math.floor(centre - reach);
    int last = (int) Math.ceil(centre + reach);
    for (int row = first; row <= last; row++) {
      double off = Math.abs(row - centre);
      double cover = Math.min(1, Math.max(0, reach + 0.5 - off));
      double rim = off / reach;
      add(column, row, strength * shown * cover * (0.6 + 0.5 * rim * rim));
    }
  }

  private void clavicles() {
    boolean ap = truth.view() == View.PORTABLE_AP;
    Raster bone = new Raster(frame.size);
    for (int side = -1; side <= 1; side += 2) {
      double inner = ap ? 0.135 : 0.195;
      Raster.Point a = point(side * 0.035, inner, 0.017);
      Raster.Point b = point(side * 0.19, inner - (ap ? 0.035 : 0.028), 0.011);
      Raster.Point c = point(side * 0.36, ap ? 0.075 : 0.105, 0.014);
      bone.stroke(a, b, 0.11, 0.10);
      bone.stroke(b, c, 0.10, 0.09);
    }
    addScaled(bone);
  }

  private void shoulderBlades() {
    Raster bone = new Raster(frame.size);
    for (int side = -1; side <= 1; side += 2) {
      Raster.Point top = point(side * 0.37, 0.15, 0.055);
      Raster.Point tip = point(side * 0.315, 0.40, 0.014);
      bone.stroke(top, tip, 0.055, 0.075);
    }
    addScaled(bone);
  }

  private void addScaled(Raster bone) {
    for (int i = 0; i < bone.values.length; i++) {
      density.values[i] += bone.values[i] * (float) mineral;
    }
  }

  private Raster.Point point(double x, double y, double halfWidth) {
    return new Raster.Point(frame.column(x, y), frame.row(y), frame.pixels(halfWidth));
  }
}
