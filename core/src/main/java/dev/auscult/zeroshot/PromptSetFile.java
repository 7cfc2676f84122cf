package dev.auscult.zeroshot;

import dev.auscult.base.YamlSection;
import dev.auscult.text.PromptTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads prompt sets from YAML. */
final class PromptSetFile {
  private static final String GUIDE =
      "docs/zero-shot.md explains every key, and chest-xray is an example";
  private static final String LIST = "a list of texts";

  private PromptSetFile() {}

  static PromptSet read(Path file) {
    return set(YamlSection.read(file, GUIDE), String.valueOf(file.getFileName()));
  }

  static PromptSet parse(String yaml, String name) {
    return set(YamlSection.parse(yaml, name, GUIDE), name);
  }

  static PromptSet shipped(String name) {
    String resource = "prompts/" + name + ".yaml";
    try (InputStream in = PromptSetFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the library lacks its resource " + resource);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PromptSet set(YamlSection root, String fileName) {
    String name = root.optionalText("name", "a name").orElse(fileName);
    String domain = root.optionalText("domain", "a field, e.g. radiology").orElse("custom");
    List<PromptTemplate> templates = templates(root, "templates");
    List<PromptPair> pairs = pairs(root);
    List<PromptTemplate> attributeTemplates = templates(root, "attribute_templates");
    if (attributeTemplates.isEmpty()) {
      attributeTemplates = List.of(new PromptTemplate(PromptTemplate.GAP));
    }
    List<PromptClass> classes = new ArrayList<>();
    for (YamlSection section :
        root.sections("classes", "a list of classes, each with at least a name")) {
      classes.add(promptClass(section));
    }
    ClassDefinition definition =
        root.choice("definition", probable(templates, pairs), ClassDefinition::label);
    root.refuseUnknown();
    return new PromptSet(name, domain, definition, templates, pairs, attributeTemplates, classes);
  }

  /** What a set without the key {@code definition} means. */
  private static ClassDefinition probable(List<PromptTemplate> templates, List<PromptPair> pairs) {
    if (!templates.isEmpty()) {
      return ClassDefinition.NAMES;
    }
    return pairs.isEmpty() ? ClassDefinition.ATTRIBUTES : ClassDefinition.PAIRS;
  }

  private static List<PromptTemplate> templates(YamlSection section, String key) {
    List<PromptTemplate> templates =
        distinct(section, key, "a list of templates").stream()
            .map(text -> template(section, key, text))
            .toList();
    return List.copyOf(templates);
  }

  private static PromptTemplate template(YamlSection section, String key, String text) {
    try {
      return new PromptTemplate(text);
    } catch (IllegalArgumentException e) {
      throw section.wrong(key, "texts with one {} where the words go (" + e.getMessage() + ")");
    }
  }

  private static List<PromptPair> pairs(YamlSection root) {
    if (!root.has("pairs")) {
      return List.of();
    }
    List<PromptPair> pairs = new ArrayList<>();
    for (YamlSection section :
        root.sections("pairs", "a list of pairs, each with positive and negative")) {
      PromptTemplate positive =
          template(section, "positive", section.text("positive", "a template, e.g. \"{}\""));
      PromptTemplate negative =
          template(section, "negative", section.text("negative", "a template, e.g. \"no {}\""));
      section.refuseUnknown();
      if (positive.equals(negative)) {
        throw section.wrong("negative", "another template than the positive one");
      }
      pairs.add(new PromptPair(positive, negative));
    }
    if (pairs.stream().distinct().count() < pairs.size()) {
      throw root.wrong("pairs", "each pair once");
    }
    return pairs;
  }

  private static PromptClass promptClass(YamlSection section) {
    String name = section.text("name", "the class's name");
    List<String> positive = distinct(section, "positive", LIST);
    List<String> negative = distinct(section, "negative", LIST);
    if (positive.isEmpty() != negative.isEmpty()) {
      throw section.wrong(
          negative.isEmpty() ? "negative" : "positive", "texts, as for the other half of the pair");
    }
    PromptClass read =
        new PromptClass(
            name,
            distinct(section, "labels", LIST),
            distinct(section, "synonyms", LIST),
            distinct(section, "severities", LIST),
            distinct(section, "locations", LIST),
            positive,
            negative,
            distinct(section, "attributes", LIST));
    section.refuseUnknown();
    return read;
  }

  private static List<String> distinct(YamlSection section, String key, String expected) {
    List<String> texts = section.texts(key, expected).stream().map(String::strip).toList();
    if (texts.stream().distinct().count() < texts.size()) {
      throw section.wrong(key, "each of them once");
    }
    return texts;
  }
}
