package dev.auscult.balance;

import dev.auscult.data.Sample;
import dev.auscult.model.DualEncoder;
import dev.auscult.text.Tokens;

/** The masked inputs of captioned samples. */
final class ToyInputs {
  private ToyInputs() {}

  static MaskableText text(DualEncoder encoder, Sample sample, Masking masking) {
    Tokens tokens = encoder.tokenizer().encode(sample.text().orElseThrow());
    return new MaskableText(
        tokens, token -> true, masking, encoder.tokenizer(), encoder.pooledPosition(tokens.ids()));
  }

  static MaskableImage image(DualEncoder encoder, Sample sample, Masking masking) {
    return new MaskableImage(
        encoder.imageTransform().apply(sample.image().read()),
        encoder.patchGrid(),
        masking.imagePlayers().cells(encoder.patchGrid(), text(encoder, sample, masking).players()),
        masking.imageMask());
  }
}
