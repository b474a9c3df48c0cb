/**
 * Models of tenants and their virtual machines, and the interfaces that read and write them.
 *
 * <p>A {@linkplain io.vminventory.api.InventoryProvider provider} reads the machines of a
 * {@linkplain io.vminventory.api.Tenant tenant} from a platform such as vCenter; an {@linkplain
 * io.vminventory.api.InventorySink sink} keeps records of them elsewhere. Neither knows the other,
 * and no type of a platform or of Kubernetes appears here. Nothing here logs in, writes, retries or
 * starts a thread; implementations and their callers do.
 *
 * <p>Values are immutable and safe to share between threads. Nothing is {@code null} unless it is
 * annotated so.
 */
@NullMarked
package io.vminventory.api;

import org.jspecify.annotations.NullMarked;
