package dev.auscult.cli;

import dev.auscult.text.PromptTemplates;
import java.nio.file.Path;

/** What a user writes after {@code --templates}. */
final class TemplateOption {
  private TemplateOption() {}

  /** A set that ships, by name, or that of a file. */
  static PromptTemplates read(String nameOrFile) {
    return PromptTemplates.shippedNames().contains(nameOrFile)
        ? PromptTemplates.shipped(nameOrFile)
        : PromptTemplates.load(Path.of(nameOrFile));
  }
}
