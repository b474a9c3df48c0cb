package io.vminventory.k8s;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Custom resource {@code Tenant}: an account whose machines are recorded.
 *
 * <p>The status is a subresource: people write the spec, the operator writes the status.
 */
@Group(Names.GROUP)
@Version(Names.VERSION)
@Kind("Tenant")
@Plural("tenants")
@Singular("tenant")
@ShortNames("vmt")
public class TenantResource extends CustomResource<TenantSpec, TenantStatus> implements Namespaced {

  private static final long serialVersionUID = 1L;
}
