package dev.auscult.pretrain;

import dev.auscult.base.ContentHash;
import dev.auscult.data.ImageFinding;
import dev.auscult.data.ImageSource;
import java.util.List;
import java.util.Optional;

/**
 * An image with the texts it is trained with; where they are matched by labels there may be none.
 *
 * @param id unique over all sources, for messages
 * @param imageHash identifies the pixels; several samples may share an image
 * @param label the class and its concept, as a prompt
 * @param findings everything it is labelled with
 */
record PairedSample(
    String id,
    ImageSource image,
    ContentHash imageHash,
    Optional<String> caption,
    Optional<QuestionAnswer> question,
    Optional<String> label,
    List<ImageFinding> findings) {

  /** Copies the list. */
  PairedSample {
    findings = List.copyOf(findings);
  }

  /** The text that retrieval looks for: the caption, or else question and answer. */
  Optional<String> mainText() {
    return caption.or(() -> question.map(QuestionAnswer::text));
  }
}
