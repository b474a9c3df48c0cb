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
 * A {@code VM} as Kubernetes stores it: the record of one virtual machine.
 *
 * <p>Unlike other resources it has <em>no</em> status subresource. With one, the API server would
 * drop the status of a plain {@code kubectl apply} before validating it, so that a wrong fact would
 * be accepted in silence; and identity and facts would take two requests. Only the operator may
 * write VM objects, so nothing needs to be kept apart. Write them with {@code create} and {@code
 * update}, never with {@code updateStatus} or {@code patchStatus}.
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
   * Who set which field is not read: it is a third of an object, and decoding it a tenth of what a
   * write allocates.
   */
  @Override
  @JsonIgnoreProperties("managedFields")
  public void setMetadata(ObjectMeta metadata) {
    super.setMetadata(metadata);
  }
}
