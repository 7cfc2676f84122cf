package dev.auscult.balance;

import dev.auscult.balance.EncoderPasses.Encoded;
import dev.auscult.data.Sample;
import java.util.List;
import java.util.stream.Stream;

/**
 * A sample whose explanation is known, with its two sides open for further passes.
 *
 * @param sample the sample
 * @param balance its explanation
 * @param image the image with its cells masked
 * @param imageName identifies the image
 * @param text the text with its tokens masked
 * @param textName identifies the text with its players and its mask
 */
record ExplainedSample(
    Sample sample,
    SampleBalance balance,
    Encoded<MaskableImage> image,
    String imageName,
    Encoded<MaskableText> text,
    String textName) {

  /** Checks that the explanation is one of these players. */
  ExplainedSample {
    if (image.input().players() != balance.image().phi().size()
        || text.input().players() != balance.text().phi().size()) {
      throw new IllegalStateException(
          "sample %s: %d cells and %d tokens, an explanation of %d and %d"
              .formatted(
                  sample.id(),
                  image.input().players(),
                  text.input().players(),
                  balance.image().phi().size(),
                  balance.text().phi().size()));
    }
  }

  /** Contributions of the image's players, then of the text's. */
  List<Double> contributions() {
    return Stream.concat(balance.image().phi().stream(), balance.text().phi().stream()).toList();
  }

  /** {@code f(full) - f(empty)}. */
  double gain() {
    return balance.scores().full() - balance.scores().empty();
  }

  /** Whether another sample shows another image beside another text. */
  boolean differsFrom(ExplainedSample other) {
    return !imageName.equals(other.imageName) && !textName.equals(other.textName);
  }
}
