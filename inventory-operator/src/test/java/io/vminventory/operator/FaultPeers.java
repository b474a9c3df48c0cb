package io.vminventory.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.testkit.relay.FaultRelay;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Peers that can be reached through relays, and whose machines can be compared with records. */
interface FaultPeers extends Peers {

  /** A new relay to the vCenter that forwards TLS unread. */
  FaultRelay vcenterRelay();

  /** Provider settings to reach the vCenter through such a relay. */
  default Map<String, String> server(FaultRelay relay) {
    Map<String, String> settings = new HashMap<>(server());
    settings.put("host", "127.0.0.1:" + relay.port());
    return settings;
  }

  /** A new relay to the API server that can read the requests. */
  FaultRelay apiRelay();

  /** The same as {@link #operator()}, through such a relay. */
  KubernetesClient operator(FaultRelay relay);

  /** Writes a kubeconfig with the operator's rights for such a relay. */
  Path kubeconfig(FaultRelay relay, Path directory);

  /** All machines, by the keys of their records. */
  Map<String, MachineSummary> machines();

  /** The key of the record of a machine. */
  String key(String machine);

  /** Ends all sessions except the test's own, as an administrator does. */
  void endSessions();
}
