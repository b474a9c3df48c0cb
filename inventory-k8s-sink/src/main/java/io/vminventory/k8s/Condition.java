package io.vminventory.k8s;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Condition of a resource, in the form of {@code metav1.Condition}.
 *
 * @param type the condition's type, such as {@code Ready}
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason why, as one CamelCase word for programs
 * @param message why, for people
 * @param lastTransitionTime when the status last changed
 * @param observedGeneration the generation of the spec that the condition is about
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    @Required @JsonPropertyDescription("Type of the condition.") String type,
    @Required @JsonPropertyDescription("True, False or Unknown.") String status,
    @Required @JsonPropertyDescription("Reason, as one CamelCase word for programs.") String reason,
    @Required @JsonPropertyDescription("Explanation for people.") String message,
    @Required @JsonPropertyDescription("When the status last changed (UTC).")
        Instant lastTransitionTime,
    @JsonPropertyDescription("Generation of the spec that the condition is about.")
        @Nullable Long observedGeneration) {

  public Condition {
    // Thousands of records share the same texts.
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

  /** {@link #status()} of a condition that may hold or not. */
  public static final String UNKNOWN = "Unknown";

  /** Whether the status is {@code True}. */
  public boolean holds() {
    return status.equals(TRUE);
  }
}
