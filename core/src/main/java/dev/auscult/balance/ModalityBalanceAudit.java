package dev.auscult.balance;

import dev.auscult.base.Progress;
import dev.auscult.data.Dataset;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Sample;
import dev.auscult.model.DualEncoder;
import dev.auscult.shapley.OrderPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * Audits one model on one data set: how much of each score comes from the image and how much from
 * the text (MM-SHAP, Parcalabescu and Frank 2023), by factorised Shapley values.
 *
 * <p>Samples are audited one after another and handed on; only a few numbers of each stay in
 * memory. A sample's values depend on the model, the sample, the configuration and (through a given
 * budget) the run's longest text: not on the order, nor on earlier interruptions.
 */
public final class ModalityBalanceAudit {
  private final DualEncoder encoder;
  private final BalanceConfig config;
  private final ScoredTexts texts;
  private final AuditQueue queue;
  private final OrderPlan imagePlan;

  /**
   * What an audit found.
   *
   * @param balance the summary
   * @param samples what it summarises, in the order audited
   * @param skipped samples that could not be audited, with the reason
   * @param truncated samples whose text exceeded the model's context and lost its end
   */
  public record Outcome(
      ModalityBalance balance, List<AuditedSample> samples, List<Skipped> skipped, int truncated) {
    /** Copies the lists. */
    public Outcome {
      samples = List.copyOf(samples);
      skipped = List.copyOf(skipped);
    }
  }

  /**
   * Checks everything that can be checked before any encoder pass.
   *
   * @throws dev.auscult.base.InputException if the configuration asks for what is not available, no
   *     sample is fit for the task, or the budget is too small
   */
  public ModalityBalanceAudit(DualEncoder encoder, BalanceConfig config, Dataset dataset) {
    AvailableChoices.check(config);
    this.encoder = encoder;
    this.config = config;
    this.texts = texts(encoder, config, dataset);
    this.queue = AuditQueue.of(dataset, config, texts);
    int longest = queue.samples().stream().mapToInt(texts::players).max().orElse(0);
    this.imagePlan = config.budget().imageOrders(encoder.patchGrid().count(), longest);
  }

  private static ScoredTexts texts(DualEncoder encoder, BalanceConfig config, Dataset dataset) {
    return switch (config.task()) {
      case ISA -> new Captions(encoder.tokenizer());
      case VQA ->
          new AnsweredQuestions(
              encoder,
              config.selection(),
              new CandidateAnswers(config.selection().candidates(), dataset.samples()));
    };
  }

  /** The samples that will be audited, in that order: all samples of an image together. */
  public List<Sample> samples() {
    return queue.samples();
  }

  /**
   * Audits all samples that {@code sink} does not know yet.
   *
   * @throws dev.auscult.base.InterruptedRunException if the user stops it; the sink then has what
   *     is finished
   */
  public Outcome run(BalanceSink sink, Progress progress) {
    long start = System.nanoTime();
    AuditRun run = new AuditRun(encoder, config, texts, imagePlan, sink);
    String name = "auditing " + encoder.identity().name();
    try (Progress.Task task = progress.begin(name, queue.size())) {
      queue.groups().forEach(group -> run.audit(group, task));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    List<Skipped> skipped = new ArrayList<>(queue.skipped());
    skipped.addAll(run.skipped());
    return new Outcome(
        new BalanceSummary(config, encoder.logitScale()).of(run.rows(), seconds),
        run.rows(),
        skipped,
        (int) queue.samples().stream().filter(texts::truncated).count());
  }
}
