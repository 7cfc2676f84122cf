/**
 * Report cards: the results of several commands on one model and one data set, joined, with what is
 * missing, and sealed by hashes.
 */
@NullMarked
package dev.auscult.card;

import org.jspecify.annotations.NullMarked;
