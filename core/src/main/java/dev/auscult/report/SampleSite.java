package dev.auscult.report;

import dev.auscult.balance.AuditTask;
import dev.auscult.base.AtomicFile;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.data.Sample;
import dev.auscult.image.RgbImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All audited samples as a folder of pages beside the report: a list to browse, sort and filter,
 * and a page per sample. Every page reads without scripts; images are files that are loaded when
 * seen, and what the list's script sorts by comes in portions.
 *
 * @param task what was scored
 * @param models the audited models
 * @param samples all samples in the order of the data
 * @param footer the last line of every page
 */
record SampleSite(AuditTask task, List<AuditedModel> models, List<Sample> samples, String footer) {
  /** The folder's name beside the report. */
  static final String FOLDER = "samples";

  /** Copies the lists. */
  SampleSite {
    models = List.copyOf(models);
    samples = List.copyOf(samples);
  }

  /** The file of a sample's page in the folder. */
  static String file(int number) {
    return "%06d.html".formatted(number);
  }

  /**
   * Writes the folder, file by file, each whole or not at all.
   *
   * @throws IOException if it cannot be written
   */
  void write(Path report, Progress progress) throws IOException {
    Path folder = report.resolve(FOLDER);
    AtomicFile.writeString(folder.resolve("report.css"), HtmlPage.resource("report.css"));
    AtomicFile.writeString(folder.resolve("report.js"), HtmlPage.resource("report.js"));
    AtomicFile.writeString(folder.resolve("samples.js"), HtmlPage.resource("samples.js"));
    FileImages images = new FileImages(folder);
    List<SampleRow> rows = new ArrayList<>();
    try (Progress.Task task = progress.begin("writing pages", samples.size())) {
      for (int i = 0; i < samples.size(); i++) {
        rows.add(writeSample(folder, i, images));
        task.advance(1);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    new SampleList(task, models.stream().map(AuditedModel::name).toList(), rows, footer)
        .write(folder);
  }

  private SampleRow writeSample(Path folder, int index, FileImages images) throws IOException {
    Sample sample = samples.get(index);
    List<SamplePanel.Shown> shown = List.of();
    String trouble = "";
    try {
      shown = SamplePanel.shown(models, sample.id());
    } catch (InputException e) {
      trouble = String.valueOf(e.getMessage());
    }
    HtmlWriter out = new HtmlWriter(false);
    SitePage page = new SitePage("Sample " + sample.id(), footer, List.of("report.js"));
    page.begin(out);
    neighbours(out, index);
    out.start("article", "class", "sample");
    if (trouble.isEmpty()) {
      new SamplePanel(task, sample, shown, images, false).write(out);
    } else {
      out.element("p", "Its image can no longer be shown: " + trouble, "class", "notice");
    }
    attributes(out, sample);
    out.end();
    AtomicFile.writeString(folder.resolve(file(index + 1)), page.end(out));
    String image = shown.isEmpty() ? "" : images.address(shown.get(0).view().image());
    return SampleRow.of(index + 1, task, sample, image, models, shown);
  }

  private void neighbours(HtmlWriter out, int index) {
    out.start("nav", "aria-label", "Samples").start("ul");
    out.start("li").element("a", "Report", "href", "../index.html").end();
    out.start("li").element("a", "All samples", "href", SampleList.page(index)).end();
    if (index > 0) {
      out.start("li").element("a", "Previous", "href", file(index), "rel", "prev").end();
    }
    if (index + 1 < samples.size()) {
      out.start("li").element("a", "Next", "href", file(index + 2), "rel", "next").end();
    }
    out.start("li").text("%,d of %,d".formatted(index + 1, samples.size())).end();
    out.end().end();
  }

  private static void attributes(HtmlWriter out, Sample sample) {
    List<List<String>> rows = new ArrayList<>();
    sample.patient().ifPresent(patient -> rows.add(List.of("patient", patient)));
    sample.split().ifPresent(split -> rows.add(List.of("split", split)));
    sample.label().ifPresent(label -> rows.add(List.of("label", label)));
    sample.concept().ifPresent(concept -> rows.add(List.of("concept", concept)));
    sample.category().ifPresent(category -> rows.add(List.of("category", category)));
    sample.attributes().forEach((name, value) -> rows.add(List.of(name, value)));
    if (!rows.isEmpty()) {
      Block.table(
              new Table(
                  "What the data set says of this sample",
                  List.of(Table.Column.words("attribute"), Table.Column.words("value")),
                  rows))
          .write(out);
    }
  }

  /** Images as files that are called after their pixels, each written once. */
  private static final class FileImages implements ViewImages {
    private final Path folder;
    private final Set<String> known = new HashSet<>();

    FileImages(Path folder) {
      this.folder = folder;
    }

    @Override
    public String address(RgbImage image) {
      String size = image.width() + " x " + image.height();
      ContentHash pixels = ContentHash.of(image.toBytes());
      String name = "images/" + ContentHash.of(size, pixels.hex()).hex().substring(0, 24) + ".png";
      try {
        if (known.add(name) && Files.notExists(folder.resolve(name))) {
          byte[] png = PictureFormat.png(PictureFormat.buffered(image));
          AtomicFile.write(folder.resolve(name), out -> out.write(png));
        }
        return name;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
