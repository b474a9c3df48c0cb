package io.vminventory.operator.inspect;

import java.util.List;
import java.util.Set;

/**
 * What the operator may do with one kind of object, and why; {@code deploy/rbac.yaml} grants just
 * that.
 *
 * @param group the API group; empty for the core group
 * @param resource the plural, with its subresource if it is about one: {@code tenants/status}
 * @param verbs as RBAC calls them
 * @param where in which namespaces
 */
public record Right(String group, String resource, List<String> verbs, Where where) {

  /** In which namespaces a right is needed. */
  public enum Where {
    /** In all, and for what is in none: records and their namespaces may be anywhere. */
    EVERYWHERE,
    /** Where Tenants are looked for: in all, unless {@code --watch-namespaces} names some. */
    WHERE_TENANTS_ARE
  }

  /** All that the operator needs. */
  static final List<Right> ALL =
      List.of(
          new Right(
              "vminventory.io",
              "tenants",
              List.of("get", "list", "watch", "patch"),
              Where.WHERE_TENANTS_ARE),
          new Right("vminventory.io", "tenants/status", List.of("patch"), Where.WHERE_TENANTS_ARE),
          new Right(
              "vminventory.io",
              "vms",
              List.of("get", "list", "watch", "create", "update", "delete"),
              Where.EVERYWHERE),
          new Right("", "secrets", List.of("get"), Where.WHERE_TENANTS_ARE),
          new Right("", "namespaces", List.of("get"), Where.EVERYWHERE),
          new Right("", "events", List.of("create"), Where.EVERYWHERE));

  public Right {
    verbs = List.copyOf(verbs);
  }

  /** As kubectl names it, such as {@code tenants.vminventory.io/status}. */
  String name() {
    return group.isEmpty() ? resource : resource.replaceFirst("(?=/|$)", "." + group);
  }

  /**
   * The namespaces in which it has to be asked for; the empty name means all at once.
   *
   * @param watched where Tenants are looked for; empty means everywhere
   */
  Set<String> namespaces(Set<String> watched) {
    return switch (where) {
      case EVERYWHERE -> Set.of("");
      case WHERE_TENANTS_ARE -> watched.isEmpty() ? Set.of("") : watched;
    };
  }
}
