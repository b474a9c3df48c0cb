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
 * Spec of a {@code Tenant}. Missing fields get their defaults here too, so that a Tenant reads the
 * same whether or not an API server has filled them in.
 *
 * @param username the account on the platform; empty only if no API server has validated it
 * @param passwordSecretRef the Secret with the account's password
 * @param targetNamespace the namespace for the records, if not the Tenant's own
 * @param provider the provider that the server has to be of; null accepts any
 * @param server the name of a configured server
 * @param sync when to read the platform
 * @param interval the time between complete reads, as written; see {@link #readInterval()}
 * @param execFlag true requests one complete read now
 * @param suspend true ends the session and leaves the records as they are
 * @param deletionPolicy what happens to the records when the Tenant is deleted
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TenantSpec(
    @Required @JsonPropertyDescription("Account on the platform, such as user@vsphere.local.")
        String username,
    @Required @JsonPropertyDescription("Secret with the account's password.")
        PasswordSecretRef passwordSecretRef,
    @JsonPropertyDescription(
            "Namespace for the VM records; the Tenant's own namespace by default. It cannot be"
                + " changed. To move the records, delete the Tenant and create it again.")
        @Nullable String targetNamespace,
    @JsonPropertyDescription(
            "Provider of the server, such as vsphere. The server decides it; if given, it has to be"
                + " the same.")
        @Nullable String provider,
    @Default("default")
        @JsonPropertyDescription("Name of a server from the operator's configuration.")
        String server,
    @Default("Watch")
        @JsonPropertyDescription(
            "When to read the platform. Watch keeps one session open and follows every change."
                + " Interval logs in, reads everything and logs out once per interval. Manual does"
                + " so only when execFlag is true or the annotation"
                + " vminventory.io/sync-requested-at changes.")
        SyncMode sync,
    @Pattern(TenantSpec.INTERVAL_PATTERN)
        @JsonPropertyDescription(
            "Time between complete reads, such as 30s, 10m or 1h30m. With sync Watch, the"
                + " operator reads everything again at least this often.")
        @Nullable String interval,
    @Default("true")
        @JsonPropertyDescription(
            "Set to true to request one complete read now. The operator sets it to false when the"
                + " read has ended.")
        Boolean execFlag,
    @Default("false")
        @JsonPropertyDescription(
            "Set to true to end the session and leave the VM records as they are.")
        Boolean suspend,
    @Default("Delete")
        @JsonPropertyDescription(
            "What happens to the VM records when the Tenant is deleted. Delete deletes them too."
                + " Retain keeps them without the operator's labels.")
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
    this.provider = provider;
    this.server = Objects.requireNonNullElse(server, "default");
    this.sync = Objects.requireNonNullElse(sync, SyncMode.WATCH);
    this.interval = interval;
    this.execFlag = Objects.requireNonNullElse(execFlag, true);
    this.suspend = Objects.requireNonNullElse(suspend, false);
    this.deletionPolicy = Objects.requireNonNullElse(deletionPolicy, DeletionPolicy.DELETE);
  }

  /**
   * The interval as a duration of at least one second; empty if there is none or it does not match
   * the pattern that the API server requires.
   */
  public Optional<Duration> readInterval() {
    return Optional.ofNullable(interval)
        .filter(text -> INTERVAL.matcher(text).matches())
        .map(text -> Duration.parse("PT" + text));
  }
}
