package io.vminventory.k8s.sink;

import io.vminventory.api.TenantId;

/**
 * Which machine a record is about, and whose record it is.
 *
 * @param tenant the tenant that the record belongs to
 * @param key the value of the machine's {@link io.vminventory.api.VirtualMachineId}; whatever
 *     stands there in a record that a person has made, and possibly empty
 */
public record RecordSource(TenantId tenant, String key) {}
