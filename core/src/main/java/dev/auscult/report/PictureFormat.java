package dev.auscult.report;

import dev.auscult.image.RgbImage;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Pictures as bytes. The same picture gives the same bytes on the same Java and fonts; letters are
 * outlines in SVG, so that a viewer needs no font.
 */
final class PictureFormat {
  private static final Logger LOG = LoggerFactory.getLogger(PictureFormat.class);
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final int PNG_SCALE = 2;

  private PictureFormat() {}

  /**
   * Whether this Java can draw letters: minimal containers lack fontconfig or any font, and a
   * report must not fail for that after hours of work.
   */
  static boolean available() {
    try {
      FontRenderContext context = new FontRenderContext(null, true, true);
      return new TextLayout("0", new Font(Font.SANS_SERIF, Font.PLAIN, 12), context).getAdvance()
          > 0;
    } catch (RuntimeException | LinkageError | InternalError e) {
      LOG.warn("no pictures: this Java finds no fonts; install fontconfig and a font", e);
      return false;
    }
  }

  /** The picture as SVG, without declaration, so that it can also stand inside a page. */
  static String svg(Picture picture) {
    try {
      Document document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(SVG, "svg", null);
      SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
      context.setComment(null);
      context.setPrecision(2);
      context.setGenericImageHandler(new EmbeddedBitmaps());
      SVGGraphics2D graphics = new SVGGraphics2D(context, true);
      graphics.setSVGCanvasSize(new Dimension(picture.width(), picture.height()));
      prepare(graphics);
      picture.drawing().accept(graphics);
      return serialised(described(graphics.getRoot(), document, picture));
    } catch (ParserConfigurationException | TransformerException e) {
      throw new IllegalStateException("every Java platform reads and writes XML", e);
    }
  }

  private static Element described(Element root, Document document, Picture picture) {
    root.setAttribute("viewBox", "0 0 %d %d".formatted(picture.width(), picture.height()));
    root.setAttribute("role", "img");
    Element title = document.createElementNS(SVG, "title");
    title.setTextContent(XmlText.clean(picture.alt()));
    root.insertBefore(title, root.getFirstChild());
    return root;
  }

  private static String serialised(Element root) throws TransformerException {
    TransformerFactory factory = TransformerFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    Transformer transformer = factory.newTransformer();
    transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
    StringWriter out = new StringWriter();
    transformer.transform(new DOMSource(root), new StreamResult(out));
    return out.toString();
  }

  /** The picture as PNG at twice its size, on white. */
  static byte[] png(Picture picture) {
    BufferedImage image =
        new BufferedImage(
            PNG_SCALE * picture.width(), PNG_SCALE * picture.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(PNG_SCALE, PNG_SCALE);
    prepare(graphics);
    picture.drawing().accept(graphics);
    graphics.dispose();
    return png(image);
  }

  /** Pixels as PNG. */
  static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("every Java platform writes PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The pixels as Java's own image. */
  static BufferedImage buffered(RgbImage image) {
    BufferedImage copy =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int red = image.sample(x, y, 0) << 16;
        copy.setRGB(x, y, red | (image.sample(x, y, 1) << 8) | image.sample(x, y, 2));
      }
    }
    return copy;
  }

  private static void prepare(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }
}
