package io.vminventory.k8s;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Custom resource {@code VM}: the record of one virtual machine.
 *
 * <p>Unlike other resources it has <em>no</em> status subresource. With one, the API server would
 * drop the status of a plain {@code kubectl apply} before validation and silently accept a wrong
 * fact, and writing identity and facts would take two requests. Only the operator writes VM
 * objects, so there is nothing to separate. Write them with {@code create} and {@code update},
 * never with {@code updateStatus} or {@code patchStatus}.
 */
@Group(Names.GROUP)
@Version(Names.VERSION)
@Kind("VM")
@Plural("vms")
@Singular("vm")
@ShortNames("ivm")
public class VmResource extends CustomResource<VmSpec, VmStatus> implements Namespaced {

  private static final long serialVersionUID = 1L;

  /**
   * Ignores the managed fields: they are a third of an object, and decoding them is a tenth of what
   * a write allocates.
   */
  @Override
  @JsonIgnoreProperties("managedFields")
  public void setMetadata(ObjectMeta metadata) {
    super.setMetadata(metadata);
  }
}
