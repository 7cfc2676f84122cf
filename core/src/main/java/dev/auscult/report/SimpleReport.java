package dev.auscult.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The page of a command without a report of its own: what it found, in sections, with what it ran
 * on and how to run it again.
 *
 * @param title what was done
 * @param finding what came out, in a sentence
 * @param sections tables, charts and words, in order
 * @param run the result with its provenance
 */
public record SimpleReport(String title, String finding, List<Section> sections, RunReport run) {

  /** Copies the list. */
  public SimpleReport {
    sections = List.copyOf(sections);
  }

  /**
   * Writes {@code pictures/}, {@code index.html} and, last, {@code result.json} into {@code
   * folder}, each file whole or not at all.
   *
   * @throws IOException if the folder cannot be written
   */
  public void write(Path folder) throws IOException {
    page().write(folder);
    run.write(folder);
  }

  HtmlPage page() {
    List<Section> all = new ArrayList<>();
    List<Block> audited = RunSections.audited(run.provenance());
    if (!audited.isEmpty()) {
      all.add(new Section("Models and data", audited));
    }
    all.addAll(sections);
    all.add(RunSections.configuration(run));
    all.add(RunSections.reproduce(run));
    return new HtmlPage(title, finding, all, RunSections.footer(run.provenance()));
  }
}
