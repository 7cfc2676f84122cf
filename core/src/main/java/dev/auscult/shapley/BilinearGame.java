package dev.auscult.shapley;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A game of two groups of players who meet only in an inner product: {@code f(S, T) = scale *
 * <u(S), v(T)>}, as the score of a dual encoder.
 *
 * <p>As a {@link CooperativeGame} its players are those of the image, then those of the text.
 *
 * @param image {@code u}, of {@code nI} players
 * @param text {@code v}, of {@code nT} players
 * @param scale the factor on the inner product, the model's logit scale
 */
public record BilinearGame(GameSide image, GameSide text, double scale) implements CooperativeGame {

  @Override
  public int players() {
    return image.players() + text.players();
  }

  /** Encodes every distinct coalition of a side once. */
  @Override
  public double[] values(List<Coalition> coalitions) {
    List<Coalition> images = project(coalitions, c -> c.slice(0, image.players()));
    List<Coalition> texts = project(coalitions, c -> c.slice(image.players(), text.players()));
    Map<Coalition, Integer> imageRows = distinct(images);
    Map<Coalition, Integer> textRows = distinct(texts);
    Vectors u = image.encode(List.copyOf(imageRows.keySet()));
    Vectors v = text.encode(List.copyOf(textRows.keySet()));
    double[] values = new double[coalitions.size()];
    for (int c = 0; c < values.length; c++) {
      int i = imageRows.getOrDefault(images.get(c), -1);
      int t = textRows.getOrDefault(texts.get(c), -1);
      values[c] = scale * u.dot(i, v, t);
    }
    return values;
  }

  private static List<Coalition> project(
      List<Coalition> coalitions, Function<Coalition, Coalition> side) {
    return coalitions.stream().map(side).toList();
  }

  private static Map<Coalition, Integer> distinct(List<Coalition> coalitions) {
    Map<Coalition, Integer> rows = new LinkedHashMap<>();
    coalitions.forEach(coalition -> rows.putIfAbsent(coalition, rows.size()));
    return rows;
  }
}
