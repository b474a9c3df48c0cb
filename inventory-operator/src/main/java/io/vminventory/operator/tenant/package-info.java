/**
 * The Tenant controller: decides whether a Tenant is admitted, steers its mirror, and tells what
 * came of it in status and events.
 */
@NullMarked
package io.vminventory.operator.tenant;

import org.jspecify.annotations.NullMarked;
