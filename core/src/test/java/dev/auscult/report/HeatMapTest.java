package dev.auscult.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.balance.AuditTask;
import dev.auscult.balance.ImageContributions;
import dev.auscult.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HeatMapTest {
  private static final ImageContributions PATCHES =
      new ImageContributions(
          2, 2, List.of(0.04, -0.02, 0.0, 0.01), List.of(0.001, 0.002, 0.0, 0.001));

  /** White in the upper left quarter and one pixel to the right of it, of 8 x 8. */
  private static RgbImage corner() {
    byte[] rgb = new byte[3 * 64];
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < (y == 0 ? 5 : 4); x++) {
        for (int c = 0; c < 3; c++) {
          rgb[(y * 8 + x) * 3 + c] = (byte) 255;
        }
      }
    }
    return new RgbImage(8, 8, rgb);
  }

  private static RgbImage gray() {
    byte[] rgb = new byte[3 * 64];
    java.util.Arrays.fill(rgb, (byte) 128);
    return new RgbImage(8, 8, rgb);
  }

  @Test
  void isRedWhereAPatchRaisesTheScoreBlueWhereItLowersItAndClearAtZero() {
    assertThat(HeatMap.tint(0.04, 0.04).getRed()).isGreaterThan(HeatMap.tint(0.04, 0.04).getBlue());
    assertThat(HeatMap.tint(-0.04, 0.04).getBlue())
        .isGreaterThan(HeatMap.tint(-0.04, 0.04).getRed());
    assertThat(HeatMap.tint(0, 0.04).getAlpha()).isZero();
    assertThat(HeatMap.tint(0.02, 0.04).getAlpha())
        .isCloseTo(HeatMap.tint(0.04, 0.04).getAlpha() / 2, within(1));
    assertThat(HeatMap.tint(0, 0).getAlpha()).isZero();
  }

  @Test
  void everyPatchTellsItsPlaceValueAndError() throws Exception {
    String svg =
        new HeatMapSvg(map(Map.of("lesion", corner()), false), "a <b>", "x.png", true).svg();
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));

    NodeList titles = document.getElementsByTagName("title");
    assertThat(titles.item(0).getTextContent()).isEqualTo("a <b>");
    assertThat(titles.item(1).getTextContent()).isEqualTo("row 1, column 1: +0.0400 ± 0.0010");
    assertThat(titles.item(2).getTextContent()).isEqualTo("row 1, column 2: −0.0200 ± 0.0020");
    assertThat(titles.getLength()).isEqualTo(5);
    Element cells = (Element) document.getElementsByTagName("g").item(0);
    assertThat(cells.getAttribute("transform")).isEqualTo("scale(160.0000 160.0000)");
    Element second = (Element) cells.getElementsByTagName("path").item(1);
    assertThat(second.getAttribute("d")).isEqualTo("M1 0h1v1h-1z");
    assertThat(second.getAttribute("fill")).isEqualTo("#2f7de1");
    assertThat(document.getElementsByTagName("image").item(0).getAttributes().getNamedItem("href"))
        .extracting(Object::toString)
        .isEqualTo("href=\"x.png\"");
    assertThat(svg).contains("−0.0400").contains("lesion (known region)");
  }

  @Test
  void pngShowsTheSameTints() throws IOException {
    BufferedImage image = png(new HeatMapDrawing(map(Map.of(), false)).picture("map", "a map"));

    int strongest = image.getRGB(160, 160);
    int untouched = image.getRGB(160, 480);
    assertThat(strongest >> 16 & 0xff).isGreaterThan((strongest & 0xff) + 60);
    assertThat(untouched & 0xffffff).isEqualTo(0x808080);
  }

  private static HeatMap map(Map<String, RgbImage> regions, boolean noise) {
    return new HeatMap(gray(), PATCHES, regions, noise);
  }

  private static BufferedImage png(Picture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(PictureFormat.png(picture)));
  }

  @Test
  void aMapDominatedByNoiseIsStripedAndSaysSo() throws IOException {
    String plain = new HeatMapSvg(map(Map.of(), false), "map", "x.png", false).svg();
    String noisy = new HeatMapSvg(map(Map.of(), true), "map", "x.png", false).svg();

    assertThat(noisy).contains(HeatMap.NOISE);
    assertThat(plain).doesNotContain(HeatMap.NOISE);
    BufferedImage clear = png(new HeatMapDrawing(map(Map.of(), false)).picture("map", "a map"));
    BufferedImage striped = png(new HeatMapDrawing(map(Map.of(), true)).picture("map", "a map"));
    int brighter = 0;
    for (int y = 60; y < 640; y += 3) {
      for (int x = 0; x < 640; x += 3) {
        brighter += (striped.getRGB(x, y) & 0xff) > (clear.getRGB(x, y) & 0xff) ? 1 : 0;
      }
    }
    assertThat(brighter).as("of about 41,000 pixels looked at").isBetween(1_500, 20_000);
  }

  @Test
  void withoutTitlesAMapIsSmall() {
    String svg = new HeatMapSvg(map(Map.of(), false), "map", "x.png", false).svg();

    assertThat(svg).containsOnlyOnce("<title>");
  }

  @Test
  void aPanelShowsImageMapsSharesAndTokensOfAllModels() throws Exception {
    List<PanelPicture.Model> models =
        SamplePanel.shown(SampleAudits.report(AuditTask.ISA).models(), "phantom-000003").stream()
            .map(shown -> new PanelPicture.Model(shown.name(), shown.map(), shown.balance()))
            .toList();

    Picture panel = PanelPicture.of("panel", "phantom-000003", models);

    assertThat(panel.width()).isEqualTo(24 + 4 * 320 + 3 * 28);
    assertThat(panel.alt()).contains("phantom:overlay-shortcut: TScore");
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(PictureFormat.svg(panel))));
    NodeList images = svg.getElementsByTagName("image");
    assertThat(images.getLength()).as("the image and one per heat map").isEqualTo(4);
    assertThat(((Element) images.item(3)).getAttribute("href"))
        .startsWith("data:image/png;base64,");
    assertThat(png(panel).getWidth()).isEqualTo(2 * panel.width());
  }

  @Test
  void outlinesRunBetweenPixelsInsideAndOutside() {
    assertThat(KnownRegion.edges(corner()))
        .containsExactlyInAnyOrder(
            new KnownRegion.Edge(0, 0, 5, 0),
            new KnownRegion.Edge(4, 1, 5, 1),
            new KnownRegion.Edge(0, 4, 4, 4),
            new KnownRegion.Edge(0, 0, 0, 4),
            new KnownRegion.Edge(4, 1, 4, 4),
            new KnownRegion.Edge(5, 0, 5, 1));
  }

  @Test
  void massOnARegionCountsPatchesByTheAreaInside() {
    double expected = (0.04 * 1 + 0.02 * (1 / 16.0)) / 0.07;

    assertThat(KnownRegion.mass(PATCHES, corner())).isCloseTo(expected, within(1e-12));
    assertThat(KnownRegion.area(corner())).isEqualTo(17 / 64.0);
    ImageContributions silent = new ImageContributions(1, 1, List.of(0.0), List.of(0.0));
    assertThat(KnownRegion.mass(silent, corner())).isNaN();
  }

  @Test
  void refusesARegionOfAnotherSize() {
    RgbImage small = new RgbImage(1, 1, new byte[3]);

    assertThatThrownBy(() -> map(Map.of("lesion", small), false))
        .hasMessage("region lesion is 1 x 1 on an image of 8 x 8");
  }

  @Test
  void readsTokensOfEveryVocabulary() {
    assertThat(TokenSpelling.read(List.of("atel", "ectasis</w>", "left</w>")))
        .containsExactly(
            new TokenSpelling.Piece("atel", false),
            new TokenSpelling.Piece("ectasis", true),
            new TokenSpelling.Piece("left", false));
    assertThat(TokenSpelling.read(List.of("atel", "##ectasis", "left")))
        .extracting(TokenSpelling.Piece::shown)
        .containsExactly("atel", "…ectasis", "left");
    assertThat(TokenSpelling.read(List.of("atel", "ectasis", "\u0120left")))
        .extracting(TokenSpelling.Piece::shown)
        .containsExactly("atel", "…ectasis", "left");
  }

  @Test
  void readsLettersBeyondAsciiAndLeavesHalfLettersAlone() {
    assertThat(TokenSpelling.read(List.of("\u00c2\u00b5m</w>")).get(0).text()).isEqualTo("µm");
    assertThat(TokenSpelling.read(List.of("\u00c3</w>")).get(0).text()).isEqualTo("\u00c3");
    assertThat(TokenSpelling.read(List.of("胸部")).get(0).text()).isEqualTo("胸部");
  }
}
