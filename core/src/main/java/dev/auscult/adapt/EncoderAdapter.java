package dev.auscult.adapt;

import dev.auscult.model.DualEncoder;

/** An adapter that changes an encoder itself: whatever is embedded then is embedded differently. */
public sealed interface EncoderAdapter extends Adapter permits PromptContext, LowRankAdapter {

  /**
   * The changed model, which the caller closes before the model itself.
   *
   * @param model that the adapter was trained on
   * @throws dev.auscult.base.InputException if its networks are not those of the adapter
   */
  DualEncoder on(DualEncoder model);
}
