package dev.auscult.pretrain;

import dev.auscult.base.Seed;
import dev.auscult.data.phantom.CueMode;
import dev.auscult.data.phantom.Finding;
import dev.auscult.data.phantom.OverlayMode;
import dev.auscult.data.phantom.Phantom;
import dev.auscult.data.phantom.PhantomConfig;
import dev.auscult.data.phantom.PhantomDataset;
import dev.auscult.data.phantom.Question;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.DualEncoder;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures a model on phantoms that no training run has seen, of another seed than those in {@code
 * configs/}, and prints each figure.
 */
record PhantomBenchmark(DualEncoder model) {
  private static final Seed UNSEEN = new Seed(20_260_000);

  /** Share of phantoms whose own finding has the most similar prompt, of {@code n}. */
  double zeroShot(int n, OverlayMode overlay) {
    return printed("zero-shot, overlay " + overlay.term(), n, measureZeroShot(n, overlay));
  }

  private double measureZeroShot(int n, OverlayMode overlay) {
    PhantomDataset phantoms = phantoms(n, overlay, CueMode.NONE);
    FloatMatrix images = images(phantoms, n);
    List<String> prompts = Finding.prompts();
    FloatMatrix embedded = texts(prompts);
    return share(
        n,
        i ->
            prompts
                .get(mostSimilar(images, i, embedded))
                .equals(phantoms.phantom(i).finding().prompt()));
  }

  /** Share of questions whose right answer scores highest among the category's candidates. */
  double answers(int n, CueMode cue) {
    return printed("answers, cue " + cue.term(), n, measureAnswers(n, cue));
  }

  private double measureAnswers(int n, CueMode cue) {
    PhantomDataset phantoms = phantoms(n, OverlayMode.NONE, cue);
    List<Question> questions =
        IntStream.range(0, n).mapToObj(i -> phantoms.phantom(i).question()).toList();
    FloatMatrix images = images(phantoms, n);
    FloatMatrix answered = texts(questions.stream().flatMap(PhantomBenchmark::answered).toList());
    int first = 0;
    int right = 0;
    for (int i = 0; i < n; i++) {
      Question question = questions.get(i);
      int end = first + question.candidates().size();
      int chosen = mostSimilar(images, i, answered, first, end) - first;
      right += question.candidates().get(chosen).equals(question.answer()) ? 1 : 0;
      first = end;
    }
    return (double) right / n;
  }

  private static Stream<String> answered(Question question) {
    return question.candidates().stream()
        .map(answer -> "Question: %s Answer: %s".formatted(question.text(), answer));
  }

  /** What {@link #answers} would be by guessing. */
  double chance(int n) {
    PhantomDataset phantoms = phantoms(n, OverlayMode.NONE, CueMode.NONE);
    return IntStream.range(0, n)
        .mapToDouble(i -> 1.0 / phantoms.phantom(i).question().candidates().size())
        .average()
        .orElseThrow();
  }

  /**
   * Share of images whose own caption is among the five most similar of {@code n} captions, each of
   * another combination of finding, severity, view and device.
   */
  double recallAt5(int n) {
    return printed("recall@5 of captions", n, measureRecallAt5(n));
  }

  private double measureRecallAt5(int n) {
    PhantomDataset phantoms = phantoms(12 * n, OverlayMode.NONE, CueMode.NONE);
    Map<String, Phantom> distinct = new LinkedHashMap<>();
    for (int i = 0; i < phantoms.config().n() && distinct.size() < n; i++) {
      Phantom phantom = phantoms.phantom(i);
      String combination =
          "%s %s %s %s"
              .formatted(phantom.finding(), phantom.severity(), phantom.view(), phantom.device());
      distinct.putIfAbsent(combination, phantom);
    }
    List<Phantom> chosen = List.copyOf(distinct.values());
    FloatMatrix images = images(chosen);
    FloatMatrix captions = texts(chosen.stream().map(Phantom::caption).toList());
    return share(
        n,
        i ->
            IntStream.range(0, n)
                    .filter(j -> j != i && images.dot(i, captions, j) >= images.dot(i, captions, i))
                    .count()
                < 5);
  }

  private double printed(String what, int n, double value) {
    System.out.printf(
        Locale.ROOT, "%s: %s, %d phantoms: %.3f%n", model.identity().name(), what, n, value);
    return value;
  }

  private static PhantomDataset phantoms(int n, OverlayMode overlay, CueMode cue) {
    return new PhantomDataset(PhantomConfig.of(n, UNSEEN).withOverlay(overlay).withCue(cue));
  }

  private FloatMatrix images(PhantomDataset phantoms, int n) {
    return images(IntStream.range(0, n).mapToObj(phantoms::phantom).toList());
  }

  private FloatMatrix images(List<Phantom> phantoms) {
    FloatMatrix rows = new FloatMatrix(0, model.dimension(), new float[0]);
    for (int from = 0; from < phantoms.size(); from += 100) {
      List<PixelBatch> pixels = new ArrayList<>();
      for (Phantom phantom : phantoms.subList(from, Math.min(phantoms.size(), from + 100))) {
        pixels.add(model.imageTransform().apply(phantom.image()));
      }
      rows = rows.append(model.encodeImages(PixelBatch.stack(pixels)));
    }
    return rows;
  }

  private FloatMatrix texts(List<String> texts) {
    return model.encodeTexts(
        texts.stream().map(text -> model.tokenizer().encode(text).ids()).toArray(int[][]::new));
  }

  private static int mostSimilar(FloatMatrix images, int image, FloatMatrix texts) {
    return mostSimilar(images, image, texts, 0, texts.rows());
  }

  private static int mostSimilar(
      FloatMatrix images, int image, FloatMatrix texts, int first, int end) {
    int best = first;
    for (int text = first + 1; text < end; text++) {
      best = images.dot(image, texts, text) > images.dot(image, texts, best) ? text : best;
    }
    return best;
  }

  private static double share(int n, IntFunction<Boolean> holds) {
    return IntStream.range(0, n).mapToObj(holds).filter(held -> held).count() / (double) n;
  }
}
