package dev.auscult.data;

import dev.auscult.base.ContentHash;
import java.util.List;

/**
 * An ordered collection of samples; the descriptions are in memory, the images are not.
 *
 * <p>Ids are unique. The order is the source's own and the same on every machine.
 */
public interface Dataset {

  /** How the user names it, e.g. {@code vqa-rad}. */
  String name();

  /** All samples in order. */
  List<Sample> samples();

  /** What was left out while reading, with the reason; never silently empty. */
  List<Skipped> skipped();

  /** Identifies descriptions and image contents. */
  ContentHash hash();

  /**
   * An entry that could not become a sample.
   *
   * @param id the entry's id, or its line
   * @param reason one line
   */
  record Skipped(String id, String reason) {}
}
