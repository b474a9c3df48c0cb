package io.vminventory.k8s;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reference to the Secret with a Tenant's password.
 *
 * @param name the name of a Secret in the Tenant's own namespace
 * @param key the entry of the Secret; {@code password} by default
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PasswordSecretRef(
    @Required @JsonPropertyDescription("Name of a Secret in the Tenant's own namespace.")
        String name,
    @Default("password") @JsonPropertyDescription("Entry of the Secret that holds the password.")
        String key) {

  static final String DEFAULT_KEY = "password";

  public PasswordSecretRef(@Nullable String name, @Nullable String key) {
    this.name = Objects.requireNonNullElse(name, "");
    this.key = Objects.requireNonNullElse(key, DEFAULT_KEY);
  }
}
