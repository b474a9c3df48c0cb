package io.vminventory.k8s;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * The part of a record that says which machine it is about.
 *
 * @param source the machine's identity
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record VmSpec(
    @Required
        @JsonPropertyDescription("The machine that this record is about, and whose record it is.")
        @ValidationRule(value = "self == oldSelf", message = "a record's source cannot be changed")
        Source source) {

  /**
   * The identity of a record. It never changes, so it decides whose record it is.
   *
   * @param tenant the name of the Tenant that the record belongs to
   * @param tenantNamespace the namespace of that Tenant
   * @param key the machine's identity on the platform
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Source(
      @Required @JsonPropertyDescription("Name of the Tenant that the record belongs to.")
          String tenant,
      @Required @JsonPropertyDescription("Namespace of that Tenant.") String tenantNamespace,
      @Required
          @JsonPropertyDescription("Identity of the machine: UUID of the vCenter / object id.")
          String key) {

    public Source {
      // Thousands of records are of the same few Tenants.
      tenant = shared(tenant);
      tenantNamespace = shared(tenantNamespace);
    }

    /** What the definition requires may still be missing in an object from before it did. */
    @SuppressWarnings("NullAway")
    private static String shared(String word) {
      return word == null ? word : word.intern();
    }
  }
}
