/**
 * The operator's side of the Kubernetes API: clients, readiness, and the reasons of conditions and
 * events.
 */
@NullMarked
package io.vminventory.operator.kube;

import org.jspecify.annotations.NullMarked;
