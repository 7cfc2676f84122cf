package dev.auscult.data;

import dev.auscult.base.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A report of Open-i.
 *
 * @param id e.g. {@code CXR207}
 * @param sections text by label in capitals, such as {@code FINDINGS}
 * @param terms major MeSH terms
 * @param images the images it is about
 */
record OpenIReport(
    String id, Map<String, String> sections, List<String> terms, List<Figure> images) {
  private static final int MAX_BYTES = 4 << 20;

  /** Copies the collections. */
  OpenIReport {
    sections = Map.copyOf(sections);
    terms = List.copyOf(terms);
    images = List.copyOf(images);
  }

  /**
   * An image of a report.
   *
   * @param id its file's name without extension
   * @param caption what the study is called
   */
  record Figure(String id, Optional<String> caption) {}

  /** Findings and impression, the first before the second; empty if there is neither. */
  Optional<String> text() {
    String text =
        Stream.of("FINDINGS", "IMPRESSION")
            .map(label -> sections.getOrDefault(label, ""))
            .filter(section -> !section.isEmpty())
            .collect(Collectors.joining(" "));
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  /**
   * Reads a report. Nothing outside of the file is ever fetched; a document type is refused.
   *
   * @throws InputException if it is no report
   */
  static OpenIReport read(Path file) {
    try {
      return new Parser(XML.createXMLStreamReader(new ByteArrayInputStream(bytes(file))))
          .report(file);
    } catch (IOException e) {
      throw StrictText.unreadable(file, e);
    } catch (XMLStreamException e) {
      throw new InputException(
          file.toString(),
          "broken XML" + at(e),
          "a report of Open-i",
          "unpack the reports again",
          e);
    }
  }

  private static final XMLInputFactory XML = factory();

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new InputException(
            file.toString(),
            "more than " + MAX_BYTES + " bytes",
            "a report of Open-i",
            "check that it is one");
      }
      return bytes;
    }
  }

  private static String at(XMLStreamException e) {
    return e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNumber();
  }

  /** Walks a document from its beginning to its end. */
  private static final class Parser {
    private final XMLStreamReader xml;
    private final Map<String, String> sections = new HashMap<>();
    private final List<String> terms = new ArrayList<>();
    private final List<Figure> images = new ArrayList<>();
    private String id = "";

    Parser(XMLStreamReader xml) {
      this.xml = xml;
    }

    OpenIReport report(Path file) throws XMLStreamException {
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT) {
          begin(xml.getLocalName());
        }
      }
      if (id.isEmpty()) {
        throw new InputException(
            file.toString(), "no uId", "a report of Open-i", "check that it is one");
      }
      return new OpenIReport(id, sections, terms, images);
    }

    private void begin(String element) throws XMLStreamException {
      switch (element) {
        case "uId" -> id = attribute("id");
        case "AbstractText" -> section(attribute("Label"), content());
        case "major" -> terms.add(content());
        case "parentImage" -> images.add(new Figure(attribute("id"), Optional.empty()));
        case "caption" -> caption(content());
        default -> {}
      }
    }

    private void section(String label, String text) {
      if (!label.isEmpty() && !text.isEmpty()) {
        sections.merge(label, text, (a, b) -> a + " " + b);
      }
    }

    private void caption(String text) {
      if (!images.isEmpty() && !text.isEmpty()) {
        Figure last = images.remove(images.size() - 1);
        images.add(new Figure(last.id(), Optional.of(text)));
      }
    }

    private String attribute(String name) {
      String value = xml.getAttributeValue(null, name);
      return value == null ? "" : value.strip();
    }

    private String content() throws XMLStreamException {
      return xml.getElementText().strip().replaceAll("\\s+", " ");
    }
  }
}
