package dev.auscult.adapt;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.TextItem;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The prompts of each class-concept combination, before they are embedded.
 *
 * @param texts different from each other; the first of a combination is its canonical one
 * @param combinationOf for each text its combination
 * @param none the prompt that says that nothing is found
 */
public record ClassPrompts(List<String> texts, List<Integer> combinationOf, String none) {
  /** What SCALE weighs each combination against (section 2.3.2). */
  public static final String NO_FINDING = "No finding.";

  /** Copies and checks the lists. */
  public ClassPrompts {
    texts = List.copyOf(texts);
    combinationOf = List.copyOf(combinationOf);
    if (texts.size() != combinationOf.size() || new HashSet<>(texts).size() != texts.size()) {
      throw new IllegalArgumentException(
          "%d texts, some perhaps twice, for %d combinations"
              .formatted(texts.size(), combinationOf.size()));
    }
  }

  /**
   * The prompts of each combination in turn.
   *
   * @throws InputException if two combinations share a prompt, or one has none
   */
  public static ClassPrompts of(List<List<String>> prompts, String none) {
    List<String> texts = new ArrayList<>();
    List<Integer> combinationOf = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int combination = 0; combination < prompts.size(); combination++) {
      for (String text : new LinkedHashSet<>(prompts.get(combination))) {
        requireNew(text, seen.add(text));
        texts.add(text);
        combinationOf.add(combination);
      }
    }
    return new ClassPrompts(texts, combinationOf, none);
  }

  private static void requireNew(String text, boolean isNew) {
    if (!isNew) {
      throw new InputException(
          "prompts",
          "\"" + text + "\" for two labels",
          "prompts that tell the labels apart",
          "name the labels differently, or use a template with {} in it");
    }
  }

  /** Their vectors. */
  public ClassTexts embed(Embedder embedder, Progress progress) {
    List<TextItem> items = new ArrayList<>();
    texts.forEach(text -> items.add(new TextItem(text, text)));
    items.add(new TextItem(none, none));
    FloatMatrix vectors = embedder.texts(items, progress).embeddings().vectors();
    int last = texts.size();
    float[] values = new float[last * vectors.columns()];
    System.arraycopy(vectors.toArray(), 0, values, 0, values.length);
    return new ClassTexts(
        new FloatMatrix(last, vectors.columns(), values),
        combinationOf,
        new FloatMatrix(1, vectors.columns(), vectors.row(last)));
  }
}
