package io.vminventory.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/**
 * A vCenter and a Kubernetes API server, embedded or real. Machines are addressed by their managed
 * object ids.
 */
interface Peers extends AutoCloseable {

  /** May do everything. */
  KubernetesClient admin();

  /** A new client with the rights that the operator has; whoever asks closes it. */
  KubernetesClient operator();

  /** How to reach the vCenter, as provider settings. */
  Map<String, String> server();

  String username();

  String password();

  /** Makes a machine that is off; its managed object id. */
  String create(String name);

  /** Makes a machine that is off in another folder, where a name may be used again. */
  String createElsewhere(String name);

  /** Whether a machine may have this name; vcsim turns names into files. */
  boolean canName(String name);

  void powerOn(String machine);

  void rename(String machine, String name);

  void destroy(String machine);

  /** How many sessions are open, without those that the test itself uses. */
  int sessions();

  /** How many requests have written VM objects so far, as the API server counts. */
  int vmWrites();

  @Override
  void close();
}
