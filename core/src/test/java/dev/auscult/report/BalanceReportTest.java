package dev.auscult.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.balance.AlignmentLevel;
import dev.auscult.balance.AuditTask;
import dev.auscult.balance.ImageContributions;
import dev.auscult.balance.ModalityBalance;
import dev.auscult.balance.ModalityScores;
import dev.auscult.balance.ModalityShare;
import dev.auscult.balance.Preset;
import dev.auscult.balance.SampleBalance;
import dev.auscult.balance.SampleFigures;
import dev.auscult.balance.TextContributions;
import dev.auscult.base.Progress;
import dev.auscult.data.Dataset;
import dev.auscult.data.Sample;
import dev.auscult.metric.Estimate;
import java.io.StringReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BalanceReportTest {
  private static final String HOSTILE =
      "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;]]>\u0000\u202e\ud800${x}";

  /** Kept after the test for a person to look at. */
  private static final Path PREVIEW = Path.of("target", "report-preview");

  private static final Map<AuditTask, String> RENDERED = new EnumMap<>(AuditTask.class);

  private static String render(HtmlPage page) {
    return page.render(new HtmlWriter(true));
  }

  /** The rendered page of a task, rendered once for all tests that only read it. */
  private static String page(AuditTask task) {
    return RENDERED.computeIfAbsent(task, t -> render(SampleAudits.report(t).page()));
  }

  private static Document parsed(String html) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
  }

  private static List<Element> elements(Document page, String name) {
    NodeList nodes = page.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static BalanceReport hostile() {
    Sample sample = SampleAudits.hostile(HOSTILE);
    SampleBalance balance =
        new SampleBalance(
            sample.id(),
            Optional.of(new ModalityShare(0.5, 0.1)),
            new TextContributions(
                List.of("<script>", "\"><b>"), List.of(1.0, -1.0), List.of(.1, .1)),
            new ImageContributions(1, 2, List.of(1.0, -1.0), List.of(.1, .1)),
            new ModalityScores(0, 1, 1, 2),
            Optional.empty(),
            List.of(),
            7,
            SampleAudits.EFFORT);
    AuditedModel plain = SampleAudits.model(HOSTILE, AuditTask.VQA, 0.5, 0.1);
    AuditedModel model =
        new AuditedModel(
            plain.name(),
            plain.identity(),
            plain.preset(),
            plain.balance(),
            plain.deltas(),
            id -> Optional.of(balance),
            id -> new AuditedModel.View(sample.image().read(), Map.of()));
    RunReport run = SampleAudits.run(AuditTask.VQA, List.of(model));
    RunReport named =
        new RunReport(HOSTILE, Map.of(HOSTILE, HOSTILE), run.provenance(), run.result());
    return new BalanceReport(
        named,
        AuditTask.VQA,
        List.of(model),
        List.of(),
        List.of(),
        List.of(new ShownSample(sample, HOSTILE)),
        List.of(Section.of(HOSTILE, Block.notice(HOSTILE), Block.code(HOSTILE))),
        List.of(new Dataset.Skipped(HOSTILE, HOSTILE)));
  }

  @Test
  void isWellFormedAndHasASectionForEverythingPromised() throws Exception {
    Document page = parsed(page(AuditTask.ISA));

    assertThat(elements(page, "h2").stream().map(Element::getTextContent))
        .containsExactly(
            "What was audited",
            "Results",
            "Differences between models",
            "Planted shortcuts",
            "Samples",
            "Published figures",
            "How to read this",
            "Limits",
            "Configuration",
            "Skipped samples",
            "How to reproduce");
    assertThat(elements(page, "h1")).hasSize(1);
    assertThat(elements(page, "article")).hasSize(3);
  }

  @Test
  void hostileTextStaysText() throws Exception {
    String html = render(hostile().page());
    Document page = parsed(html);

    assertThat(elements(page, "script")).hasSize(1);
    assertThat(elements(page, "script").get(0).getTextContent())
        .isEqualToNormalizingNewlines("//\n" + HtmlPage.resource("report.js") + "//");
    assertThat(html.toLowerCase(Locale.ROOT))
        .containsOnlyOnce("<script")
        .doesNotContain("<img src=x");
    assertThat(elements(page, "img"))
        .allSatisfy(image -> assertThat(image.hasAttribute("onerror")).isFalse());
    assertThat(page.getDocumentElement().getTextContent()).contains("<script>alert(1)</script>");
  }

  @Test
  void asksTheNetworkForNothing() throws Exception {
    Document page = parsed(page(AuditTask.VQA));

    for (Element image : elements(page, "img")) {
      assertThat(image.getAttribute("src")).startsWith("data:image/");
    }
    for (Element image : elements(page, "image")) {
      assertThat(image.getAttribute("href")).startsWith("data:image/png;base64,");
    }
    for (Element link : elements(page, "a")) {
      assertThat(link.getAttribute("href"))
          .matches("#s\\d+|samples/index\\.html|(pictures|tables)/[a-z0-9-]+\\.(svg|png|md|tex)");
    }
    assertThat(elements(page, "link")).isEmpty();
    assertThat(elements(page, "iframe")).isEmpty();
    assertThat(elements(page, "style").get(0).getTextContent())
        .doesNotContain("url(")
        .doesNotContain("@import");
  }

  @Test
  void chartsInsideThePageAreTheChartsBesideIt() throws Exception {
    Path folder = PREVIEW.resolve("isa");
    SampleAudits.report(AuditTask.ISA).write(folder, Progress.NONE);
    String prefix = "data:image/svg+xml,";

    List<Element> charts =
        elements(parsed(Files.readString(folder.resolve("index.html"))), "img").stream()
            .filter(image -> image.getAttribute("src").startsWith(prefix))
            .toList();

    assertThat(charts).hasSize(2);
    String inside =
        URLDecoder.decode(
            charts.get(0).getAttribute("src").substring(prefix.length()).replace("+", "%2B"),
            StandardCharsets.UTF_8);
    assertThat(inside).isEqualTo(Files.readString(folder.resolve("pictures/modality-shares.svg")));
    assertThat(parsed(inside).getDocumentElement().getTagName()).isEqualTo("svg");
  }

  @Test
  void isReadableWithoutSeeingIt() throws Exception {
    Document page = parsed(page(AuditTask.ISA));

    assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
    assertThat(elements(page, "img"))
        .allSatisfy(image -> assertThat(image.getAttribute("alt")).hasSizeGreaterThan(10));
    assertThat(elements(page, "svg"))
        .allSatisfy(svg -> assertThat(svg.getElementsByTagName("title").getLength()).isPositive());
    assertThat(elements(page, "table"))
        .allSatisfy(
            table -> assertThat(table.getElementsByTagName("caption").getLength()).isEqualTo(1));
    assertThat(elements(page, "th"))
        .allSatisfy(header -> assertThat(header.getAttribute("scope")).isIn("col", "row"));
  }

  @Test
  void theSameAuditGivesTheSameBytes() {
    assertThat(render(SampleAudits.report(AuditTask.ISA).page())).isEqualTo(page(AuditTask.ISA));
  }

  @Test
  void flagsMapsThatAreNoise() {
    String html = page(AuditTask.ISA);

    assertThat(html).contains("<span class=\"badge\">noise-dominated</span>");
    assertThat(html.split("class=\"badge\"", -1)).hasSize(1 + 3);
    assertThat(html.split(HeatMap.NOISE, -1)).as("on each of these maps").hasSize(1 + 3);
  }

  @Test
  void showsUndefinedFiguresAsNotAvailable() throws Exception {
    ModalityBalance nothing =
        new ModalityBalance(
            0,
            24,
            Estimate.undefined(),
            Estimate.undefined(),
            Estimate.undefined(),
            List.of(new AlignmentLevel(AlignmentLevel.Kind.COSINE, Estimate.undefined())),
            Optional.empty(),
            new ModalityBalance.ModalityMeans(
                Estimate.undefined(), Estimate.undefined(), Estimate.undefined()),
            new ModalityBalance.Cost(100, 1));
    AuditedModel model =
        new AuditedModel(
            "silent",
            SampleAudits.identity("silent"),
            Preset.FAITHFUL,
            nothing,
            List.of(),
            id -> Optional.empty(),
            SampleAudits::view);
    BalanceReport report =
        new BalanceReport(
            SampleAudits.run(AuditTask.ISA, List.of(model)),
            AuditTask.ISA,
            List.of(model),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    String html = render(report.page());
    parsed(html);

    assertThat(html).contains("No sample has a defined balance").contains(">NA<");
    assertThat(html).doesNotContain("NaN").doesNotContain(">null<");
    assertThat(html).contains("No sample was skipped.");
  }

  @Test
  void resultHasTheKeysThatScriptsRelyOn() {
    RunReport run = SampleAudits.report(AuditTask.VQA).run();
    JsonNode model = JsonMapper.shared().readTree(run.toJson()).at("/result/models/0");

    assertThat(model.propertyNames())
        .containsExactly(
            "model",
            "preset",
            "n",
            "undefined",
            "tscore",
            "iscore",
            "delta",
            "balanced_0_1",
            "balanced_0_2",
            "l_norm",
            "l_norm_kinds",
            "accuracy",
            "modality_shapley",
            "intervals",
            "encoder_passes",
            "seconds");
    for (String interval : List.of("tscore", "iscore", "delta")) {
      assertThat(model.get(interval).propertyNames()).containsExactly("mean", "sd", "lo", "hi");
    }
    assertThat(model.get("modality_shapley").propertyNames())
        .containsExactly("text", "image", "synergy");
  }

  @Test
  void showsTheChoicesOfEveryPresetSideBySide() throws Exception {
    RunReport run = SampleAudits.report(AuditTask.ISA).run();
    List<Map<String, Object>> presets =
        List.of(
            Map.of("preset", "faithful", "image_mask", "zeros"),
            Map.of("preset", "paper-2026", "image_mask", "zeros", "target_se", 0.1));
    RunReport configured =
        new RunReport(
            run.command(),
            Map.of("task", "isa", "presets", presets),
            run.provenance(),
            run.result());
    SimpleReport report = new SimpleReport("t", "f", List.of(), configured);

    List<String> rows =
        elements(parsed(render(report.page())), "tr").stream()
            .map(row -> row.getTextContent().replaceAll("\\s+", " ").strip())
            .toList();

    assertThat(rows)
        .contains("choicefaithfulpaper-2026", "an absent patch becomeszeroszeros")
        .contains("target se\u20130.1")
        .noneMatch(row -> row.contains("{"));
  }

  @Test
  void tellsTheOutcomeInASentence() {
    BalanceReport report = SampleAudits.report(AuditTask.ISA);

    assertThat(BalanceWords.finding(report.models()))
        .contains("phantom:overlay-shortcut leans on the image (delta\u00a0−0.")
        .contains("phantom:text-shortcut leans on the text (delta\u00a00.");
    assertThat(BalanceWords.finding(report.models().subList(1, 2)))
        .contains("Of 24 samples")
        .contains("balanced");
  }

  @Test
  void printsPublishedFiguresBesideOursAsPublished() {
    Table table =
        BalanceTables.besidePublished(
            AuditTask.VQA, SampleAudits.report(AuditTask.VQA).models().subList(0, 1));

    assertThat(table.rows()).hasSize(3);
    assertThat(table.rows().get(0)).startsWith("phantom", "this run");
    assertThat(table.rows().get(2))
        .containsExactly(
            "BioMedCLIP",
            "published, VQA-Med 2019 test",
            "0.242 ± 0.057",
            "0.758 ± 0.057",
            "-0.517",
            "0.0 %",
            "24.0 %",
            "0.554 ± 0.172");
    assertThat(PublishedBalance.of(AuditTask.ISA)).hasSize(4);
  }

  @Test
  void showsLowestMedianHighestAndTheFirstNoisySample() {
    List<SampleFigures> figures = new ArrayList<>();
    double[] tscores = {0.5, 0.1, Double.NaN, 0.9, 0.3, 0.7};
    for (int i = 0; i < tscores.length; i++) {
      Optional<Double> tscore =
          Double.isNaN(tscores[i]) ? Optional.empty() : Optional.of(tscores[i]);
      figures.add(
          new SampleFigures(
              "s" + i,
              1,
              tscore,
              new ModalityScores(0, 0, 0, 0),
              Optional.empty(),
              1,
              SampleAudits.EFFORT));
    }

    Map<String, String> chosen = ShownSample.choose(figures, id -> id.equals("s4"));

    assertThat(chosen.keySet()).containsExactly("s1", "s0", "s3", "s4");
    assertThat(chosen).containsEntry("s1", "lowest delta of 5");
    assertThat(ShownSample.choose(List.of(), id -> true)).isEmpty();
  }

  @Test
  void writesEveryFileThatThePageLinksTo() throws Exception {
    Path folder = PREVIEW.resolve("vqa");
    SampleAudits.report(AuditTask.VQA).write(folder, Progress.NONE);

    Document page = parsed(Files.readString(folder.resolve("index.html")));
    for (Element link : elements(page, "a")) {
      String target = link.getAttribute("href");
      if (!target.startsWith("#")) {
        assertThat(folder.resolve(target)).isNotEmptyFile();
      }
    }
    assertThat(folder.resolve("result.json")).isNotEmptyFile();
    try (var files = Files.walk(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".partial"));
    }
  }

  @Test
  void anyCommandHasAPage() throws Exception {
    RunReport run = SampleAudits.report(AuditTask.ISA).run();
    SimpleReport report =
        new SimpleReport(
            "Zero-shot classification",
            "91 of 100 images were classified as labelled.",
            List.of(Section.of("Accuracy", Block.paragraph("0.91"))),
            run);

    Document page = parsed(render(report.page()));

    assertThat(elements(page, "h2").stream().map(Element::getTextContent))
        .containsExactly("Models and data", "Accuracy", "Configuration", "How to reproduce");
  }

  @Test
  void withoutFontsThePageIsWrittenWithWordsInPlaceOfCharts() throws Exception {
    HtmlWriter out = new HtmlWriter(false);
    Document page = parsed(SampleAudits.report(AuditTask.ISA).page().render(out));

    assertThat(elements(page, "figure").get(0).getTextContent())
        .contains("Share of text (TScore) and image (IScore)");
    assertThat(out.files().keySet())
        .noneMatch(name -> name.endsWith("shares.svg") || name.endsWith("heat-map.png"));
  }
}
