package io.vminventory.k8s.sink;

import io.vminventory.api.TenantId;

/**
 * Identity of a record: its machine and the tenant that owns it.
 *
 * @param tenant the tenant that owns the record
 * @param key the value of the machine's {@link io.vminventory.api.VirtualMachineId}; any text,
 *     possibly empty, in a record that a person created
 */
public record RecordSource(TenantId tenant, String key) {}
