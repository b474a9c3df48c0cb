package io.vminventory.operator.tenant;

import io.vminventory.api.TenantId;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.SyncMode;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.TenantSpec;
import io.vminventory.k8s.internal.DisplayText;
import io.vminventory.operator.mirror.MirrorSpec;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Accessors of a Tenant resource, with defaults and requests. Pure. */
final class Tenants {

  private static final Duration WATCH_INTERVAL = Duration.ofHours(1);
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  /** The bound of {@code status.lastHandledRequest}. */
  private static final int REQUEST_LENGTH = 1024;

  private Tenants() {}

  static TenantId id(TenantResource resource) {
    return new TenantId(resource.getMetadata().getNamespace(), resource.getMetadata().getName());
  }

  /** Distinguishes a Tenant from an earlier one of the same name. */
  static String uid(TenantResource resource) {
    return Objects.requireNonNullElse(resource.getMetadata().getUid(), "");
  }

  /** The namespace of the records. */
  static String target(TenantResource resource) {
    String target = resource.getSpec().targetNamespace();
    return target == null || target.isEmpty() ? resource.getMetadata().getNamespace() : target;
  }

  static Duration interval(TenantSpec spec) {
    return spec.readInterval().orElse(spec.sync() == SyncMode.WATCH ? WATCH_INTERVAL : INTERVAL);
  }

  static Optional<String> annotation(TenantResource resource, String name) {
    Map<String, String> annotations =
        Objects.requireNonNullElse(resource.getMetadata().getAnnotations(), Map.of());
    return Optional.ofNullable(annotations.get(name)).filter(value -> !value.isBlank());
  }

  /** The read that an annotation requests, cut to the length in which the status echoes it. */
  static Optional<String> syncRequest(TenantResource resource) {
    return annotation(resource, Names.SYNC_REQUESTED_ANNOTATION)
        .map(request -> DisplayText.clean(request, REQUEST_LENGTH));
  }

  /** Tokens of the requested complete reads; a new request has a new token. */
  static Set<String> requests(TenantResource resource) {
    Set<String> requests = new HashSet<>();
    if (resource.getSpec().execFlag()) {
      requests.add(execToken(resource));
    }
    syncRequest(resource).map(Tenants::syncToken).ifPresent(requests::add);
    annotation(resource, Names.CONFIRM_DELETION_ANNOTATION)
        .map(Tenants::confirmToken)
        .ifPresent(requests::add);
    return requests;
  }

  /** The count of the confirmation, or zero if there is none or it is not a number. */
  static int confirmedDeletions(TenantResource resource) {
    return annotation(resource, Names.CONFIRM_DELETION_ANNOTATION)
        .map(String::strip)
        .filter(count -> count.matches("[0-9]{1,9}"))
        .map(Integer::valueOf)
        .orElse(0);
  }

  static String execToken(TenantResource resource) {
    return "exec:" + resource.getMetadata().getGeneration();
  }

  static String syncToken(String requestedAt) {
    return "sync:" + requestedAt;
  }

  static String confirmToken(String count) {
    return MirrorSpec.CONFIRMATION_PREFIX + count;
  }
}
