/**
 * Embedded Kubernetes API server for tests and demos.
 *
 * <p>Start at {@link io.vminventory.testkit.kubernetes.EmbeddedKubernetes}. It runs fabric8's mock
 * web server on loopback with a dispatcher of its own that keeps objects as a real API server does.
 * The fabric8 client, the Java Operator SDK and {@code kubectl} work with it. It has no TLS, no
 * users, no controllers, and of CEL only {@code self == oldSelf}: tests of these need a real API
 * server.
 *
 * <table>
 *   <caption>Classes by topic</caption>
 *   <tr><td>public</td><td>{@code EmbeddedKubernetes}, {@code Access}, {@code Fault}, {@code Faults}, {@code
 *       RequestCounts}</td></tr>
 *   <tr><td>requests</td><td>{@code ApiDispatcher}, {@code ApiRequest}, {@code ApiResponse}, {@code ProtobufBody}, {@code
 *       StatusException}, {@code Reviews}, {@code Kubeconfig}, {@code MockServerLog}, {@code Json}</td></tr>
 *   <tr><td>objects</td><td>{@code ResourceApi}, {@code ObjectStore}, {@code ObjectRules}, {@code ObjectMetadata}, {@code
 *       BuiltInRules}, {@code Preconditions}</td></tr>
 *   <tr><td>types</td><td>{@code ResourceTypes}, {@code ResourceType}, {@code BuiltInTypes}, {@code CustomTypes}, {@code
 *       SchemaPruning}, {@code SchemaValidation}, {@code ListType}, {@code Discovery}, {@code OpenApi}</td></tr>
 *   <tr><td>reads</td><td>{@code ObjectQuery}, {@code Selectors}, {@code TablePrinter}, {@code PrinterColumn}, {@code
 *       ColumnPath}, {@code Age}</td></tr>
 *   <tr><td>watches</td><td>{@code StoreEvent}, {@code WatchSocket}, {@code WatchStreams}</td></tr>
 *   <tr><td>patches and apply</td><td>{@code Patches}, {@code MergePatch}, {@code ServerSideApply}, {@code
 *       FieldOwnership}, {@code FieldSet}</td></tr>
 * </table>
 */
@NullMarked
package io.vminventory.testkit.kubernetes;

import org.jspecify.annotations.NullMarked;
