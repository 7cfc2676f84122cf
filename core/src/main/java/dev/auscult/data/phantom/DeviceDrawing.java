package dev.auscult.data.phantom;

/** Adds what is metal or plastic: pacemaker, central line, the leads of whoever lies in bed. */
final class DeviceDrawing {
  private final Frame frame;
  private final Geometry body;
  private final Raster metal;

  private DeviceDrawing(Frame frame, Geometry body) {
    this.frame = frame;
    this.body = body;
    this.metal = new Raster(frame.size);
  }

  static void draw(Phantom truth, Frame frame, Geometry body, Raster density) {
    DeviceDrawing drawing = new DeviceDrawing(frame, body);
    if (truth.view() == View.PORTABLE_AP) {
      drawing.leads(truth.stream("leads"));
    }
    if (truth.device() == Device.PACEMAKER) {
      drawing.pacemaker();
    } else if (truth.device() == Device.CENTRAL_LINE) {
      drawing.centralLine();
    }
    for (int i = 0; i < density.values.length; i++) {
      float room = Math.max(0f, 1f - density.values[i]);
      density.values[i] += room * drawing.metal.values[i];
    }
  }

  private void path(double strength, double halfWidth, double... xy) {
    for (int i = 2; i < xy.length; i += 2) {
      metal.stroke(
          point(xy[i - 2], xy[i - 1], halfWidth),
          point(xy[i], xy[i + 1], halfWidth),
          strength,
          strength);
    }
  }

  private Raster.Point point(double x, double y, double halfWidth) {
    return new Raster.Point(
        frame.column(x, y), frame.row(y), Math.max(0.3, frame.pixels(halfWidth)));
  }

  private void leads(Draw draw) {
    double[][] ends = {{-0.27, 0.23}, {0.25, 0.24}, {0.31, 0.56}};
    for (double[] end : ends) {
      double x = end[0] + draw.uniform(-0.02, 0.02);
      double y = end[1] + draw.uniform(-0.02, 0.02);
      path(0.55, 0.013, x, y, x, y + 0.001);
      double side = x < 0 ? -0.5 : 0.5;
      path(0.40, 0.0025, x, y, x + 0.35 * (side - x), y + 0.10, side, y + draw.uniform(0.12, 0.2));
    }
  }

  private void pacemaker() {
    double x = 0.285;
    double y = 0.225;
    path(0.95, 0.026, x - 0.016, y, x + 0.016, y + 0.006);
    double tipX = body.heartX + 0.3 * body.heartWide;
    double tipY = body.heartY + 0.62 * body.heartHigh;
    path(0.75, 0.0034, x, y - 0.02, 0.15, 0.145, 0.02, 0.23, -0.045, 0.36, -0.06, 0.50);
    path(0.75, 0.0034, -0.06, 0.50, -0.03, tipY - 0.03, tipX, tipY);
  }

  private void centralLine() {
    path(0.70, 0.0042, -0.105, 0.0, -0.095, 0.10, -0.055, 0.21, -0.045, 0.33, -0.05, 0.44);
  }
}
