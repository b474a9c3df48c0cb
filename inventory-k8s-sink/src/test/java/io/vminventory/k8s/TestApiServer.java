package io.vminventory.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;

/** API server with the custom resource definitions. Closing removes what a test created. */
public interface TestApiServer extends AutoCloseable {

  KubernetesClient client();

  /** Creates a namespace for this test alone. */
  String newNamespace();

  /** Number of requests so far that write single VM objects. */
  long writesOfVms();

  /** Number of requests so far that list the VM objects of all namespaces. */
  long listsOfVms();

  @Override
  void close();
}
