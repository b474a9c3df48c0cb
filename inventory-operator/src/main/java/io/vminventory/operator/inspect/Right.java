package io.vminventory.operator.inspect;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Right that the operator needs on one kind of object; the chart and {@code deploy/rbac.yaml} grant
 * exactly these.
 *
 * @param group the API group; empty for the core group
 * @param resource the plural, with its subresource if it is about one: {@code tenants/status}
 * @param verbs the verbs of RBAC
 * @param where in which namespaces, and on which objects
 */
public record Right(String group, String resource, List<String> verbs, Where where) {

  /** Where a right is needed. */
  public enum Where {
    /** In all namespaces: one watch over all records costs less than one for each namespace. */
    EVERYWHERE,
    /**
     * Where Tenants and their records are: in all, unless {@code --watch-namespaces} names some.
     */
    WHERE_TENANTS_ARE,
    /** On the objects that these namespaces are themselves. */
    ON_THESE_NAMESPACES,
    /** On the Lease, if a leader is elected. */
    ON_THE_LEASE,
    /** In the namespace of the Lease: RBAC cannot name an object that does not exist yet. */
    BESIDE_THE_LEASE
  }

  /**
   * Object of an access review.
   *
   * @param namespace empty for all
   * @param name of the object; empty for any
   * @param words the same for a person
   */
  record Place(String namespace, String name, String words) {

    static final Place EVERYWHERE = new Place("", "", "in all namespaces");

    static Place in(String namespace) {
      return new Place(namespace, "", "in " + namespace);
    }

    /** A namespace itself; to the API server it is in itself. */
    static Place on(String namespace) {
      return new Place(namespace, namespace, "on " + namespace);
    }

    static Place on(Lease lease) {
      return new Place(
          lease.namespace(),
          lease.name(),
          "on %s in %s".formatted(lease.name(), lease.namespace()));
    }
  }

  /** The Lease by which a leader is elected. */
  record Lease(String namespace, String name) {}

  /**
   * What the operator is configured for.
   *
   * @param watched the namespaces whose Tenants are watched; empty means all
   * @param lease empty without leader election
   */
  record Scope(Set<String> watched, Optional<Lease> lease) {

    public Scope {
      watched = Set.copyOf(watched);
    }
  }

  /** All rights that the operator needs. */
  static final List<Right> ALL =
      List.of(
          new Right(
              "vminventory.io",
              "tenants",
              List.of("get", "list", "watch", "patch"),
              Where.WHERE_TENANTS_ARE),
          new Right("vminventory.io", "tenants/status", List.of("patch"), Where.WHERE_TENANTS_ARE),
          new Right("vminventory.io", "vms", List.of("list", "watch"), Where.EVERYWHERE),
          new Right(
              "vminventory.io",
              "vms",
              List.of("get", "create", "update", "delete"),
              Where.WHERE_TENANTS_ARE),
          new Right("", "secrets", List.of("get"), Where.WHERE_TENANTS_ARE),
          new Right("", "namespaces", List.of("get"), Where.ON_THESE_NAMESPACES),
          new Right("", "events", List.of("create"), Where.WHERE_TENANTS_ARE),
          new Right("coordination.k8s.io", "leases", List.of("get", "update"), Where.ON_THE_LEASE),
          new Right("coordination.k8s.io", "leases", List.of("create"), Where.BESIDE_THE_LEASE));

  public Right {
    verbs = List.copyOf(verbs);
  }

  /** As kubectl names it, such as {@code tenants.vminventory.io/status}. */
  String name() {
    return group.isEmpty() ? resource : resource.replaceFirst("(?=/|$)", "." + group);
  }

  /** Where the right is needed; empty if it is not. */
  List<Place> places(Scope scope) {
    List<String> watched = scope.watched().stream().sorted().toList();
    return switch (where) {
      case EVERYWHERE -> List.of(Place.EVERYWHERE);
      case WHERE_TENANTS_ARE ->
          watched.isEmpty() ? List.of(Place.EVERYWHERE) : watched.stream().map(Place::in).toList();
      case ON_THESE_NAMESPACES ->
          watched.isEmpty()
              ? List.of(Place.EVERYWHERE)
              : watched.stream().map(namespace -> Place.on(namespace)).toList();
      case ON_THE_LEASE -> scope.lease().map(lease -> Place.on(lease)).stream().toList();
      case BESIDE_THE_LEASE ->
          scope.lease().map(lease -> Place.in(lease.namespace())).stream().toList();
    };
  }

  /** How to grant it. */
  String remedy(Scope scope) {
    return switch (where) {
      case ON_THE_LEASE, BESIDE_THE_LEASE ->
          "grant it by a Role in "
              + scope.lease().map(Lease::namespace).orElse("the namespace of the Lease")
              + ", as vminventory-leader of deploy/rbac.yaml does in vminventory; without it no"
              + " process works";
      case EVERYWHERE, WHERE_TENANTS_ARE, ON_THESE_NAMESPACES ->
          scope.watched().isEmpty()
              ? "grant it, as deploy/rbac.yaml does: kubectl apply -f deploy/rbac.yaml"
              : "grant it, as deploy/rbac.yaml does for all namespaces, or the chart with watchNamespaces=["
                  + String.join(",", scope.watched().stream().sorted().toList())
                  + "]";
    };
  }
}
