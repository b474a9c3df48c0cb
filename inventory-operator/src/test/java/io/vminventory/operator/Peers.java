package io.vminventory.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/**
 * A vCenter and a Kubernetes API server, embedded or real. Machines are addressed by their managed
 * object ids.
 */
interface Peers extends AutoCloseable {

  /** Client with all rights. */
  KubernetesClient admin();

  /** A new client with the operator's rights; the caller closes it. */
  KubernetesClient operator();

  /** Provider settings to reach the vCenter. */
  Map<String, String> server();

  String username();

  String password();

  /** Creates a powered-off machine and returns its managed object id. */
  String create(String name);

  /** Creates a powered-off machine in another folder, where names can be used again. */
  String createElsewhere(String name);

  /** Whether a machine can have this name; vcsim uses names as file names. */
  boolean canName(String name);

  void powerOn(String machine);

  void rename(String machine, String name);

  void destroy(String machine);

  /** Number of open sessions, without the test's own. */
  int sessions();

  /** Number of requests that wrote VM objects so far, as counted by the API server. */
  int vmWrites();

  @Override
  void close();
}
