/**
 * Looks at the cluster, the servers and the tenants, and says what is there. Nothing here writes,
 * neither to Kubernetes nor to a platform.
 */
@NullMarked
package io.vminventory.operator.inspect;

import org.jspecify.annotations.NullMarked;
