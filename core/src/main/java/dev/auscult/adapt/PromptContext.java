package dev.auscult.adapt;

import dev.auscult.base.InputException;
import dev.auscult.data.LabelMode;
import dev.auscult.model.ContextTower;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Parameters;
import dev.auscult.model.TextTransformer;
import dev.auscult.model.Towers;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Tensor;
import dev.auscult.text.Tokenizer;
import dev.auscult.text.Tokens.Token;
import java.util.List;
import java.util.Map;

/**
 * Learnt context vectors before the words of every text (CoOp, Zhou 2022). Images are embedded as
 * ever; texts, also of classes that were not trained on, with the context.
 *
 * @param vectors the context {@code [M, width]}
 * @param texts the labels' texts with it, unit rows {@code [combinations, d]}
 * @param none that of nothing found, {@code [1, d]}
 */
public record PromptContext(FloatMatrix vectors, FloatMatrix texts, FloatMatrix none)
    implements EncoderAdapter {
  private static final String CONTEXT = "context";

  /** Checks the sizes. */
  public PromptContext {
    if (vectors.rows() < 1 || none.rows() != 1 || none.columns() != texts.columns()) {
      throw new IllegalArgumentException(
          "context [%d, %d], texts [%d, %d], nothing [%d, %d]"
              .formatted(
                  vectors.rows(),
                  vectors.columns(),
                  texts.rows(),
                  texts.columns(),
                  none.rows(),
                  none.columns()));
    }
  }

  /** Of the labels that it was trained on, whatever {@code own} texts the model has. */
  @Override
  public FloatMatrix scores(FloatMatrix images, ClassTexts own, LabelMode mode, double logitScale) {
    return TextScores.of(images, texts, none, mode, logitScale);
  }

  @Override
  public DualEncoder on(DualEncoder model) {
    Towers towers =
        model.towers().orElseThrow(() -> refusal(model, "which another engine computes"));
    Parameters owned = new Parameters(Map.of(CONTEXT, Tensor.unscoped(() -> Tensor.of(vectors))));
    try {
      ContextTower text =
          new ContextTower(
              transformer(model, towers), owned.get(CONTEXT), leading(model.tokenizer()));
      return model.with(new Towers(towers.image(), text, towers.score()), owned);
    } catch (IllegalArgumentException e) {
      owned.close();
      throw refusal(model, String.valueOf(e.getMessage()));
    } catch (InputException e) {
      owned.close();
      throw e;
    }
  }

  /** The text encoder, if it takes vectors in place of tokens. */
  static TextTransformer transformer(DualEncoder model, Towers towers) {
    if (towers.text() instanceof TextTransformer transformer) {
      return transformer;
    }
    throw refusal(model, "a text encoder of tokens only");
  }

  private static InputException refusal(DualEncoder model, String found) {
    return new InputException(
        "model " + model.identity().name(),
        found,
        "a text transformer that takes the learnt context in place of tokens",
        "name another model, or use another method, such as scale");
  }

  /** How many special tokens stand before every text. */
  static int leading(Tokenizer tokenizer) {
    List<Token> tokens = tokenizer.encode("a").tokens();
    int leading = 0;
    while (leading < tokens.size() && tokens.get(leading).special()) {
      leading++;
    }
    return leading;
  }
}
