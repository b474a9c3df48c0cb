package io.vminventory.k8s;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Status of a {@code Tenant}, written by the operator. Fields are {@code null} or empty until they
 * are known.
 *
 * @param observedGeneration the generation of the spec that this status is about
 * @param targetNamespace the namespace of the records; set even if the spec leaves it to the
 *     default
 * @param execDate when the last complete read ended
 * @param lastHandledRequest the last sync request that was handled
 * @param serverVersion the server's product and version
 * @param vmCount how many machines the account sees
 * @param conditions at most one of each type
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TenantStatus(
    @JsonPropertyDescription("Generation of the spec that this status describes.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Namespace that holds the VM records.")
        @Nullable String targetNamespace,
    @JsonPropertyDescription("When the last complete read ended (UTC).") @Nullable Instant execDate,
    @JsonPropertyDescription(
            "Last value of the annotation vminventory.io/sync-requested-at that the operator handled.")
        @Nullable String lastHandledRequest,
    @JsonPropertyDescription("Product and version that the server reports.")
        @Nullable String serverVersion,
    @JsonPropertyDescription("Number of virtual machines that the account can see.")
        @Nullable Integer vmCount,
    @JsonPropertyDescription(
            "Conditions Ready, Authenticated, Synced and VisibilityLimited; Reconciling and"
                + " Stalled only while they are True.")
        List<Condition> conditions) {

  public TenantStatus(
      @Nullable Long observedGeneration,
      @Nullable String targetNamespace,
      @Nullable Instant execDate,
      @Nullable String lastHandledRequest,
      @Nullable String serverVersion,
      @Nullable Integer vmCount,
      @Nullable List<Condition> conditions) {
    this.observedGeneration = observedGeneration;
    this.targetNamespace = targetNamespace;
    this.execDate = execDate;
    this.lastHandledRequest = lastHandledRequest;
    this.serverVersion = serverVersion;
    this.vmCount = vmCount;
    this.conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** Status of a Tenant that has not been reconciled yet. */
  public static TenantStatus empty() {
    return new TenantStatus(null, null, null, null, null, null, null);
  }

  /** The condition of that type, if there is one. */
  public Optional<Condition> condition(String type) {
    return conditions.stream().filter(condition -> condition.type().equals(type)).findFirst();
  }
}
