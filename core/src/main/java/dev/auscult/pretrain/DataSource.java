package dev.auscult.pretrain;

import dev.auscult.data.phantom.CueMode;
import dev.auscult.data.phantom.OverlayMode;

/** Where a part of the training pairs comes from. */
public sealed interface DataSource {

  /** Which texts of its samples make pairs. */
  TextChoice texts();

  /** How the source is written in a configuration, for messages. */
  String describe();

  /**
   * A data set as the command line names it.
   *
   * @param name {@code D} of the command line, e.g. {@code vqa-rad:../data/vqa-rad} or a manifest
   * @param limit at most so many samples, from the first; 0 for all
   */
  record Named(String name, int limit, TextChoice texts) implements DataSource {
    @Override
    public String describe() {
      return name;
    }
  }

  /**
   * Phantoms drawn on the fly. Only those of the generator's own training and validation splits are
   * used: its test patients stay unseen.
   *
   * @param samples how many phantoms, of all splits
   * @param seed from which they are drawn
   * @param size their side in pixels
   * @param overlay burned-in text
   * @param cue whether the wording of a question betrays its answer
   */
  record Phantoms(
      int samples, long seed, int size, OverlayMode overlay, CueMode cue, TextChoice texts)
      implements DataSource {
    @Override
    public String describe() {
      return "phantom (seed %d, overlay %s, cue %s)".formatted(seed, overlay.term(), cue.term());
    }
  }
}
