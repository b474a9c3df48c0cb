package io.vminventory.k8s;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the operator tells of a {@code Tenant}. Everything is {@code null} or empty until it is
 * known.
 *
 * @param observedGeneration the generation of the spec that this status is about
 * @param targetNamespace where the records are; also told if the spec leaves it to the default
 * @param execDate when the last complete read ended
 * @param lastHandledRequest the last sync request that was answered
 * @param serverVersion what the server calls itself
 * @param vmCount how many machines the account sees
 * @param conditions at most one of each type
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TenantStatus(
    @JsonPropertyDescription("Generation of the spec that this status is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Namespace that holds the VM records.")
        @Nullable String targetNamespace,
    @JsonPropertyDescription("When the last complete read ended (UTC).") @Nullable Instant execDate,
    @JsonPropertyDescription(
            "The last value of annotation vminventory.io/sync-requested-at that was answered.")
        @Nullable String lastHandledRequest,
    @JsonPropertyDescription("What the server calls itself.") @Nullable String serverVersion,
    @JsonPropertyDescription("How many virtual machines the account sees.")
        @Nullable Integer vmCount,
    @JsonPropertyDescription(
            "Ready, Authenticated, Synced and VisibilityLimited; Reconciling and Stalled only"
                + " while they are True.")
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

  /** The status of a Tenant that nobody has looked at yet. */
  public static TenantStatus empty() {
    return new TenantStatus(null, null, null, null, null, null, null);
  }

  /** The condition of that type, if there is one. */
  public Optional<Condition> condition(String type) {
    return conditions.stream().filter(condition -> condition.type().equals(type)).findFirst();
  }
}
