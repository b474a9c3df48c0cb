package com.example.machines;

import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachine;
import io.vminventory.k8s.sink.RecordField;
import io.vminventory.k8s.sink.RecordFormat;
import io.vminventory.k8s.sink.RecordSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Format of {@link Machine} records for the sink of VM Inventory. */
final class MachineFormat implements RecordFormat<Machine, MachineFacts> {

  private static final List<RecordField<MachineFacts>> FIELDS =
      List.of(
          new RecordField<>("vmname", MachineFacts::vmname),
          new RecordField<>("powerState", MachineFacts::powerState),
          new RecordField<>("numCpu", MachineFacts::numCpu),
          new RecordField<>("memoryMB", MachineFacts::memoryMB),
          new RecordField<>("ip", MachineFacts::ip));

  @Override
  public Class<Machine> type() {
    return Machine.class;
  }

  /** Namespace of the tenant, name of the tenant, key of the machine, with slashes between. */
  @Override
  public Optional<RecordSource> source(Machine record) {
    if (record.source() == null) {
      return Optional.empty();
    }
    String[] parts = record.source().split("/", 3); // The key may have slashes of its own.
    return parts.length < 3 || parts[0].isBlank() || parts[1].isBlank()
        ? Optional.empty()
        : Optional.of(new RecordSource(new TenantId(parts[0], parts[1]), parts[2]));
  }

  @Override
  public MachineFacts facts(Machine record) {
    return record.facts();
  }

  /** Keeps the date while nothing else differs, even if the sink repairs the labels. */
  @Override
  public MachineFacts facts(VirtualMachine machine, MachineFacts before, Instant now) {
    if (before != null) {
      MachineFacts same = MachineFacts.of(machine, before, before.updateDate());
      if (same.equals(before)) {
        return same;
      }
    }
    return MachineFacts.of(machine, before, now);
  }

  /** All but the date, which alone is not a reason to write. */
  @Override
  public List<RecordField<MachineFacts>> fields() {
    return FIELDS;
  }

  @Override
  public Optional<String> machineName(MachineFacts facts) {
    return Optional.ofNullable(facts.vmname());
  }

  @Override
  public Machine create(RecordSource source, MachineFacts facts) {
    return new Machine(source.tenant() + "/" + source.key(), facts, null);
  }

  @Override
  public Machine change(Machine record, MachineFacts facts) {
    return new Machine(record.source(), facts, record.costCenter());
  }
}
