/** Access to the Kubernetes API: clients, their configuration, and whether it can be used. */
@NullMarked
package io.vminventory.operator.kube;

import org.jspecify.annotations.NullMarked;
