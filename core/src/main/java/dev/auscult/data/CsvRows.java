package dev.auscult.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.auscult.base.InputException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records of a CSV file with a header (RFC 4180), one at a time: the file is never in memory. Blank
 * lines are passed over; whatever is wrong is told with the line of the file.
 */
public final class CsvRows implements AutoCloseable {
  private final Path file;
  private final CsvReader<CsvRow> csv;
  private final Iterator<CsvRow> records;
  private final Records builder = new Records();
  private final CsvRow header;

  private CsvRows(Path file, Reader text, char delimiter) {
    this.file = file;
    this.csv =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .maxBufferSize(StrictText.MAX_LINE)
            .skipEmptyLines(true)
            .allowUnclosedQuote(false)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(builder, text);
    this.records = csv.iterator();
    CsvRow first = record();
    this.header =
        first == null
            ? new CsvRow(1, List.of())
            : new CsvRow(first.line(), first.fields().stream().map(String::strip).toList());
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws InputException if it cannot be read, is no text, or names a column twice
   */
  public static CsvRows open(Path file, char delimiter) {
    try {
      return over(file, StrictText.open(file), delimiter);
    } catch (IOException e) {
      throw StrictText.unreadable(file, e);
    }
  }

  /**
   * Reads text that is there already.
   *
   * @param file what messages call it
   */
  static CsvRows over(Path file, Reader text, char delimiter) throws IOException {
    try {
      CsvRows rows = new CsvRows(file, text, delimiter);
      rows.refuseRepeatedColumns();
      return rows;
    } catch (InputException e) {
      text.close();
      throw e;
    }
  }

  /** The names of the columns, without white space around them; none of an empty file. */
  public List<String> columns() {
    return header.fields();
  }

  /** The file and the line of the header, as messages name it. */
  public String headerPlace() {
    return file + " line " + header.line();
  }

  /**
   * The next record, which has a field for each column; null after the last one.
   *
   * @throws InputException if it has more or fewer, a quote is not closed, or bytes are no text
   */
  public @Nullable CsvRow next() {
    CsvRow row = record();
    if (row != null && row.fields().size() != columns().size()) {
      throw new InputException(
          file + " line " + row.line(),
          fields(row.fields().size()),
          "%s as in the header".formatted(fields(columns().size())),
          "mend the row");
    }
    return row;
  }

  private static String fields(int count) {
    return count == 1 ? "1 field" : count + " fields";
  }

  private @Nullable CsvRow record() {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException e) {
      throw StrictText.unreadable(file, e.getCause());
    } catch (CsvParseException e) {
      throw broken(e);
    }
  }

  private InputException broken(CsvParseException e) {
    if (e.getCause() instanceof IOException cause) {
      return StrictText.unreadable(file, cause);
    }
    if (e.getCause() instanceof UncheckedIOException cause) {
      return StrictText.unreadable(file, cause.getCause());
    }
    return new InputException(
        file + " line " + builder.line,
        "broken CSV (" + e.getMessage() + ")",
        "quotes that are closed, and doubled within quotes",
        "mend the row",
        e);
  }

  private void refuseRepeatedColumns() {
    Set<String> seen = new HashSet<>();
    for (String column : columns()) {
      if (!seen.add(column)) {
        throw new InputException(
            headerPlace(),
            "the column '" + column + "' twice",
            "each column once",
            "rename or remove one of them");
      }
    }
  }

  @Override
  public void close() {
    try {
      csv.close();
    } catch (IOException e) {
      throw StrictText.unreadable(file, e);
    }
  }

  /** Gathers fields, and knows where the record began that cannot be read to its end. */
  private static final class Records extends AbstractBaseCsvCallbackHandler<CsvRow> {
    private final List<String> fields = new ArrayList<>();
    private long line = 1;

    @Override
    protected void handleBegin(long startingLineNumber) {
      fields.clear();
      line = startingLineNumber;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
      fields.add(new String(buffer, offset, length));
    }

    @Override
    protected CsvRow buildRecord() {
      return new CsvRow(line, fields);
    }
  }
}
