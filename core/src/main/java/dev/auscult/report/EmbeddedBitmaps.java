package dev.auscult.report;

import java.awt.Image;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import org.apache.batik.svggen.DOMTreeManager;
import org.apache.batik.svggen.GenericImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Puts bitmaps of a drawing into its SVG as PNG; Batik's own way needs further libraries. */
final class EmbeddedBitmaps implements GenericImageHandler {

  @Override
  public void setDOMTreeManager(DOMTreeManager manager) {
    // Nothing is shared between images.
  }

  @Override
  public Element createElement(SVGGeneratorContext context) {
    return context.getDOMFactory().createElementNS("http://www.w3.org/2000/svg", "image");
  }

  @Override
  public @Nullable AffineTransform handleImage(
      Image image,
      Element element,
      int x,
      int y,
      int width,
      int height,
      SVGGeneratorContext context) {
    element.setAttribute("href", HtmlWriter.pngUri(PictureFormat.png((BufferedImage) image)));
    element.setAttribute("x", String.valueOf(x));
    element.setAttribute("y", String.valueOf(y));
    element.setAttribute("width", String.valueOf(width));
    element.setAttribute("height", String.valueOf(height));
    element.setAttribute("preserveAspectRatio", "none");
    return null;
  }

  @Override
  public @Nullable AffineTransform handleImage(
      RenderedImage image,
      Element element,
      int x,
      int y,
      int width,
      int height,
      SVGGeneratorContext context) {
    throw new UnsupportedOperationException("drawings hold buffered images only");
  }

  @Override
  public @Nullable AffineTransform handleImage(
      RenderableImage image,
      Element element,
      double x,
      double y,
      double width,
      double height,
      SVGGeneratorContext context) {
    throw new UnsupportedOperationException("drawings hold buffered images only");
  }
}
