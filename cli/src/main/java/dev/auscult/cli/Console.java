package dev.auscult.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command says: one result on stdout, as text or as JSON; remarks on stderr.
 *
 * @param out takes the result and nothing else
 * @param err takes remarks
 * @param json whether the result is printed as JSON
 * @param quiet whether remarks are left out
 */
record Console(PrintWriter out, PrintWriter err, boolean json, boolean quiet) {

  /** Prints the result: {@code value} as JSON, or what {@code text} writes. */
  void result(Object value, Consumer<PrintWriter> text) {
    if (json) {
      out.println(
          JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(value));
    } else {
      text.accept(out);
    }
    out.flush();
  }

  /** One line that the user should know and a script does not need. */
  void remark(String line) {
    if (!quiet) {
      err.println("auscult: " + line);
    }
  }
}
