package io.vminventory.operator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options of leader election. */
final class LeaseOptions {

  /** The Lease of processes without a tenant selector. */
  private static final String DEFAULT_NAME = "vminventory";

  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}$)[a-z0-9]([-.a-z0-9]*[a-z0-9])?");

  @Option(
      names = "--leader-elect",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = {
        "Work only while holding a Lease, so that other processes can stand by. Default: false.",
        "Environment: VMINVENTORY_LEADER_ELECT."
      })
  private boolean elect;

  @Option(
      names = "--lease-name",
      paramLabel = "NAME",
      description = {
        "The Lease that the replicas of one operator share. Default: vminventory.",
        "Environment: VMINVENTORY_LEASE_NAME."
      })
  private String name = DEFAULT_NAME;

  @Option(
      names = "--lease-namespace",
      paramLabel = "NAMESPACE",
      description = {
        "Where the Lease is. Default: the namespace of the pod, or the one that kubectl would use.",
        "Environment: VMINVENTORY_LEASE_NAMESPACE."
      })
  private String namespace = "";

  /**
   * The mistakes, one line each.
   *
   * @param sharded whether this process works for a part of the Tenants
   */
  List<String> problems(boolean sharded) {
    List<String> problems = new ArrayList<>();
    if (elect && sharded && name.equals(DEFAULT_NAME)) {
      problems.add(
          "--lease-name: give the processes of each --tenant-selector a Lease of their own, such as"
              + " vminventory-a; with one Lease, only one selector's process would work");
    }
    if (!NAME.matcher(name).matches()) {
      problems.add(
          "--lease-name: '" + name + "' is not a name of lower-case letters, digits, '-' and '.'");
    }
    if (!namespace.isEmpty() && !RunOptions.NAMESPACE.matcher(namespace).matches()) {
      problems.add("--lease-namespace: '" + namespace + "' is not a namespace name");
    }
    return problems;
  }

  /** Empty without leader election. */
  Optional<LeaseSettings> settings() {
    return elect
        ? Optional.of(
            new LeaseSettings(Optional.of(namespace).filter(given -> !given.isEmpty()), name))
        : Optional.empty();
  }
}
