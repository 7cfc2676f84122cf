package dev.auscult.text;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A named set of prompt templates, used together as an ensemble.
 *
 * @param name what reports call it
 * @param domain the field it is worded for, e.g. {@code radiology}
 * @param templates at least one, each different
 */
public record PromptTemplates(String name, String domain, List<PromptTemplate> templates) {
  private static final List<String> SHIPPED =
      List.of("radiology", "dermatology", "pathology", "phantom", "plain");

  private static final int MAX_BYTES = 1 << 20;

  /** Checks the set. */
  public PromptTemplates {
    templates = List.copyOf(templates);
    if (templates.isEmpty() || templates.stream().distinct().count() < templates.size()) {
      throw new IllegalArgumentException("no templates, or one of them twice");
    }
  }

  /** The names that {@link #shipped} knows. */
  public static List<String> shippedNames() {
    return SHIPPED;
  }

  /**
   * A set that comes with the library.
   *
   * @throws InputException listing the known names if {@code name} is none of them
   */
  public static PromptTemplates shipped(String name) {
    if (!SHIPPED.contains(name)) {
      throw new InputException(
          "templates",
          "\"" + name + "\"",
          "one of " + String.join(", ", SHIPPED) + ", or a file",
          "choose one, or write a file with one template per line");
    }
    String resource = "templates/" + name + ".yaml";
    try (InputStream in = PromptTemplates.class.getResourceAsStream(resource)) {
      return new TemplateFile(new BoundedFile(resource, present(in, resource).readAllBytes()))
          .yaml(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file: one template per line (blank lines and lines that begin with {@code #} left out),
   * or for names that end in {@code .yaml} or {@code .yml} a list of templates, or an object with
   * {@code name}, {@code domain} and the list {@code templates}.
   *
   * @throws InputException naming the line that is no template
   */
  public static PromptTemplates load(Path file) {
    TemplateFile content = new TemplateFile(BoundedFile.read(file, MAX_BYTES));
    String name = String.valueOf(file.getFileName());
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".yaml") || lower.endsWith(".yml")
        ? content.yaml(name)
        : content.lines(name);
  }

  /** The prompts of a class, in the order of the templates. */
  public List<String> prompts(String className) {
    return templates.stream().map(template -> template.fill(className)).toList();
  }

  private static InputStream present(@Nullable InputStream in, String resource) {
    if (in == null) {
      throw new IllegalStateException(resource + " is missing from the library");
    }
    return in;
  }
}
