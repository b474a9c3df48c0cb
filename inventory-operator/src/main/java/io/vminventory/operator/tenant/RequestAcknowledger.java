package io.vminventory.operator.tenant;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.TenantResource;
import io.vminventory.operator.mirror.MirrorState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acknowledgement of requests that a complete read has handled: {@code spec.execFlag} becomes false
 * and the confirmation of deletions is removed.
 */
record RequestAcknowledger(KubernetesClient client) {

  private static final Logger log = LoggerFactory.getLogger(RequestAcknowledger.class);

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  /** To be called once the status shows that read: people who wait for the one find the other. */
  void acknowledge(TenantResource tenant, MirrorState state) {
    boolean execFlag =
        tenant.getSpec().execFlag() && state.reads().handled().contains(Tenants.execToken(tenant));
    boolean confirmation =
        Tenants.annotation(tenant, Names.CONFIRM_DELETION_ANNOTATION)
            .map(Tenants::confirmToken)
            .filter(state.reads().handled()::contains)
            .isPresent();
    if (!execFlag && !confirmation) {
      return;
    }
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata =
        patch
            .putObject("metadata")
            .put("resourceVersion", tenant.getMetadata().getResourceVersion());
    if (confirmation) {
      metadata.putObject("annotations").putNull(Names.CONFIRM_DELETION_ANNOTATION);
    }
    if (execFlag) {
      patch.putObject("spec").put("execFlag", false);
    }
    try {
      client.resource(tenant).patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
    } catch (KubernetesClientException e) {
      if (e.getCode() != CONFLICT && e.getCode() != NOT_FOUND) {
        throw e;
      }
      log.debug("the Tenant has changed meanwhile; its next event triggers another try");
    }
  }
}
