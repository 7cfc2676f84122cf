/**
 * The {@code auscult} command: one class per command, results on stdout, everything else on stderr.
 */
@NullMarked
package dev.auscult.cli;

import org.jspecify.annotations.NullMarked;
