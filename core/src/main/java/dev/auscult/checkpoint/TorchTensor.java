package dev.auscult.checkpoint;

import dev.auscult.checkpoint.pickle.Pickled;

/**
 * A tensor of a PyTorch checkpoint: elements of a storage, from {@code offset} in steps of the
 * layout's strides, none beyond its end.
 */
record TorchTensor(TorchStorage storage, StoredType type, long offset, StridedShape layout)
    implements Pickled.Foreign {

  /** Checks that the tensor lies within its storage and repeats nothing of it. */
  TorchTensor {
    long available = storage.bytes() / type.bytes();
    if (offset < 0 || layout.count() > available) {
      throw new IllegalArgumentException("%d elements".formatted(layout.count()));
    }
    if (layout.count() > 0 && Math.addExact(offset, layout.span()) > available) {
      throw new IllegalArgumentException("elements up to " + (offset + layout.span()));
    }
  }

  /** Its bytes in the archive, from the first element to the end of the farthest. */
  MappedFile.Range range() {
    long begin = storage.entry().begin() + (layout.count() == 0 ? 0 : offset * type.bytes());
    return new MappedFile.Range(begin, begin + layout.span() * type.bytes());
  }

  /** Whether its elements lie where one can compute on them. */
  boolean isAligned() {
    return storage.entry().begin() % type.bytes() == 0;
  }
}
