package dev.auscult.cli;

import dev.auscult.report.RunReport;
import java.io.PrintWriter;

/**
 * What a command says: one result on stdout, as text or as JSON; remarks on stderr.
 *
 * @param out takes the result and nothing else
 * @param err takes remarks
 * @param json whether the result is printed as JSON
 * @param quiet whether remarks are left out
 */
record Console(PrintWriter out, PrintWriter err, boolean json, boolean quiet) {

  /** Prints the result: the report as JSON, or {@code text} for a person. */
  void result(RunReport report, String text) {
    result(report.toJson(), text);
  }

  /** Prints the result: {@code report}, which is JSON, or {@code text} for a person. */
  void result(String report, String text) {
    out.print(json ? report : text.endsWith("\n") ? text : text + "\n");
    out.flush();
  }

  /** One line that the user should know and a script does not need. */
  void remark(String line) {
    if (!quiet) {
      err.println("auscult: " + line);
    }
  }
}
