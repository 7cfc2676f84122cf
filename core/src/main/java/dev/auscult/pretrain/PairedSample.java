package dev.auscult.pretrain;

import dev.auscult.base.ContentHash;
import dev.auscult.data.ImageSource;
import java.util.Optional;

/**
 * An image with the texts it is trained with; at least one is there.
 *
 * @param id unique over all sources, for messages
 * @param imageHash identifies the pixels; several samples may share an image
 * @param label the class and its concept, as a prompt
 */
record PairedSample(
    String id,
    ImageSource image,
    ContentHash imageHash,
    Optional<String> caption,
    Optional<QuestionAnswer> question,
    Optional<String> label) {

  /** The text that retrieval looks for: the caption, or else question and answer. */
  String mainText() {
    return caption.or(() -> question.map(QuestionAnswer::text)).orElseThrow();
  }
}
