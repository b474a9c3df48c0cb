package io.vminventory.testkit.junit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.testkit.ManualClock;
import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;
import io.vminventory.testkit.relay.FaultRelay;
import io.vminventory.testkit.vcenter.VcenterBuilder;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * JUnit extension that resolves test parameters to servers of the testkit, and closes the servers
 * after the test.
 *
 * <pre>{@code
 * @ExtendWith(InventoryTestkit.class)
 * class ReaderTest {
 *
 *   @Test
 *   void readsAllMachines(@Vcenter(machines = 100) VcenterSimulator vcenter) {
 *     ...
 *   }
 * }
 * }</pre>
 *
 * <table>
 *   <caption>Parameter types</caption>
 *   <tr><td>{@code VcenterSimulator}</td><td>a vCenter over TLS; see {@link Vcenter}. Unless a model
 *       says otherwise, {@code user} logs in with {@code pass} and sees everything.</td></tr>
 *   <tr><td>{@code FaultRelay}</td><td>a relay to that vCenter</td></tr>
 *   <tr><td>{@code EmbeddedKubernetes}</td><td>an empty API server with the system's clock</td></tr>
 *   <tr><td>{@code KubernetesClient}</td><td>the client of that API server</td></tr>
 *   <tr><td>{@code ManualClock}</td><td>a clock that stands at 2026-01-01T00:00:00Z</td></tr>
 * </table>
 *
 * <p>Parameters of a test, its constructor, its {@code @BeforeEach} and {@code @AfterEach} methods
 * share one instance of each type for that test. Parameters of a {@code @BeforeAll} method, or of
 * the constructor of a class with {@code Lifecycle.PER_CLASS}, are shared by all tests of the class
 * and its nested classes and closed after the last of them; they are thread-safe. A test parameter
 * of the same type resolves to the shared instance, and a test's own relay leads to the shared
 * vCenter.
 *
 * <p>Wrong use fails the test before it starts, with a message that names the parameter and the
 * remedy. Stateless.
 */
public final class InventoryTestkit implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(InventoryTestkit.class);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Set<Class<?>> OF_VCENTER = Set.of(VcenterSimulator.class, FaultRelay.class);
  private static final Set<Class<?>> OTHERS =
      Set.of(EmbeddedKubernetes.class, KubernetesClient.class, ManualClock.class);

  private record Running(VcenterChoice choice, VcenterSimulator vcenter) implements AutoCloseable {

    @Override
    public void close() {
      vcenter.close();
    }
  }

  /** For JUnit. */
  public InventoryTestkit() {}

  /** The constructor of a test belongs to the test. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(
      ExtensionContext rootContext) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return OF_VCENTER.contains(type)
        || OTHERS.contains(type)
        || parameter.isAnnotated(Vcenter.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    Store store = context.getStore(NAMESPACE);
    Optional<Vcenter> own = parameter.findAnnotation(Vcenter.class);
    if (OF_VCENTER.contains(type)) {
      Optional<VcenterChoice> requested = own.or(() -> ofClass(context)).map(VcenterChoice::of);
      VcenterSimulator vcenter = vcenter(store, requested);
      return type == VcenterSimulator.class ? vcenter : relay(store, vcenter);
    }
    if (own.isPresent()) {
      throw new ExtensionConfigurationException(
          "%s is on a parameter of type %s: put it on a VcenterSimulator or a FaultRelay"
              .formatted(VcenterChoice.of(own.get()), type.getSimpleName()));
    }
    if (type == ManualClock.class) {
      return clock(store);
    }
    EmbeddedKubernetes kubernetes =
        store.computeIfAbsent(
            EmbeddedKubernetes.class, key -> EmbeddedKubernetes.start(), EmbeddedKubernetes.class);
    return type == EmbeddedKubernetes.class ? kubernetes : kubernetes.client();
  }

  /** The nearest annotation, from the test's class outwards. */
  private static Optional<Vcenter> ofClass(ExtensionContext context) {
    List<Class<?>> classes = new ArrayList<>(context.getEnclosingTestClasses());
    Collections.reverse(classes);
    classes.add(0, context.getRequiredTestClass());
    return classes.stream()
        .flatMap(type -> Optional.ofNullable(type.getAnnotation(Vcenter.class)).stream())
        .findFirst();
  }

  private static ManualClock clock(Store store) {
    return store.computeIfAbsent(
        ManualClock.class, key -> new ManualClock(START), ManualClock.class);
  }

  private static FaultRelay relay(Store store, VcenterSimulator vcenter) {
    return store.computeIfAbsent(
        FaultRelay.class,
        key -> FaultRelay.to("127.0.0.1", vcenter.port()).start(),
        FaultRelay.class);
  }

  private static VcenterSimulator vcenter(Store store, Optional<VcenterChoice> requested) {
    VcenterChoice choice = requested.orElse(VcenterChoice.DEFAULT);
    Optional<Running> running = Optional.ofNullable(store.get(Running.class, Running.class));
    if (running.isEmpty()) {
      VcenterBuilder builder = choice.builder();
      if (choice.manualClock()) {
        builder.clock(clock(store));
      }
      return store
          .computeIfAbsent(
              Running.class, key -> new Running(choice, builder.start()), Running.class)
          .vcenter();
    }
    if (requested.isPresent() && !running.get().choice().equals(choice)) {
      throw new ExtensionConfigurationException(
          "%s does not fit: the vCenter of this test runs already, with %s. There is one for each"
                  .formatted(choice, running.get().choice())
              + " test, or for its class: declare the same everywhere, or only at the first"
              + " parameter");
    }
    return running.get().vcenter();
  }
}
