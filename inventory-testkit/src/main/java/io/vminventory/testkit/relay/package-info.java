/**
 * TCP relay between a client and a server that injects network faults on demand.
 *
 * <p>Start at {@link io.vminventory.testkit.relay.FaultRelay}. It disturbs connections and their
 * bytes, and HTTP/1.1 requests if it terminates TLS. It does not lose or reorder packets, and does
 * not understand HTTP/2 or any protocol above HTTP.
 */
@NullMarked
package io.vminventory.testkit.relay;

import org.jspecify.annotations.NullMarked;
