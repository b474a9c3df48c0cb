package io.vminventory.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;

/** An API server that has the custom resource definitions. Closing removes what a test left. */
public interface TestApiServer extends AutoCloseable {

  KubernetesClient client();

  /** A namespace that nobody else uses. */
  String newNamespace();

  /** How many requests to write single VM objects it has got so far. */
  long writesOfVms();

  /** How many requests to list the VM objects of all namespaces it has got so far. */
  long listsOfVms();

  @Override
  void close();
}
