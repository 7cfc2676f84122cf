/**
 * Reads and writes model files: safetensors, their configuration, and their hashes; executes
 * nothing.
 */
@NullMarked
package dev.auscult.checkpoint;

import org.jspecify.annotations.NullMarked;
