/**
 * Tenant controller: checks a Tenant's preconditions, keeps its mirror running, and reports in
 * status, events and metrics.
 */
@NullMarked
package io.vminventory.operator.tenant;

import org.jspecify.annotations.NullMarked;
