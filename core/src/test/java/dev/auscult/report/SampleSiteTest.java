package dev.auscult.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.balance.AuditTask;
import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.data.Sample;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SampleSiteTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>\"'&\u2028\u202e";

  private final Path report;
  private final Path folder;

  SampleSiteTest(@TempDir Path report) {
    this.report = report;
    this.folder = report.resolve("samples");
  }

  private void write(AuditTask task, List<AuditedModel> models, List<Sample> samples)
      throws IOException {
    new SampleSite(task, models, samples, "Written by a test.").write(report, Progress.NONE);
  }

  private void write(AuditTask task) throws IOException {
    write(task, SampleAudits.report(task).models(), SampleAudits.DATA.samples());
  }

  private Document page(String name) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    String html = Files.readString(folder.resolve(name));
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
  }

  private static List<Element> elements(Document page, String name) {
    NodeList nodes = page.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  /** The rows of a portion, as the list's script gets them. */
  private JsonNode portion(int number) throws IOException {
    String script = Files.readString(folder.resolve("rows-%d.js".formatted(number)));
    String call = "auscultSamples.add(%d, ".formatted(number);
    assertThat(script).startsWith(call).endsWith(");\n");
    return JsonMapper.shared()
        .readTree(script.substring(call.length(), script.length() - ");\n".length()));
  }

  @Test
  void everySampleHasAPageWithAllModelsThatLinksToItsNeighbours() throws Exception {
    write(AuditTask.VQA);

    Document second = page("000002.html");
    assertThat(elements(second, "h1").get(0).getTextContent()).isEqualTo("Sample phantom-000001");
    assertThat(elements(second, "svg")).hasSize(3);
    assertThat(elements(second, "a"))
        .extracting(link -> link.getAttribute("href"))
        .startsWith("../index.html", "index.html", "000001.html", "000003.html");
    assertThat(elements(second, "details")).hasSize(1);
    assertThat(second.getDocumentElement().getTextContent())
        .contains("Strongest interactions of a token with a patch")
        .contains("Reference answer")
        .contains("What the data set says of this sample");
    assertThat(elements(page("000001.html"), "a"))
        .noneMatch(link -> link.getAttribute("rel").equals("prev"));
    assertThat(elements(page("000024.html"), "a"))
        .noneMatch(link -> link.getAttribute("rel").equals("next"));
  }

  @Test
  void everyFileThatAPageNamesIsThere() throws Exception {
    write(AuditTask.ISA);

    for (String name : List.of("index.html", "000001.html", "000024.html")) {
      Document page = page(name);
      List<String> named = new ArrayList<>();
      elements(page, "a").forEach(a -> named.add(a.getAttribute("href")));
      elements(page, "img").forEach(image -> named.add(image.getAttribute("src")));
      elements(page, "image").forEach(image -> named.add(image.getAttribute("href")));
      elements(page, "script").forEach(script -> named.add(script.getAttribute("src")));
      elements(page, "link").forEach(link -> named.add(link.getAttribute("href")));
      assertThat(named)
          .filteredOn(file -> !file.equals("../index.html"))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(folder.resolve(file)).isNotEmptyFile());
    }
  }

  @Test
  void anImageThatSeveralModelsSeeAlikeIsOneFile() throws IOException {
    write(AuditTask.ISA);

    try (Stream<Path> images = Files.list(folder.resolve("images"))) {
      assertThat(images).as("one per sample, not one per sample and model").hasSize(24);
    }
  }

  @Test
  void imagesOfTheListAreLoadedWhenSeen() throws Exception {
    write(AuditTask.ISA);

    assertThat(elements(page("index.html"), "img"))
        .hasSize(24)
        .allSatisfy(image -> assertThat(image.getAttribute("loading")).isEqualTo("lazy"));
  }

  @Test
  void theListReadsInPagesOfAHundredWithoutScripts() throws Exception {
    List<Sample> many = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      many.addAll(SampleAudits.DATA.samples());
    }
    write(AuditTask.ISA, SampleAudits.report(AuditTask.ISA).models().subList(0, 1), many);

    assertThat(elements(page("index.html"), "tr")).hasSize(1 + 100);
    assertThat(elements(page("page-3.html"), "tr")).hasSize(1 + 64);
    assertThat(folder.resolve("page-4.html")).doesNotExist();
    assertThat(portion(1)).hasSize(264);
    assertThat(elements(page("000101.html"), "a").get(1).getAttribute("href"))
        .isEqualTo("page-2.html");
  }

  @Test
  void portionsHoldWhatIsSortedAndFiltered() throws IOException {
    write(AuditTask.VQA);

    JsonNode row = portion(1).get(3);
    assertThat(row.get(0).intValue()).isEqualTo(4);
    assertThat(row.get(1).stringValue()).isEqualTo("phantom-000003");
    assertThat(row.get(4).stringValue()).startsWith("images/");
    assertThat(row.get(5)).as("models").hasSize(3);
    JsonNode noisy = row.get(5).get(2);
    assertThat(noisy.get(0).doubleValue()).isBetween(0.5, 1.0);
    assertThat(noisy.get(3).intValue()).as("noise, wrong").isEqualTo(1);
    assertThat(noisy.get(4).stringValue()).isEqualTo("left lower lobe");
  }

  @Test
  void hostileTextStaysText() throws Exception {
    Sample sample = SampleAudits.hostile(HOSTILE);
    AuditedModel model = SampleAudits.report(AuditTask.VQA).models().get(0);
    AuditedModel named =
        new AuditedModel(
            HOSTILE,
            model.identity(),
            model.preset(),
            model.balance(),
            List.of(),
            id -> model.balanceOf("phantom-000000"),
            id -> SampleAudits.view("phantom-000000"));
    write(AuditTask.VQA, List.of(named), List.of(sample));

    for (String name : List.of("index.html", "000001.html")) {
      assertThat(elements(page(name), "script"))
          .allSatisfy(script -> assertThat(script.getTextContent()).isEmpty());
      assertThat(elements(page(name), "img"))
          .allSatisfy(image -> assertThat(image.hasAttribute("onerror")).isFalse());
    }
    assertThat(elements(page("000001.html"), "h1").get(0).getTextContent())
        .contains("</script><img");
    assertThat(portion(1).get(0).get(1).stringValue()).startsWith("</script><img");
  }

  @Test
  void aSampleWithoutResultOrWithoutItsImageHasAPageThatSaysSo() throws Exception {
    AuditedModel model = SampleAudits.report(AuditTask.ISA).models().get(0);
    AuditedModel failing =
        new AuditedModel(
            "failing",
            model.identity(),
            model.preset(),
            model.balance(),
            List.of(),
            id -> id.equals("phantom-000000") ? Optional.empty() : model.balanceOf(id),
            id -> {
              throw new InputException(id, "no such file", "an image", "restore it");
            });
    write(AuditTask.ISA, List.of(failing), SampleAudits.DATA.samples().subList(0, 2));

    assertThat(page("000001.html").getDocumentElement().getTextContent())
        .contains("No model has a result for this sample");
    assertThat(page("000002.html").getDocumentElement().getTextContent())
        .contains("Its image can no longer be shown: phantom-000001: found no such file");
    assertThat(elements(page("index.html"), "td").stream().map(Element::getTextContent))
        .contains("skipped");
  }

  @Test
  void theSameAuditGivesTheSameBytes() throws IOException {
    write(AuditTask.ISA);
    List<String> first = hashes();
    write(AuditTask.ISA);

    assertThat(hashes()).isEqualTo(first).hasSizeGreaterThan(50);
  }

  private List<String> hashes() throws IOException {
    List<String> hashes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        hashes.add(file.getFileName() + " " + dev.auscult.base.ContentHash.of(file).hex());
      }
    }
    return hashes;
  }
}
