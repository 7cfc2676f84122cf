package dev.auscult.balance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps every sample. */
final class CollectingSink implements BalanceSink {
  final Map<String, SampleBalance> balances = new LinkedHashMap<>();

  @Override
  public Optional<SampleFigures> finished(String id) {
    return Optional.empty();
  }

  @Override
  public void accept(SampleBalance balance) {
    if (balances.put(balance.id(), balance) != null) {
      throw new IllegalStateException(balance.id() + " twice");
    }
  }

  SampleBalance get(String id) {
    return Optional.ofNullable(balances.get(id)).orElseThrow();
  }
}
