package dev.auscult.text;

import dev.auscult.base.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A file of prompt templates; what is wrong is told with its line. */
final class TemplateFile {
  private static final int MAX_TEMPLATES = 1000;
  private static final String CUSTOM = "custom";
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern LINE = Pattern.compile("\\bline (\\d{1,7})\\b");

  private final BoundedFile file;
  private final Map<PromptTemplate, Integer> lineOf = new LinkedHashMap<>();
  private String domain = CUSTOM;

  TemplateFile(BoundedFile file) {
    this.file = file;
  }

  /** One template per line. */
  PromptTemplates lines(String name) {
    int number = 0;
    for (String line : file.text().lines().toList()) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        add(line.strip(), number);
      }
    }
    return set(name);
  }

  /** A list, or an object with {@code name}, {@code domain} and {@code templates}. */
  PromptTemplates yaml(String fileName) {
    String text = file.text();
    try (JsonParser parser = YAML.createParser(text)) {
      JsonToken first = parser.nextToken();
      String name = fileName;
      if (first == JsonToken.START_OBJECT) {
        name = object(parser, fileName);
      } else {
        list(parser);
      }
      if (parser.nextToken() != null) {
        throw wrong(line(parser), "a second document", "a single one");
      }
      return set(name);
    } catch (JacksonException e) {
      throw broken(e);
    }
  }

  private String object(JsonParser parser, String fileName) {
    String name = fileName;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "name" -> name = string(parser);
        case "domain" -> domain = string(parser);
        case "templates" -> list(parser);
        default -> throw wrong(line(parser), "\"" + key + "\"", "only name, domain and templates");
      }
    }
    return name;
  }

  private void list(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw wrong(line(parser), "no list", "a list of templates");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      add(string(parser), line(parser));
    }
  }

  private String string(JsonParser parser) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(
          line(parser), "something that is not a text", "a text; put it in quotation marks");
    }
    return parser.getString();
  }

  private void add(String text, int line) {
    try {
      Integer earlier = lineOf.putIfAbsent(new PromptTemplate(text), line);
      if (earlier != null) {
        throw wrong(line, "the template of line " + earlier + " again", "each template once");
      }
    } catch (IllegalArgumentException e) {
      throw wrong(
          line, String.valueOf(e.getMessage()), "a line with one {} where the class name goes");
    }
    if (lineOf.size() > MAX_TEMPLATES) {
      throw wrong(line, "more than 1,000 templates", "at most that");
    }
  }

  private PromptTemplates set(String name) {
    if (lineOf.isEmpty()) {
      throw wrong(1, "no template", "at least one line with a {}");
    }
    List<PromptTemplate> templates = new ArrayList<>(lineOf.keySet());
    return new PromptTemplates(name, domain, templates);
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  /** The parser's message says where the trouble begins, its location where reading stopped. */
  private InputException broken(JacksonException e) {
    Matcher place = LINE.matcher(e.getOriginalMessage());
    int line = place.find() ? Integer.parseInt(place.group(1)) : 1;
    String problem = e.getOriginalMessage().lines().findFirst().orElse("");
    return wrong(line, "broken YAML (" + problem + ")", "YAML");
  }

  private InputException wrong(int line, String found, String expected) {
    return new InputException(
        file.subject() + " line " + line, found, expected, "correct the line");
  }
}
