package dev.auscult.report;

import java.awt.Color;

/**
 * The colours of every picture and page. Text and image differ in hue and in lightness, so that
 * they part for every kind of colour vision and on a grey printer; contributions run from blue over
 * nothing to red, which red-green blind readers tell apart as well.
 */
final class Palette {
  /** Words, axes. */
  static final Color INK = new Color(0x1f2933);

  /** Secondary words. */
  static final Color MUTED = new Color(0x52606d);

  /** Grid lines. */
  static final Color RULE = new Color(0xd9e2ec);

  /** Bands behind data. */
  static final Color BAND = new Color(0xeef2f6);

  /** The text modality. */
  static final Color TEXT = new Color(0xe6a532);

  /** The image modality. */
  static final Color IMAGE = new Color(0x1c5d73);

  /** Raises the score. */
  static final Color POSITIVE = new Color(0xe0203a);

  /** Lowers the score. */
  static final Color NEGATIVE = new Color(0x2f7de1);

  /** Words that must not be overlooked. */
  static final Color WARNING = new Color(0x8a1c00);

  /** Behind such words. */
  static final Color WARNING_GROUND = new Color(0xfff4ee);

  /** Outline of a lesion. */
  static final Color LESION = new Color(0xffe45c);

  /** Outline of any other known region. */
  static final Color REGION = new Color(0x5cf2c8);

  private static final Color[] CURVES = {
    new Color(0x1c5d73),
    new Color(0xd55e00),
    new Color(0x7a5195),
    new Color(0x009e73),
    new Color(0x52606d),
    new Color(0xe6a532)
  };

  private Palette() {}

  /** The colour of curve {@code index}; repeats after six. */
  static Color curve(int index) {
    return CURVES[index % CURVES.length];
  }

  /** As CSS and SVG write it. */
  static String hex(Color color) {
    return "#%06x".formatted(color.getRGB() & 0xffffff);
  }
}
