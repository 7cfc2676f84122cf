package dev.auscult.checkpoint;

import dev.auscult.checkpoint.pickle.Pickled;
import dev.auscult.checkpoint.pickle.Pickled.Constructor;
import dev.auscult.checkpoint.pickle.Pickled.Mapping;
import dev.auscult.checkpoint.pickle.Pickled.Opaque;
import dev.auscult.checkpoint.pickle.Pickled.Sequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Python objects beside tensors that checkpoints carry along: containers, and what training
 * scripts add to the weights (arguments, scores, dates, configurations). Containers are kept; of
 * the others nothing is.
 */
final class PlainObjects {
  private static final Constructor NOTHING_KEPT = arguments -> Opaque.VALUE;
  private static final Constructor DICTIONARY = arguments -> new Mapping();
  private static final Constructor LIST =
      arguments ->
          !arguments.items().isEmpty() && arguments.items().get(0) instanceof Sequence items
              ? items
              : Sequence.empty();

  private static final List<String> DICTIONARIES =
      List.of(
          "builtins.dict",
          "collections.OrderedDict",
          "collections.defaultdict",
          "collections.Counter",
          "pytorch_lightning.utilities.parsing.AttributeDict",
          "lightning_fabric.utilities.data.AttributeDict",
          "lightning.fabric.utilities.data.AttributeDict");

  private static final List<String> LISTS =
      List.of(
          "builtins.list",
          "builtins.tuple",
          "builtins.set",
          "builtins.frozenset",
          "collections.deque",
          "torch.Size");

  private static final List<String> OTHERS =
      List.of(
          "builtins.bool",
          "builtins.int",
          "builtins.long",
          "builtins.float",
          "builtins.complex",
          "builtins.str",
          "builtins.unicode",
          "builtins.bytes",
          "builtins.bytearray",
          "builtins.slice",
          "builtins.range",
          "builtins.xrange",
          "builtins.object",
          "argparse.Namespace",
          "types.SimpleNamespace",
          "pathlib.Path",
          "pathlib.PosixPath",
          "pathlib.WindowsPath",
          "pathlib.PurePosixPath",
          "pathlib.PureWindowsPath",
          "pathlib._local.PosixPath",
          "pathlib._local.WindowsPath",
          "datetime.date",
          "datetime.datetime",
          "datetime.timedelta",
          "datetime.timezone",
          "_codecs.encode",
          "numpy.dtype",
          "numpy.ndarray",
          "numpy.core.multiarray.scalar",
          "numpy.core.multiarray._reconstruct",
          "numpy.core.numeric._frombuffer",
          "numpy._core.multiarray.scalar",
          "numpy._core.multiarray._reconstruct",
          "numpy._core.numeric._frombuffer",
          "torch.device",
          "torch.strided",
          "torch.contiguous_format",
          "torch.channels_last",
          "torch.preserve_format",
          "torch.Tensor",
          "torch.nn.parameter.Parameter",
          "torch.nn.parameter.Buffer",
          "typing.Any",
          "omegaconf.base.Metadata",
          "omegaconf.base.ContainerMetadata",
          "omegaconf.dictconfig.DictConfig",
          "omegaconf.listconfig.ListConfig",
          "omegaconf.nodes.AnyNode",
          "omegaconf.nodes.BooleanNode",
          "omegaconf.nodes.BytesNode",
          "omegaconf.nodes.FloatNode",
          "omegaconf.nodes.IntegerNode",
          "omegaconf.nodes.PathNode",
          "omegaconf.nodes.StringNode");

  /** By module and name. */
  static final Map<String, Pickled> ALL = all();

  private PlainObjects() {}

  private static Map<String, Pickled> all() {
    Map<String, Pickled> all = new HashMap<>();
    DICTIONARIES.forEach(name -> all.put(name, DICTIONARY));
    LISTS.forEach(name -> all.put(name, LIST));
    OTHERS.forEach(name -> all.put(name, NOTHING_KEPT));
    return Map.copyOf(all);
  }
}
