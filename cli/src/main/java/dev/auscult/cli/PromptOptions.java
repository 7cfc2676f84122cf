package dev.auscult.cli;

import dev.auscult.base.UsageException;
import dev.auscult.zeroshot.ClassDefinition;
import dev.auscult.zeroshot.PromptSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Classes and their wording from a prompt set. */
final class PromptOptions {
  @Option(
      names = "--prompts",
      paramLabel = "FILE|NAME",
      description =
          "A prompt set, classes with their wording: a YAML file (docs/zero-shot.md), or chest-xray,"
              + " chest-xray-phrases, dermatoscopy, phantom.")
  private @Nullable String prompts;

  @Option(
      names = "--definition",
      paramLabel = "HOW",
      description =
          "What stands for a class of --prompts: names, pairs or attributes (default: the set's"
              + " own).")
  private @Nullable ClassDefinition definition;

  /**
   * The set, if one was given.
   *
   * @throws dev.auscult.base.InputException if it is broken or cannot define classes so
   */
  Optional<PromptSet> read() {
    if (prompts == null) {
      if (definition != null) {
        throw new UsageException(
            "--definition " + definition.label(), "no --prompts", "a prompt set", "name one");
      }
      return Optional.empty();
    }
    PromptSet set = PromptSet.named(prompts);
    return Optional.of(definition == null ? set : set.definedBy(definition));
  }

  /** Adds the choice, and every text that follows from it, to what identifies a run. */
  static void describe(PromptSet set, Run run) {
    run.with("prompts", set.name())
        .with("definition", set.definition().label())
        .with("texts", set.texts());
  }
}
