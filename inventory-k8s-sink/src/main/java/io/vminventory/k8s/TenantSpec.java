package io.vminventory.k8s;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person asks for in a {@code Tenant}. What is left out has its default here too, so that a
 * Tenant reads the same whether or not an API server has filled it in.
 *
 * @param username the account on the platform; empty only if no API server has validated it
 * @param passwordSecretRef where its password is
 * @param targetNamespace where the records belong, if not in the Tenant's own namespace
 * @param provider the kind of platform
 * @param server the configured server
 * @param sync how the records are kept true
 * @param interval the time between complete reads, as written; see {@link #readInterval()}
 * @param execFlag true asks for one complete read now
 * @param suspend true stops everything and leaves the records as they are
 * @param deletionPolicy what becomes of the records when the Tenant is deleted
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TenantSpec(
    @Required @JsonPropertyDescription("Account on the platform, such as user@vsphere.local.")
        String username,
    @Required @JsonPropertyDescription("Where the account's password is kept.")
        PasswordSecretRef passwordSecretRef,
    @JsonPropertyDescription(
            "Namespace that holds the VM records; the Tenant's own if not given. It cannot be"
                + " changed: delete the Tenant and create it again to move its records.")
        @Nullable String targetNamespace,
    @Default("vsphere") @JsonPropertyDescription("Kind of platform.") String provider,
    @Default("default")
        @JsonPropertyDescription("Name of a server that the operator's administrator configured.")
        String server,
    @Default("Watch")
        @JsonPropertyDescription(
            "Watch keeps one session open and follows every change. Interval logs in, reads and"
                + " logs out once per interval. Manual does so only when execFlag is set or the"
                + " annotation vminventory.io/sync-requested-at changes.")
        SyncMode sync,
    @Pattern(TenantSpec.INTERVAL_PATTERN)
        @JsonPropertyDescription(
            "Time between complete reads, such as 30s, 10m or 1h30m. With sync Watch: read"
                + " everything again at least this often.")
        @Nullable String interval,
    @Default("true")
        @JsonPropertyDescription(
            "true asks for one complete read now; the operator sets it to false when that is done.")
        Boolean execFlag,
    @Default("false")
        @JsonPropertyDescription("true ends the session and leaves the VM records as they are.")
        Boolean suspend,
    @Default("Delete")
        @JsonPropertyDescription(
            "What becomes of the VM records when the Tenant is deleted: Delete or Retain.")
        DeletionPolicy deletionPolicy) {

  static final String INTERVAL_PATTERN =
      "^([1-9][0-9]{0,3}h([0-9]{1,2}m)?([0-9]{1,2}s)?"
          + "|[1-9][0-9]{0,4}m([0-9]{1,2}s)?"
          + "|[1-9][0-9]{0,5}s)$";

  private static final java.util.regex.Pattern INTERVAL =
      java.util.regex.Pattern.compile(INTERVAL_PATTERN);

  public TenantSpec(
      @Nullable String username,
      @Nullable PasswordSecretRef passwordSecretRef,
      @Nullable String targetNamespace,
      @Nullable String provider,
      @Nullable String server,
      @Nullable SyncMode sync,
      @Nullable String interval,
      @Nullable Boolean execFlag,
      @Nullable Boolean suspend,
      @Nullable DeletionPolicy deletionPolicy) {
    this.username = Objects.requireNonNullElse(username, "");
    this.passwordSecretRef =
        Objects.requireNonNullElseGet(passwordSecretRef, () -> new PasswordSecretRef(null, null));
    this.targetNamespace = targetNamespace;
    this.provider = Objects.requireNonNullElse(provider, "vsphere");
    this.server = Objects.requireNonNullElse(server, "default");
    this.sync = Objects.requireNonNullElse(sync, SyncMode.WATCH);
    this.interval = interval;
    this.execFlag = Objects.requireNonNullElse(execFlag, true);
    this.suspend = Objects.requireNonNullElse(suspend, false);
    this.deletionPolicy = Objects.requireNonNullElse(deletionPolicy, DeletionPolicy.DELETE);
  }

  /**
   * The interval as a time, at least one second; empty if none is given, or if it is not of the
   * form that the API server demands.
   */
  public Optional<Duration> readInterval() {
    return Optional.ofNullable(interval)
        .filter(text -> INTERVAL.matcher(text).matches())
        .map(text -> Duration.parse("PT" + text));
  }
}
