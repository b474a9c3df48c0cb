package io.vminventory.k8s;

/** Names of VM Inventory in Kubernetes. They never change once released. */
public final class Names {

  /** The API group of the custom resources. */
  public static final String GROUP = "vminventory.io";

  /** The API version of the custom resources. */
  public static final String VERSION = "v1";

  /** Label of every record; its value is {@link #MANAGER}. */
  public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";

  /** Value of {@link #MANAGED_BY_LABEL}. */
  public static final String MANAGER = "vminventory";

  /** Label of every record: the name of the Tenant that owns it. */
  public static final String TENANT_LABEL = "vminventory.io/tenant";

  /** Label of every record: the namespace of the Tenant that owns it. */
  public static final String TENANT_NAMESPACE_LABEL = "vminventory.io/tenant-namespace";

  /** Annotation of a Tenant: a new value requests one complete read now. */
  public static final String SYNC_REQUESTED_ANNOTATION = "vminventory.io/sync-requested-at";

  /** Annotation of a Tenant: the number of held deletions that a person confirms. */
  public static final String CONFIRM_DELETION_ANNOTATION = "vminventory.io/confirm-deletion";

  /**
   * Annotation of a Namespace: the namespaces whose Tenants may put records here, separated by
   * commas, or {@code *}.
   */
  public static final String ALLOW_TENANTS_FROM_ANNOTATION = "vminventory.io/allow-tenants-from";

  private Names() {}
}
