package dev.auscult.adapt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Which words of a label follow a learnt context. */
public enum PromptWords {
  /** Its name and a full stop, as published. */
  NAME,
  /** Its canonical prompt. */
  PROMPT;

  /** The words of each label. */
  List<String> of(LabelHierarchy labels, ClassPrompts prompts) {
    return switch (this) {
      case NAME ->
          labels.names().stream().map(name -> name.endsWith(".") ? name : name + ".").toList();
      case PROMPT -> {
        List<String> canonical = new ArrayList<>();
        IntStream.range(0, labels.size())
            .map(prompts.combinationOf()::indexOf)
            .forEach(first -> canonical.add(prompts.texts().get(first)));
        yield canonical;
      }
    };
  }
}
