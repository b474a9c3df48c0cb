package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vminventory.api.InventoryException;
import io.vminventory.k8s.DeletionPolicy;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.RealCluster;
import io.vminventory.k8s.VmResource;
import io.vminventory.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real API server, which also deletes namespaces. */
@EnabledIfEnvironmentVariable(named = RealCluster.KUBECONFIG, matches = ".+")
@Tag("slow")
class KubernetesInventorySinkIT extends KubernetesInventorySinkContract {

  KubernetesInventorySinkIT() {
    super(new RealCluster());
  }

  @Test
  void namespaceThatIsBeingDeletedIsReportedOnce() throws Exception {
    apply(Machines.typicals(1));
    VmResource stuck = vm("web-0");
    stuck.getMetadata().setFinalizers(List.of("example.com/wait"));
    client().resource(stuck).update();
    client().namespaces().withName(namespace()).delete();

    assertThatThrownBy(() -> apply(Machines.typicals(100)))
        .isInstanceOf(InventoryException.class)
        .hasMessageContaining("is being deleted");

    stuck = vm("web-0");
    stuck.getMetadata().setFinalizers(List.of());
    client().resource(stuck).update();
  }

  @Test
  void sixVerbsOnVmObjectsSuffice() throws Exception {
    String user = namespace();
    try (KubernetesClient limited = clientOf(user);
        KubernetesInventorySink sink =
            new KubernetesInventorySink(
                limited, SinkOptions.defaults(), WritePermit.ALWAYS, clock)) {
      assertThatThrownBy(() -> sink.apply(tenant(), Machines.typicals(3), 0))
          .hasMessageContaining("User \"" + user + "\" cannot list resource \"vms\"")
          .hasMessageContaining("grant the operator list and watch");

      allow(user, "list", "watch");
      Eventually.within(Duration.ofSeconds(20)).until(() -> sink.problem().isEmpty());
      assertThat(sink.apply(tenant(), Machines.typicals(3), 0).problems())
          .hasSize(3)
          .allSatisfy(problem -> assertThat(problem.message()).contains("cannot create resource"));

      allow(user, "list", "watch", "get", "create", "update", "delete");
      assertThat(sink.apply(tenant(), Machines.typicals(3), 0).complete()).isTrue();
      assertThat(
              sink.apply(tenant(), Machines.inventory(Machines.named(1, "renamed")), 0).complete())
          .isTrue();
      sink.release(tenant().id(), namespace(), DeletionPolicy.RETAIN);
    }
  }

  @AfterEach
  void takeRightsAway() {
    client().rbac().clusterRoleBindings().withName(namespace()).delete();
    client().rbac().clusterRoles().withName(namespace()).delete();
  }

  private KubernetesClient clientOf(String user) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(client().getConfiguration()).withImpersonateUsername(user).build())
        .build();
  }

  private void allow(String user, String... verbs) {
    ClusterRole role =
        new ClusterRoleBuilder()
            .withNewMetadata()
            .withName(user)
            .endMetadata()
            .addNewRule()
            .withApiGroups(Names.GROUP)
            .withResources("vms")
            .withVerbs(verbs)
            .endRule()
            .build();
    client().resource(role).createOr(existing -> existing.update());
    ClusterRoleBinding binding =
        new ClusterRoleBindingBuilder()
            .withMetadata(role.getMetadata())
            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", user)
            .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
            .build();
    client().resource(binding).createOr(existing -> existing.update());
    // The authorizer sees the new role a moment later.
    for (String verb : verbs) {
      Eventually.within(Duration.ofSeconds(10)).until(() -> isAllowed(user, verb));
    }
  }

  private boolean isAllowed(String user, String verb) {
    SubjectAccessReview question =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(user)
            .withNewResourceAttributes()
            .withGroup(Names.GROUP)
            .withResource("vms")
            .withVerb(verb)
            .endResourceAttributes()
            .endSpec()
            .build();
    return client()
        .authorization()
        .v1()
        .subjectAccessReview()
        .create(question)
        .getStatus()
        .getAllowed();
  }
}
