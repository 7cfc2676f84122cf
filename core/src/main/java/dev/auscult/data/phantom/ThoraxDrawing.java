package dev.auscult.data.phantom;

import static dev.auscult.data.phantom.Curves.clamp01;
import static dev.auscult.data.phantom.Curves.mix;
import static dev.auscult.data.phantom.Curves.ramp;
import static dev.auscult.data.phantom.Curves.smooth;

/** Lays body, lungs, heart, lesion, bones and devices over each other as densities of 0-1. */
final class ThoraxDrawing {
  private static final double EMPTY = 0.02;
  private static final float FLUID = 0.03f;
  private static final float VESSEL = 0.70f;
  private static final float BEHIND_HEART = 0.90f;

  private final Phantom truth;
  private final Frame frame;
  private final Geometry body;
  private final Raster density;
  private final Raster heart;

  /** What the densities would be if the lungs held no air. */
  private final Raster airless;

  private ThoraxDrawing(Phantom truth, Frame frame, Geometry body) {
    this.truth = truth;
    this.frame = frame;
    this.body = body;
    this.density = new Raster(frame.size);
    this.heart = new Raster(frame.size);
    this.airless = new Raster(frame.size);
  }

  /** The densities of a phantom. */
  static Raster densities(Phantom truth) {
    Draw posture = truth.stream("anatomy");
    Frame frame = Frame.of(truth.size(), posture);
    Geometry body = new Geometry(truth, posture);
    ThoraxDrawing drawing = new ThoraxDrawing(truth, frame, body);
    drawing.softTissue();
    drawing.vessels(truth.stream("vessels"));
    for (Finding finding : truth.findings()) {
      drawing.lesion(LesionDrawing.opacity(truth, finding, frame, body), finding);
    }
    BoneDrawing.draw(truth, frame, body, drawing.density);
    if (truth.view() == View.PORTABLE_AP || truth.device() != Device.NONE) {
      DeviceDrawing.draw(truth, frame, body, drawing.density);
    }
    return drawing.density;
  }

  /** How much of each pixel the lesion covers, 0-1. */
  static Raster lesionCoverage(Phantom truth) {
    Draw posture = truth.stream("anatomy");
    Frame frame = Frame.of(truth.size(), posture);
    Geometry body = new Geometry(truth, posture);
    Raster covered = new Raster(frame.size);
    for (Finding finding : truth.findings()) {
      Raster one = coverage(truth, finding, frame, body);
      for (int i = 0; i < covered.values.length; i++) {
        covered.values[i] = Math.max(covered.values[i], one.values[i]);
      }
    }
    return covered;
  }

  private static Raster coverage(Phantom truth, Finding finding, Frame frame, Geometry body) {
    if (finding == Finding.CARDIOMEGALY_CARDIAC) {
      ThoraxDrawing drawing = new ThoraxDrawing(truth, frame, body);
      drawing.softTissue();
      return drawing.heart;
    }
    return LesionDrawing.opacity(truth, finding, frame, body);
  }

  private void softTissue() {
    double step = frame.pixel();
    for (int row = 0; row < frame.size; row++) {
      double y = frame.bodyY(row);
      double x0 = frame.bodyX0(y);
      Level level = new Level(body, knobWidth(), y);
      for (int column = 0; column < frame.size; column++) {
        double x = x0 + column * step;
        tissue(row * frame.size + column, level, x, y);
      }
    }
  }

  /** What depends on the height alone. */
  private static final class Level {
    final double lateral;
    final double top;
    final double leftEdge;
    final double rightEdge;
    final double belly;
    final double airDepth;
    final double flank;
    final double neck;

    Level(Geometry body, double aorta, double y) {
      lateral = body.lateral(y);
      top = ramp(y - body.apex, 0.02);
      double medial = body.medial(y);
      double rise = (y - 0.315) / 0.05;
      double knob = aorta * Math.max(0, 1 - rise * rise);
      double trunk = 0.032 * smooth(0.34, 0.50, y);
      leftEdge = medial + body.shift() + Math.max(knob, trunk);
      rightEdge = medial - body.shift() + 0.35 * trunk;
      belly = 0.10 * smooth(0.68, 0.80, y);
      airDepth = 0.42 - 0.05 * y;
      flank = 0.475 - 0.045 * smooth(0.12, 0.38, y) + 0.02 * smooth(0.6, 1.0, y);
      double flare = clamp01((0.10 - y) / 0.12);
      neck = 0.115 + 0.10 * (1 - flare) * (1 - flare);
    }
  }

  private double heartCover(double x, double y) {
    if (Math.abs(y - body.heartY) > 0.25 || Math.abs(x - body.heartX) > 0.33) {
      return 0;
    }
    return ramp(body.insideHeart(x, y), 0.014);
  }

  private void tissue(int at, Level level, double x, double y) {
    double outside = outline(level, x, y);
    if (outside <= 0) {
      density.values[at] = (float) EMPTY;
      airless.values[at] = (float) EMPTY;
      return;
    }
    double beat = heartCover(x, y);
    double across = x / 0.47;
    double air = air(level, x, y);
    double solid = 0.60 + 0.09 * (1 - across * across) + 0.05 * beat + level.belly * (1 - air);
    solid += breast(x, y) - stomach(x, y) - trachea(x, y);
    double hollow = air * (1 - 0.9 * beat) * level.airDepth;
    heart.values[at] = (float) beat;
    airless.values[at] = (float) mix(EMPTY, solid, outside);
    density.values[at] = (float) mix(EMPTY, solid - hollow, outside);
  }

  /** Inside the body: shoulders slope from the neck, arms are out of the picture. */
  private double outline(Level level, double x, double y) {
    double distance = Math.abs(x);
    double t = clamp01((distance - 0.15) / 0.34);
    double shoulder = y - 0.035 - 0.095 * t * (0.4 + 0.6 * t);
    double above = Math.max(shoulder, y < 0.12 ? level.neck - distance : -1);
    return Math.min(ramp(above, 0.02), ramp(level.flank - distance, 0.016));
  }

  private double air(Level level, double x, double y) {
    boolean left = x > 0;
    double distance = Math.abs(x);
    if (level.top <= 0 || y > 0.93 || distance > level.lateral + 0.02) {
      return 0;
    }
    return level.top
        * ramp(level.lateral - distance, 0.012)
        * ramp(distance - (left ? level.leftEdge : level.rightEdge), 0.016)
        * ramp(body.diaphragm(left, distance) - y, 0.010);
  }

  /** The aortic knob widens with age. */
  private double knobWidth() {
    return 0.012 + 0.00045 * (truth.age() - 20);
  }

  private double breast(double x, double y) {
    if (truth.sex() == Sex.MALE || y < 0.4 || y > 0.82) {
      return 0;
    }
    double rx = (Math.abs(x) - 0.225) / 0.155;
    double ry = (y - 0.60) / 0.135;
    double squared = rx * rx + ry * ry;
    if (squared >= 1.1) {
      return 0;
    }
    double edge = ramp(1 - squared, 0.12);
    return 0.055 * edge * smooth(-0.9, 0.5, ry);
  }

  /** Air in the stomach under the left diaphragm of whoever stands. */
  private double stomach(double x, double y) {
    if (truth.view() != View.PA || y < 0.7) {
      return 0;
    }
    double rx = (x - 0.185) / 0.062;
    double ry = (y - body.dome(true) - 0.075) / 0.032;
    return 0.20 * ramp(1 - rx * rx - ry * ry, 0.5);
  }

  private double trachea(double x, double y) {
    if (y > 0.5 || Math.abs(x) > 0.12) {
      return 0;
    }
    double bifurcation = body.hilum - 0.07;
    double bend = x - 0.6 * body.shift() + 0.006;
    if (y < bifurcation) {
      return 0.13 * ramp(0.019 - Math.abs(bend), 0.012) * smooth(-0.02, 0.1, y);
    }
    double open = y - bifurcation;
    if (open > 0.07) {
      return 0;
    }
    double arm = Math.abs(Math.abs(bend) - open * 0.95);
    return 0.12 * ramp(0.011 - arm, 0.010) * (1 - open / 0.07);
  }

  /** Branching vessels that thin out from the hila. */
  private void vessels(Draw draw) {
    Raster tree = new Raster(frame.size);
    for (int side = -1; side <= 1; side += 2) {
      Raster.Point root = point(side * 0.062 + body.shift(), body.hilum, 0.016);
      tree.stroke(root, point(side * 0.085 + body.shift(), body.hilum + 0.05, 0.012), 0.8, 0.6);
      for (int i = 0; i < 11; i++) {
        double y = mix(body.apex + 0.05, body.dome(side > 0) + 0.04, (i + draw.unit()) / 11);
        double x = side * draw.uniform(0.55, 0.93) * body.lateral(y);
        double midX = mix(side * 0.07, x, 0.45);
        double midY = mix(body.hilum + 0.02, y, 0.5) + draw.uniform(-0.02, 0.02);
        Raster.Point fork = point(midX, midY, 0.0048);
        tree.stroke(root, fork, 0.42, 0.30);
        tree.stroke(fork, point(x, y, 0.0025), 0.30, 0.06);
      }
    }
    for (int i = 0; i < tree.values.length; i++) {
      float air = VESSEL - density.values[i];
      if (air > 0 && density.values[i] > 0.1f) {
        density.values[i] += tree.values[i] * air * 0.6f;
      }
    }
  }

  private Raster.Point point(double x, double y, double halfWidth) {
    return new Raster.Point(frame.column(x, y), frame.row(y), frame.pixels(halfWidth));
  }

  /** Fluid and airless lung replace air; what lies behind the heart adds to it. */
  private void lesion(Raster opacity, Finding finding) {
    boolean behind = finding == Finding.ATELECTASIS_RETROCARDIAC;
    for (int i = 0; i < density.values.length; i++) {
      if (opacity.values[i] > 0) {
        float full = behind ? BEHIND_HEART : airless.values[i] + FLUID;
        density.values[i] += opacity.values[i] * Math.max(0f, full - density.values[i]);
      }
    }
  }
}
