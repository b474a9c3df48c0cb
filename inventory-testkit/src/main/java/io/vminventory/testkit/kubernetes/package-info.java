/**
 * An embedded Kubernetes API server for tests and demos.
 *
 * <p>{@link io.vminventory.testkit.kubernetes.EmbeddedKubernetes} is the door: it runs fabric8's
 * mock server on loopback with a dispatcher that keeps objects the way a real API server does, so
 * that the fabric8 client, the Java Operator SDK and {@code kubectl} cannot tell the difference in
 * what this project uses of it.
 *
 * <p>It has no TLS, no users, no controllers and of CEL only {@code self == oldSelf}: what depends
 * on these needs a real API server.
 */
@NullMarked
package io.vminventory.testkit.kubernetes;

import org.jspecify.annotations.NullMarked;
