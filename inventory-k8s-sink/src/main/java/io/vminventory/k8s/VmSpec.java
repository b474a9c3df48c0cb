package io.vminventory.k8s;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Spec of a {@code VM}: the machine that the record describes.
 *
 * @param source the machine's identity
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record VmSpec(
    @Required
        @JsonPropertyDescription(
            "Machine that this record describes, and the Tenant that owns the record.")
        @ValidationRule(value = "self == oldSelf", message = "a record's source cannot be changed")
        Source source) {

  /**
   * Identity of a record. It is immutable, so it decides who owns the record.
   *
   * @param tenant the name of the Tenant that owns the record
   * @param tenantNamespace the namespace of that Tenant
   * @param key the machine's identity on the platform
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Source(
      @Required @JsonPropertyDescription("Name of the Tenant that owns the record.") String tenant,
      @Required @JsonPropertyDescription("Namespace of that Tenant.") String tenantNamespace,
      @Required
          @JsonPropertyDescription(
              "Identity of the machine on its platform. For vSphere, the UUID of the vCenter, a"
                  + " slash and the managed object ID.")
          String key) {

    public Source {
      // Thousands of records share a few Tenants.
      tenant = shared(tenant);
      tenantNamespace = shared(tenantNamespace);
    }

    /**
     * An object that was stored under an earlier schema may lack a field that the current schema
     * requires.
     */
    @SuppressWarnings("NullAway")
    private static String shared(String word) {
      return word == null ? word : word.intern();
    }
  }
}
