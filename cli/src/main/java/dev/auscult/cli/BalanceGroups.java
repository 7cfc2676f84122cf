package dev.auscult.cli;

import dev.auscult.balance.AuditedSample;
import dev.auscult.balance.GroupBalance;
import dev.auscult.base.Seed;
import dev.auscult.data.Sample;
import dev.auscult.metric.Bootstrap;
import dev.auscult.report.GroupBalances;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The groups that an audit reports separately.
 *
 * @param options what the user wrote after {@code --by}
 * @param minimum patients from which on a group is compared
 * @param groupOf by attribute, the group of each sample by its id
 */
record BalanceGroups(List<String> options, int minimum, Map<String, Map<String, String>> groupOf) {
  /** None. */
  static final BalanceGroups NONE = new BalanceGroups(List.of(), 1, Map.of());

  /**
   * Finds the groups of samples.
   *
   * @throws dev.auscult.base.InputException if no sample has an attribute, or it has too many
   *     values
   */
  static BalanceGroups of(GroupOptions options, List<Sample> samples) {
    int minimum = options.minimum();
    Map<String, Map<String, String>> groupOf = new LinkedHashMap<>();
    for (GroupOption group : options.groups()) {
      List<Optional<String>> values = group.of(samples);
      Map<String, String> byId = new HashMap<>();
      for (int i = 0; i < samples.size(); i++) {
        String id = samples.get(i).id();
        values.get(i).ifPresent(value -> byId.put(id, value));
      }
      groupOf.put(group.attribute(), byId);
    }
    return new BalanceGroups(options.written(), minimum, groupOf);
  }

  /** Adds the choice to a run that makes one. */
  void describe(Run run) {
    if (!options.isEmpty()) {
      run.with("by", options).with("min_group", minimum);
    }
  }

  /** The balance of every group under every model. */
  GroupBalances of(Map<String, List<AuditedSample>> models, Seed seed) {
    Map<String, Map<String, List<GroupBalance>>> found = new LinkedHashMap<>();
    models.forEach(
        (model, samples) -> {
          Map<String, List<GroupBalance>> attributes = new LinkedHashMap<>();
          groupOf.forEach(
              (attribute, byId) ->
                  attributes.put(
                      attribute,
                      GroupBalance.of(
                          samples,
                          id -> Optional.ofNullable(byId.get(id)),
                          minimum,
                          Bootstrap.bca(seed.derive("groups").derive(attribute)))));
          found.put(model, attributes);
        });
    return new GroupBalances(found).corrected();
  }
}
