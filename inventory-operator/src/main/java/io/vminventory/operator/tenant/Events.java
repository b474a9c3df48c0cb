package io.vminventory.operator.tenant;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.k8s.sink.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Kubernetes events, so that {@code kubectl describe} tells what happened. An event that
 * cannot be written is logged and forgotten: it never stops the work that it tells of.
 */
final class Events {

  private static final Logger log = LoggerFactory.getLogger(Events.class);

  private static final String COMPONENT = "vminventory-operator";

  /** What the API server takes as a message. */
  private static final int LONGEST = 1024;

  enum Type {
    Normal,
    Warning
  }

  private final KubernetesClient client;
  private final InstantSource clock;

  Events(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  void record(HasMetadata about, Type type, String reason, String message) {
    ObjectReference reference =
        new ObjectReferenceBuilder()
            .withApiVersion(about.getApiVersion())
            .withKind(about.getKind())
            .withNamespace(about.getMetadata().getNamespace())
            .withName(about.getMetadata().getName())
            .withUid(about.getMetadata().getUid())
            .build();
    Instant now = clock.instant();
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    try {
      client
          .v1()
          .events()
          .inNamespace(reference.getNamespace())
          .resource(
              new EventBuilder()
                  .withNewMetadata()
                  .withGenerateName(prefix(reference.getName()))
                  .withNamespace(reference.getNamespace())
                  .endMetadata()
                  .withInvolvedObject(reference)
                  .withType(type.name())
                  .withReason(reason)
                  .withMessage(Texts.clean(message, LONGEST))
                  .withNewSource()
                  .withComponent(COMPONENT)
                  .endSource()
                  .withReportingComponent(COMPONENT)
                  .withFirstTimestamp(time)
                  .withLastTimestamp(time)
                  .withCount(1)
                  .build())
          .create();
    } catch (KubernetesClientException e) {
      log.warn("event not written: {} {}: {}", reason, message, e.getMessage());
    }
  }

  /** A generated name must leave room for its random end. */
  private static String prefix(String name) {
    return (name.length() > 200 ? name.substring(0, 200) : name) + ".";
  }
}
