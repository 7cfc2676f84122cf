/**
 * Reads model files as they are published (safetensors, PyTorch's zip, TorchScript, shards) with
 * their configuration and their hashes, and writes safetensors; executes nothing.
 */
@NullMarked
package dev.auscult.checkpoint;

import org.jspecify.annotations.NullMarked;
