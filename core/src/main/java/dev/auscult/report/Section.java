package dev.auscult.report;

import java.util.List;

/**
 * A part of a page under a heading.
 *
 * @param title the heading
 * @param blocks what stands below it
 */
public record Section(String title, List<Block> blocks) {

  /** Copies the list. */
  public Section {
    blocks = List.copyOf(blocks);
  }

  /** A section of these blocks. */
  public static Section of(String title, Block... blocks) {
    return new Section(title, List.of(blocks));
  }
}
