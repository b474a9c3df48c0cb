package io.vminventory.k8s.sink;

import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachine;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmSpec;
import io.vminventory.k8s.VmStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Format of {@code VM} objects: the source in the spec, the facts in the status. */
final class VmFormat implements RecordFormat<VmResource, VmStatus> {

  private static final List<RecordField<VmStatus>> FIELDS =
      List.of(
          new RecordField<>("vmname", VmStatus::vmname),
          new RecordField<>("powerState", VmStatus::powerState),
          new RecordField<>("numCpu", VmStatus::numCpu),
          new RecordField<>("memoryMB", VmStatus::memoryMB),
          new RecordField<>("ips", VmStatus::ips),
          new RecordField<>("ipsTruncated", VmStatus::ipsTruncated),
          new RecordField<>("primaryIP", VmStatus::primaryIP),
          new RecordField<>("guestHostName", VmStatus::guestHostName),
          new RecordField<>("guestOS", VmStatus::guestOS),
          new RecordField<>("toolsStatus", VmStatus::toolsStatus),
          new RecordField<>("template", VmStatus::template),
          new RecordField<>("host", VmStatus::host),
          new RecordField<>("cluster", VmStatus::cluster),
          new RecordField<>("datacenter", VmStatus::datacenter),
          new RecordField<>("folder", VmStatus::folder),
          new RecordField<>("instanceUuid", VmStatus::instanceUuid),
          new RecordField<>("biosUuid", VmStatus::biosUuid),
          new RecordField<>("nics", VmStatus::nics),
          new RecordField<>("nicsTruncated", VmStatus::nicsTruncated),
          new RecordField<>("conditions", VmFormat::conditions));

  @Override
  public Class<VmResource> type() {
    return VmResource.class;
  }

  @Override
  public Optional<RecordSource> source(VmResource vm) {
    return Optional.ofNullable(vm.getSpec())
        .map(VmSpec::source)
        .filter(source -> isNotBlank(source.tenant()) && isNotBlank(source.tenantNamespace()))
        .map(
            source ->
                new RecordSource(
                    new TenantId(source.tenantNamespace(), source.tenant()),
                    Objects.requireNonNullElse(source.key(), "")));
  }

  /**
   * An object that was stored under an earlier schema may lack a field that the current schema
   * requires.
   */
  private static boolean isNotBlank(@Nullable String text) {
    return text != null && !text.isBlank();
  }

  @Override
  public VmStatus facts(VmResource vm) {
    return Objects.requireNonNullElseGet(vm.getStatus(), VmStatus::empty);
  }

  @Override
  public VmStatus facts(VirtualMachine machine, @Nullable VmStatus before, Instant now) {
    return VmStatusMapper.status(
        machine, Objects.requireNonNullElseGet(before, VmStatus::empty), now);
  }

  @Override
  public List<RecordField<VmStatus>> fields() {
    return FIELDS;
  }

  @Override
  public Optional<String> machineName(VmStatus status) {
    return Optional.ofNullable(status.vmname());
  }

  @Override
  public VmResource create(RecordSource source, VmStatus status) {
    TenantId tenant = source.tenant();
    VmResource vm = new VmResource();
    vm.setSpec(new VmSpec(new VmSpec.Source(tenant.name(), tenant.namespace(), source.key())));
    vm.setStatus(status);
    return vm;
  }

  @Override
  public VmResource change(VmResource before, VmStatus status) {
    VmResource vm = new VmResource();
    vm.setSpec(before.getSpec());
    // Without facts, keep the status as it was instead of writing an empty one.
    vm.setStatus(status.equals(VmStatus.empty()) ? before.getStatus() : status);
    return vm;
  }

  private static List<String> conditions(VmStatus status) {
    return status.conditions().isEmpty()
        ? List.of()
        : status.conditions().stream()
            .map(c -> c.type() + " " + c.status() + " " + c.reason() + " " + c.message())
            .toList();
  }
}
