package io.vminventory.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.testkit.relay.FaultRelay;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Peers that can be reached through relays, and can be compared with what is recorded. */
interface FaultPeers extends Peers {

  /** A new relay to the vCenter, which passes TLS on. */
  FaultRelay vcenterRelay();

  /** How to reach the vCenter through such a relay. */
  default Map<String, String> server(FaultRelay relay) {
    Map<String, String> settings = new HashMap<>(server());
    settings.put("host", "127.0.0.1:" + relay.port());
    return settings;
  }

  /** A new relay to the API server, which can read the requests. */
  FaultRelay apiRelay();

  /** The same as {@link #operator()}, through such a relay. */
  KubernetesClient operator(FaultRelay relay);

  /** Writes a kubeconfig with the rights that the operator has, for such a relay. */
  Path kubeconfig(FaultRelay relay, Path directory);

  /** What all machines are like now, by the keys of their records. */
  Map<String, MachineBrief> machines();

  /** The key of the record of a machine. */
  String key(String machine);

  /** Ends all sessions but those that the test itself uses, as an administrator does. */
  void endSessions();
}
