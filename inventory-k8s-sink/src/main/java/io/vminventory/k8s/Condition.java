package io.vminventory.k8s;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One statement about a resource, in the form that Kubernetes and its tools share.
 *
 * @param type what it is about, such as {@code Ready}
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason why, as one CamelCase word for programs
 * @param message why, for a person
 * @param lastTransitionTime when the status last became another one
 * @param observedGeneration the generation of the spec that it is about
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    @Required @JsonPropertyDescription("What the condition is about.") String type,
    @Required @JsonPropertyDescription("True, False or Unknown.") String status,
    @Required @JsonPropertyDescription("Why, as one word for programs.") String reason,
    @Required @JsonPropertyDescription("Why, for a person.") String message,
    @Required @JsonPropertyDescription("When the status last became another one.")
        Instant lastTransitionTime,
    @JsonPropertyDescription("Generation of the spec that the condition is about.")
        @Nullable Long observedGeneration) {

  public Condition {
    // Thousands of records say the same.
    type = shared(type);
    status = shared(status);
    reason = shared(reason);
    message = shared(message);
  }

  private static String shared(String text) {
    return Objects.requireNonNullElse(text, "").intern();
  }

  /** {@link #status()} of a condition that holds. */
  public static final String TRUE = "True";

  /** {@link #status()} of a condition that does not hold. */
  public static final String FALSE = "False";

  /** {@link #status()} of a condition of which it is not known whether it holds. */
  public static final String UNKNOWN = "Unknown";

  /** Whether it is known to hold. */
  public boolean holds() {
    return status.equals(TRUE);
  }
}
