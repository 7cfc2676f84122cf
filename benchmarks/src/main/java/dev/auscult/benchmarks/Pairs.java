package dev.auscult.benchmarks;

import dev.auscult.data.Dataset;
import dev.auscult.data.Sample;
import dev.auscult.image.RgbImage;
import dev.auscult.text.Tokenizer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Images with texts of a wanted number of tokens. */
final class Pairs {
  private static final String BETWEEN = " ";

  private final List<Sample> samples;
  private final Tokenizer tokenizer;

  Pairs(Dataset data, Tokenizer tokenizer) {
    this.samples = data.samples().stream().filter(one -> one.text().isPresent()).toList();
    this.tokenizer = tokenizer;
  }

  RgbImage image(int sample) {
    return samples.get(sample).image().read();
  }

  /** The beginning of a sample's text; where it is too short, texts of the next ones follow. */
  String text(int sample, int tokens) {
    String all =
        IntStream.range(sample, sample + tokens)
            .mapToObj(i -> samples.get(i % samples.size()).text().orElseThrow())
            .collect(Collectors.joining(BETWEEN));
    return IntStream.rangeClosed(1, all.length())
        .mapToObj(end -> all.substring(0, end))
        .filter(text -> players(text) == tokens)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no text of " + tokens + " tokens"));
  }

  private long players(String text) {
    return tokenizer.encode(text).tokens().stream().filter(token -> !token.special()).count();
  }
}
