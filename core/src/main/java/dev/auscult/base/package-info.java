/**
 * What every package stands on: errors a person can act on, files written whole or not at all,
 * content hashes, derived seeds, progress, YAML read key by key.
 */
@NullMarked
package dev.auscult.base;

import org.jspecify.annotations.NullMarked;
