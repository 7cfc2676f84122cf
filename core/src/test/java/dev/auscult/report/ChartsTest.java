package dev.auscult.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.metric.Estimate;
import dev.auscult.report.Charts.Axes;
import dev.auscult.report.Charts.Curve;
import dev.auscult.report.Charts.NamedEstimate;
import dev.auscult.report.Charts.NamedValues;
import dev.auscult.report.Charts.Point;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ChartsTest {
  private static final Path PREVIEW = Path.of("target", "report-preview");

  private static Picture shares() {
    return Charts.modalityShares(
        "shares",
        List.of(
            new NamedEstimate("phantom", new Estimate(0.46, 0.1, 0.43, 0.49, 60)),
            new NamedEstimate("phantom:overlay-shortcut", new Estimate(0.21, 0.1, 0.17, 0.26, 60)),
            new NamedEstimate("phantom:text-shortcut", new Estimate(0.83, 0.1, 0.79, 0.86, 60)),
            new NamedEstimate("hf:silent/model", Estimate.undefined())));
  }

  private static List<Double> values(long seed, double centre) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, 200)
        .mapToObj(i -> Math.max(-1, Math.min(1, centre + 0.18 * random.nextGaussian())))
        .toList();
  }

  private static Picture deltas() {
    return Charts.deltaDistribution(
        "deltas",
        List.of(
            new NamedValues("phantom", values(1, -0.08)),
            new NamedValues("phantom:overlay-shortcut", values(2, -0.6)),
            new NamedValues("phantom:text-shortcut", values(3, 0.7))));
  }

  private static Picture curves() {
    return Charts.curves(
        "loss",
        new Axes("Loss over epochs.", "epoch", "loss (nats)", false),
        List.of(
            new Curve(
                "training",
                IntStream.range(1, 13).mapToObj(e -> new Point(e, 3.0 / e + 0.4, 0)).toList()),
            new Curve(
                "validation",
                IntStream.range(1, 13).mapToObj(e -> new Point(e, 3.0 / e + 0.7, 0.08)).toList())));
  }

  private static Document parsed(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }

  @Test
  void everyChartIsWellFormedSvgThatSaysWhatItShows() throws Exception {
    for (Picture picture : List.of(shares(), deltas(), curves())) {
      Document svg = parsed(PictureFormat.svg(picture));

      assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
      assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
          .isEqualTo(picture.alt());
      assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThan(20);
    }
  }

  @Test
  void theSamePictureHasTheSameBytes() {
    for (Picture picture : List.of(shares(), deltas(), curves())) {
      assertThat(PictureFormat.svg(picture)).isEqualTo(PictureFormat.svg(picture));
      assertThat(PictureFormat.png(picture)).isEqualTo(PictureFormat.png(picture));
    }
  }

  @Test
  void pngHasTwiceTheSizeForSharpPrint() throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(PictureFormat.png(shares())));

    assertThat(image.getWidth()).isEqualTo(2 * shares().width());
    assertThat(image.getHeight()).isEqualTo(2 * shares().height());
    assertThat(image.getRGB(1, 1)).isEqualTo(0xffffffff);
  }

  @Test
  void alternativeTextTellsTheFigures() {
    assertThat(shares().alt())
        .contains("phantom:text-shortcut: TScore 0.830 [0.790, 0.860]")
        .contains("hf:silent/model: TScore NA");
    assertThat(deltas().alt()).contains("phantom: 200 samples, median");
  }

  @Test
  void everyDeltaFallsIntoOneBin() {
    assertThat(DeltaHistograms.counts(List.of(-1.0, -0.96, 0.0, 1.0)))
        .hasSize(40)
        .startsWith(2)
        .endsWith(1);
    assertThat(IntStream.of(DeltaHistograms.counts(values(1, 0))).sum()).isEqualTo(200);
  }

  @Test
  void survivesModelsWithoutSamplesAndHostileNames() throws Exception {
    String hostile = "$\\input{x}$\u0000\u202e<script>" + "x".repeat(500);
    Picture bars =
        Charts.modalityShares("a", List.of(new NamedEstimate(hostile, Estimate.undefined())));
    Picture histogram = Charts.deltaDistribution("b", List.of(new NamedValues(hostile, List.of())));

    parsed(PictureFormat.svg(bars));
    parsed(PictureFormat.svg(histogram));
    assertThat(PictureFormat.png(histogram)).isNotEmpty();
  }

  /** Rows of dots of the first series that the eye tells apart, below the legend. */
  private static int rowsOfDots(Picture picture) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(PictureFormat.png(picture)));
    int rows = 0;
    boolean within = false;
    for (int y = 2 * 24; y < image.getHeight(); y++) {
      boolean dotted = false;
      for (int x = 0; x < image.getWidth(); x++) {
        dotted |= image.getRGB(x, y) == Palette.curve(0).getRGB();
      }
      rows += dotted && !within ? 1 : 0;
      within = dotted;
    }
    return rows;
  }

  @Test
  void rowsOfIntervalsLieApartHoweverFew() throws IOException {
    for (int rows = 1; rows <= 8; rows++) {
      Picture picture =
          IntervalChart.picture(
              "words",
              "What the words do.",
              "points",
              List.of("phantom"),
              List.of(
                  new IntervalChart.Group(
                      "text",
                      IntStream.range(0, rows)
                          .mapToObj(
                              i ->
                                  new IntervalChart.Row(
                                      "kind " + i,
                                      List.of(Optional.of(new Estimate(i, 1, i - 2, i + 2, 40)))))
                          .toList())));

      assertThat(rowsOfDots(picture)).as("%d rows", rows).isEqualTo(rows);
    }
  }

  @Test
  void refusesNamesThatAreNotFileNames() {
    assertThatThrownBy(() -> Charts.modalityShares("../x", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writesPreviewsForTheEye() throws IOException {
    Files.createDirectories(PREVIEW);
    for (Picture picture : List.of(shares(), deltas(), curves())) {
      Files.writeString(PREVIEW.resolve(picture.name() + ".svg"), PictureFormat.svg(picture));
      Files.write(PREVIEW.resolve(picture.name() + ".png"), PictureFormat.png(picture));
    }
    assertThat(PREVIEW.resolve("shares.svg")).isNotEmptyFile();
  }
}
