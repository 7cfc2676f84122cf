package dev.auscult.benchmarks;

import dev.auscult.balance.Estimator.Orders;
import dev.auscult.balance.MaskedGames;
import dev.auscult.balance.Masking;
import dev.auscult.checkpoint.SafetensorsWriter;
import dev.auscult.data.Datasets;
import dev.auscult.image.PixelBatch;
import dev.auscult.image.RgbImage;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.shapley.Attribution;
import dev.auscult.shapley.BilinearGame;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.text.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Times whole explanations of a real pair with the default estimator, after one that warms up, and
 * writes the inputs for a peer. Prints {@code passes seconds} per explanation.
 */
public final class ExplanationTime {
  private ExplanationTime() {}

  /** Arguments: checkpoint, data, tokens, explanations, fp32 or bf16, threads, file for inputs. */
  public static void main(String[] arguments) throws IOException {
    DType dtype = arguments[4].equals("bf16") ? DType.BFLOAT16 : DType.FLOAT32;
    Compute compute = new Compute(Integer.parseInt(arguments[5]), dtype, 0);
    compute.apply();
    try (DualEncoder encoder = Models.load(arguments[0], compute)) {
      Pairs pairs = new Pairs(Datasets.open(arguments[1]), encoder.tokenizer());
      MaskedGames games = new MaskedGames(encoder, Masking.faithful());
      RgbImage image = pairs.image(0);
      String text = pairs.text(0, Integer.parseInt(arguments[2]));
      write(encoder, image, text, Path.of(arguments[6]));
      encoder.encodeImages(encoder.imageTransform().apply(image));
      for (int run = 0; run < Integer.parseInt(arguments[3]); run++) {
        long start = System.nanoTime();
        BilinearGame game = games.of(image, text);
        Attribution explained =
            DefaultOrders.of(game, Orders.LATIN, 1).estimator(run).attribute(game);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println(explained.passes().total() + " " + seconds);
      }
    }
  }

  private static void write(DualEncoder encoder, RgbImage image, String text, Path target)
      throws IOException {
    PixelBatch pixels = encoder.imageTransform().apply(image);
    Tokens tokens = encoder.tokenizer().encode(text);
    long[] ids = Arrays.stream(tokens.ids()).asLongStream().toArray();
    long[] players =
        IntStream.range(0, ids.length)
            .filter(at -> !tokens.tokens().get(at).special())
            .asLongStream()
            .toArray();
    long side = pixels.width();
    new SafetensorsWriter()
        .metadata("mask", String.valueOf(encoder.tokenizer().maskId()))
        .addFloats("pixels", List.of(1L, 3L, side, side), pixels.values())
        .addLongs("ids", List.of((long) ids.length), ids)
        .addLongs("players", List.of((long) players.length), players)
        .write(target);
  }
}
