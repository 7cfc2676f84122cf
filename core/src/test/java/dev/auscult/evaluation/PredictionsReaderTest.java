package dev.auscult.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionsReaderTest {
  private final Path folder;

  PredictionsReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private PredictionFile read(String text, ReadOptions options) throws IOException {
    Path file = Files.writeString(folder.resolve("p.csv"), text);
    return PredictionsReader.read(file, options, Progress.NONE);
  }

  private PredictionFile read(String text) throws IOException {
    return read(text, ReadOptions.standard());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          id,score;a,0.5                            | line 1: found the columns id, score
          id,y_true;a,1                             | line 1: found the columns id, y_true
          y_true,score;1,0.5                        | 'id'
          id,y_true,score,score;a,1,0.5,0.5         | the column 'score' twice
          id,y_true,score.a;a,a,0.5                 | scores of at least two classes
          id,y_true.a,score.b;a,1,0.5               | 'score.a' beside 'y_true.a'
          id,y_true.a,score.a,score.b;a,1,0.5,0.5   | 'y_true.b' beside 'score.b'
          id,y_true,score;a,1,0.5;b,0,high          | line 3, column 'score': found 'high'
          id,y_true,score;a,1,0.5;b,0,NaN           | line 3, column 'score': found 'NaN'
          id,y_true,score;a,1,Infinity              | line 2, column 'score': found 'Infinity'
          id,y_true,score;a,1,1e999                 | line 2, column 'score': found '1e999'
          id,y_true,score;a,1,0x1p-1                | line 2, column 'score': found '0x1p-1'
          id,y_true,score;a,1,                      | line 2, column 'score': found nothing
          id,y_true,score;a,1,1.7                   | give --scores logit or --scores rank
          id,y_true,score;a,1,-0.1                  | line 2, column 'score': found '-0.1'
          id,y_true,score;a,maybe,0.5               | line 2, column 'y_true': found 'maybe'; expected 0 or 1
          id,y_true,score;a,2,0.5                   | found '2'; expected 0 or 1
          id,y_true,score.a,score.b;x,c,0.5,0.5     | found 'c'; expected one of a, b
          id,y_true,score;a,1,0.5;a,0,0.4           | line 3, column 'id': found an id for the second time
          id,y_true,score;,1,0.5                    | line 2, column 'id': found nothing
          id,y_true,score,split;a,1,0.5,holdout     | line 2, column 'split': found 'holdout'
          id,y_true,score,split;a,1,0.5,val         | no row of the split 'test'
          id,y_true,score,patient;a,1,0.5,          | line 2, column 'patient': found nothing
          id,y_true,score;a,1                       | line 2: found 2 fields; expected 3 fields as in the header
          id,y_true,score;;a,1,0.5,7                | line 3: found 4 fields; expected 3 fields as in the header
          id,y_true,score;a,1,0.5;"b,0,0.5;c,1,0.5  | line 3: found broken CSV (Unclosed quoted field
          ;;id,y_true;a,1                           | line 3: found the columns id, y_true
          id,y_true,score                           | no rows
          """)
  void saysWhatIsWrongAndWhere(String rows, String expected) throws IOException {
    String text = rows.strip().replace(";", "\n") + "\n";

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("p.csv")
        .hasMessageContaining(expected.strip());
  }

  @Test
  void countsTheLinesOfTheFileNotItsRecords() {
    String before = "\uFEFFid,y_true,score,note\r\n\r\n\"a\r\nb\",1,0.5,\"x\n\n\"\"y\"\r\n";

    assertThatThrownBy(() -> read(before + "c,1,high,\n"))
        .hasMessageContaining("p.csv line 7, column 'score': found 'high'");
    assertThatThrownBy(() -> read(before + "\nc,1,0.5\n"))
        .hasMessageContaining("p.csv line 8: found 3 fields");
    assertThatThrownBy(() -> read(before + "c,1,0.5,\nd,1,0.5,\"open\n\n"))
        .hasMessageContaining("p.csv line 8: found broken CSV");
  }

  @Test
  void namesTheLineOfBytesThatAreNoText() throws IOException {
    Path latin = folder.resolve("latin.csv");
    Files.writeString(
        latin, "id,y_true,score\r\na,1,0.5\r\nM\u00fcller,1,0.5\r\n", StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> PredictionsReader.read(latin, ReadOptions.standard(), Progress.NONE))
        .hasMessageContaining("latin.csv line 3: found bytes that are not UTF-8 text");
  }

  @Test
  void refusesAnEmptyFileAndBytesThatAreNoText() throws IOException {
    assertThatThrownBy(() -> read("")).hasMessageContaining("no header");
    Path binary = folder.resolve("b.csv");
    Files.write(binary, new byte[] {'i', 'd', ',', (byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> PredictionsReader.read(binary, ReadOptions.standard(), Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(
            () ->
                PredictionsReader.read(
                    folder.resolve("nowhere.csv"), ReadOptions.standard(), Progress.NONE))
        .hasMessageContaining("no such file");
  }

  @Test
  void passesOverAByteOrderMarkAndWindowsLineEnds() throws IOException {
    PredictionFile file = read("\uFEFFid,y_true,score\r\na,1,0.5\r\nb,0,0.25\r\n");

    assertThat(file.test().size()).isEqualTo(2);
    assertThat(file.test().score(0, 1)).isEqualTo(0.25);
  }

  @Test
  void otherDelimitersAreNamedAndReadWhenAskedFor() throws IOException {
    String semicolons = "id;y_true;score\na;1;0.5\n";
    String tabs = "id\ty_true\tscore\na\t1\t0.5\n";

    assertThatThrownBy(() -> read(semicolons))
        .hasMessageContaining("line 1: found fields parted by ';'")
        .hasMessageContaining("--delimiter ';'");
    assertThatThrownBy(() -> read(tabs)).hasMessageContaining("--delimiter tab");
    assertThat(read(semicolons, with(';')).test().size()).isEqualTo(1);
    assertThat(read(tabs, with('\t')).test().size()).isEqualTo(1);
    assertThatThrownBy(() -> read("id;y_true;score\na;1;0,5\n", with(';')))
        .hasMessageContaining("line 2, column 'score': found '0,5'")
        .hasMessageContaining("decimal point");
  }

  private static ReadOptions with(char delimiter) {
    return new ReadOptions(delimiter, ScoreKind.PROBABILITY, Map.of(), Long.MAX_VALUE, 1);
  }

  @Test
  void partsValidationFromTestAndLeavesTrainingOut() throws IOException {
    PredictionFile file =
        read(
            """
            id,y_true,score,split,patient
            a,1,0.9,test,p
            b,0,0.2,val,q
            c,1,0.8,train,r
            d,0,0.1,test,p
            """);

    assertThat(file.test().size()).isEqualTo(2);
    assertThat(file.test().patients()).isEqualTo(1);
    assertThat(file.validation().orElseThrow().size()).isEqualTo(1);
    assertThat(file.ignored()).isEqualTo(1);
    assertThatThrownBy(() -> read("id,y_true,score,split\na,1,0.9,test\na,0,0.2,val\n"))
        .hasMessageContaining("for the second time");
  }

  @Test
  void makesProbabilitiesOfLogits() throws IOException {
    ReadOptions logits = new ReadOptions(',', ScoreKind.LOGIT, Map.of(), Long.MAX_VALUE, 1);

    Predictions binary = read("id,y_true,score\na,1,0\nb,0,-2\n", logits).test();
    Predictions classes = read("id,y_true,score.x,score.y\na,x,1,1\n", logits).test();

    assertThat(binary.score(0, 0)).isEqualTo(0.5);
    assertThat(binary.score(0, 1)).isEqualTo(1 / (1 + Math.exp(2)));
    assertThat(classes.score(0, 0)).isEqualTo(0.5);
  }

  @Test
  void putsAgesIntoBands() throws IOException {
    String text =
        "id,y_true,score,group.age,group.dose\na,1,0.5,17,1\nb,0,0.5,40,2.5\nc,0,0.5,,9\n";

    Predictions standard = read(text).test();
    Predictions own =
        read(
                text,
                new ReadOptions(
                    ',',
                    ScoreKind.PROBABILITY,
                    Map.of("age", new Bands(List.of(30.0)), "dose", new Bands(List.of(2.5))),
                    Long.MAX_VALUE,
                    1))
            .test();

    assertThat(standard.attributes().get(0).values())
        .containsExactly("< 18", "40 to < 60", "unknown");
    assertThat(own.attributes().get(0).values()).containsExactly("< 30", ">= 30", "unknown");
    assertThat(own.attributes().get(1).values()).containsExactly("< 2.5", ">= 2.5");
  }

  @Test
  void refusesAttributesThatFormNoGroups() throws IOException {
    StringBuilder text = new StringBuilder("id,y_true,score,group.weight\n");
    for (int i = 0; i < 1200; i++) {
      text.append("i%d,1,0.5,%d.5\n".formatted(i, i));
    }

    assertThatThrownBy(() -> read(text.toString()))
        .hasMessageContaining("line 1002, column 'group.weight'")
        .hasMessageContaining("--bands weight=");
  }

  /** A file larger than the memory it may take ends with a sentence, and was never in memory. */
  @Test
  void stopsBeforeMemoryDoes() throws IOException {
    Path file = folder.resolve("large.csv");
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("id,y_true,score\n");
      for (int i = 0; i < 140_000; i++) {
        out.write(i + ",1,0.5\n");
      }
    }

    ReadOptions small = new ReadOptions(',', ScoreKind.PROBABILITY, Map.of(), 30_000_000, 1);
    assertThatThrownBy(() -> PredictionsReader.read(file, small, Progress.NONE))
        .hasMessageContaining(
            "line 131073: found more rows than fit into memory: 131072 so far, about 140")
        .hasMessageContaining("at 198 bytes each; expected at most 113636 in the 30.0 MB")
        .hasMessageContaining("AUSCULT_JAVA_OPTS=-Xmx1g");
  }

  /** Rows of other splits are passed over, however many there are. */
  @Test
  void rowsThatAreLeftOutTakeNoMemory() throws IOException {
    Path file = folder.resolve("train.csv");
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("id,y_true,score,split\nfirst,1,0.5,test\n");
      for (int i = 0; i < 140_000; i++) {
        out.write(i + ",1,0.5,train\n");
      }
    }
    ReadOptions small = new ReadOptions(',', ScoreKind.PROBABILITY, Map.of(), 1_000_000, 1);

    assertThat(PredictionsReader.read(file, small, Progress.NONE).ignored()).isEqualTo(140_000);
  }
}
