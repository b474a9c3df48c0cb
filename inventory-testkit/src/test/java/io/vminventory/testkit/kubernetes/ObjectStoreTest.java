package io.vminventory.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ObjectStoreTest {

  private static final ResourceType SECRETS = new ResourceTypes().storedAs("secrets");

  private final ObjectStore store = new ObjectStore();

  private static ObjectNode secret(String namespace, String name, String tier) {
    return TestJson.object(
        "metadata: {namespace: %s, name: %s, labels: {tier: %s}}".formatted(namespace, name, tier));
  }

  @Test
  void namespacesAreSeparate() {
    for (String namespace : List.of("lab", "lab-2", "la", "lab0")) {
      store.put(SECRETS, secret(namespace, "a", "web"));
    }

    assertThat(store.list(SECRETS, "lab")).hasSize(1);
    assertThat(store.list(SECRETS, "")).hasSize(4);
  }

  @Test
  void changesAreReturnedSinceAVersion() {
    store.put(SECRETS, secret("lab", "a", "web"));
    long version = store.version();
    store.put(SECRETS, secret("lab", "a", "db"));
    store.remove(SECRETS, secret("lab", "a", "db"));

    assertThat(store.since(version))
        .extracting(StoreEvent::action)
        .containsExactly(StoreEvent.MODIFIED, StoreEvent.DELETED);
  }

  @Test
  void compactedChangesAreExpired() {
    for (int i = 0; i < 20_002; i++) {
      store.put(SECRETS, secret("lab", "a", "web"));
    }

    assertThatThrownBy(() -> store.since(1))
        .isInstanceOfSatisfying(
            StatusException.class, thrown -> assertThat(thrown.code()).isEqualTo(410));
    assertThat(store.since(2)).hasSize(20_000);
  }

  @Test
  void objectThatBeginsToMatchIsAdded() {
    List<StoreEvent> events = new ArrayList<>();
    Runnable end = store.listen(events::add);
    store.put(SECRETS, secret("lab", "a", "db"));
    store.put(SECRETS, secret("lab", "a", "web"));
    store.put(SECRETS, secret("lab", "a", "web"));
    store.put(SECRETS, secret("lab", "a", "db"));
    store.remove(SECRETS, secret("lab", "a", "db"));
    end.run();
    store.put(SECRETS, secret("lab", "a", "web"));
    Predicate<JsonNode> web = Selectors.labels("tier=web");

    assertThat(events.stream().flatMap(event -> event.filteredBy(web).stream()))
        .extracting(StoreEvent::action)
        .containsExactly(StoreEvent.ADDED, StoreEvent.MODIFIED, StoreEvent.DELETED);
  }
}
