package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vminventory.testkit.kubernetes.ResourceType.Names;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Types that are served without a custom resource definition. */
final class BuiltInTypes {

  static final String NAMESPACES = "namespaces";
  static final String SECRETS = "secrets";
  static final String CRDS = "customresourcedefinitions.apiextensions.k8s.io";

  private static final Set<String> EVENT_FIELDS =
      Set.of(
          "involvedObject.kind",
          "involvedObject.namespace",
          "involvedObject.name",
          "involvedObject.uid",
          "involvedObject.apiVersion",
          "involvedObject.resourceVersion",
          "involvedObject.fieldPath",
          "reason",
          "reportingComponent",
          "source",
          "type");

  private BuiltInTypes() {}

  /** In the order of discovery. */
  static List<ResourceType> all() {
    PrinterColumn age = PrinterColumn.age();
    return List.of(
        core("configmaps", "ConfigMap", true, "cm", Set.of(), List.of(data(), age)),
        core("events", "Event", true, "ev", EVENT_FIELDS, eventColumns()),
        new ResourceType(
            "",
            "v1",
            names("namespaces", "Namespace", "ns"),
            false,
            true,
            List.of(PrinterColumn.of("Status", "string", 0, ".status.phase"), age),
            Set.of("status.phase"),
            MissingNode.getInstance()),
        core(
            "secrets",
            "Secret",
            true,
            "",
            Set.of("type"),
            List.of(PrinterColumn.of("Type", "string", 0, ".type"), data(), age)),
        core("serviceaccounts", "ServiceAccount", true, "sa", Set.of(), List.of(age)),
        core("services", "Service", true, "svc", Set.of(), List.of(age)),
        grouped("apiextensions.k8s.io", "customresourcedefinitions", false, true, "crd"),
        grouped("apps", "deployments", true, true, "deploy"),
        grouped("coordination.k8s.io", "leases", true, false, ""),
        grouped("rbac.authorization.k8s.io", "clusterrolebindings", false, false, ""),
        grouped("rbac.authorization.k8s.io", "clusterroles", false, false, ""),
        grouped("rbac.authorization.k8s.io", "rolebindings", true, false, ""),
        grouped("rbac.authorization.k8s.io", "roles", true, false, ""));
  }

  private static ResourceType core(
      String plural,
      String kind,
      boolean namespaced,
      String shortName,
      Set<String> fields,
      List<PrinterColumn> columns) {
    return new ResourceType(
        "",
        "v1",
        names(plural, kind, shortName),
        namespaced,
        false,
        columns,
        fields,
        MissingNode.getInstance());
  }

  private static ResourceType grouped(
      String group, String plural, boolean namespaced, boolean hasStatus, String shortName) {
    String kind =
        switch (plural) {
          case "customresourcedefinitions" -> "CustomResourceDefinition";
          case "deployments" -> "Deployment";
          case "leases" -> "Lease";
          case "clusterrolebindings" -> "ClusterRoleBinding";
          case "clusterroles" -> "ClusterRole";
          case "rolebindings" -> "RoleBinding";
          default -> "Role";
        };
    List<PrinterColumn> columns =
        switch (plural) {
          case "customresourcedefinitions" ->
              List.of(PrinterColumn.of("Created At", "string", 0, ".metadata.creationTimestamp"));
          case "leases" ->
              List.of(
                  PrinterColumn.of("Holder", "string", 0, ".spec.holderIdentity"),
                  PrinterColumn.age());
          default -> List.of(PrinterColumn.age());
        };
    return new ResourceType(
        group,
        "v1",
        names(plural, kind, shortName),
        namespaced,
        hasStatus,
        columns,
        Set.of(),
        MissingNode.getInstance());
  }

  private static Names names(String plural, String kind, String shortName) {
    return new Names(
        plural,
        kind.toLowerCase(Locale.ROOT),
        kind,
        shortName.isEmpty() ? List.of() : List.of(shortName),
        List.of());
  }

  private static PrinterColumn data() {
    return new PrinterColumn(
        "Data",
        "integer",
        0,
        "The number of entries.",
        object -> List.of(IntNode.valueOf(object.path("data").size())));
  }

  private static List<PrinterColumn> eventColumns() {
    return List.of(
        PrinterColumn.of("Last Seen", "date", 0, ".lastTimestamp"),
        PrinterColumn.of("Type", "string", 0, ".type"),
        PrinterColumn.of("Reason", "string", 0, ".reason"),
        new PrinterColumn(
            "Object", "string", 0, "The object of the event.", BuiltInTypes::involved),
        PrinterColumn.of("Message", "string", 0, ".message"));
  }

  private static List<JsonNode> involved(JsonNode event) {
    String kind = Json.text(event, "involvedObject", "kind").toLowerCase(Locale.ROOT);
    return List.of(TextNode.valueOf(kind + "/" + Json.text(event, "involvedObject", "name")));
  }
}
