/**
 * Brings models from the Hugging Face hub, or a mirror of it, into the cache that Python's
 * huggingface_hub keeps too.
 */
@NullMarked
package dev.auscult.checkpoint.hub;

import org.jspecify.annotations.NullMarked;
