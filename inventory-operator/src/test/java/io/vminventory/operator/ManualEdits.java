package io.vminventory.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.VmResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Random manual edits of records: wrong facts, which are corrected; further labels, which stay; and
 * deletions, which are undone. Used by one thread.
 */
final class ManualEdits {

  private static final String LABEL = "example.com/note";

  /** Label that a record has to keep as long as it is the same object. */
  private record PersonalLabel(String uid, String text) {}

  private final OperatorFixture fixture;
  private final RecordWatcher watcher;
  private final Supplier<List<String>> keys;
  private final List<String> permanentKeys;
  private final Set<String> deleted;
  private final Map<String, PersonalLabel> personalLabels = new HashMap<>();

  /**
   * @param keys of all machines
   * @param permanentKeys those of machines that are never removed: only their records lose the
   *     tenant label, since a record without it is not deleted with its machine
   * @param deleted gets the UID of each record before its deletion; thread-safe
   */
  ManualEdits(
      OperatorFixture fixture,
      RecordWatcher watcher,
      Supplier<List<String>> keys,
      List<String> permanentKeys,
      Set<String> deleted) {
    this.fixture = fixture;
    this.watcher = watcher;
    this.keys = keys;
    this.permanentKeys = permanentKeys;
    this.deleted = deleted;
  }

  void addTo(InjectedFault.Pool pool) {
    pool.add("record edited", 4, random -> edit(any(random, keys.get()), random.nextInt(99)));
    pool.add("record labelled", 4, random -> label(any(random, keys.get()), random.nextInt(99)));
    pool.add("record unlabelled", 2, random -> removeTenantLabel(any(random, permanentKeys)));
    pool.add("record deleted", 4, random -> delete(any(random, keys.get())));
  }

  private String edit(String key, int value) {
    String patch =
        """
        {"status":{"vmname":"edited","numCpu":%d,"ips":["192.0.2.%d"],"folder":null}}
        """
            .formatted(value + 1, value);
    return patch(key, patch).map(vm -> "edited").orElse("not there") + " " + key;
  }

  private String label(String key, int value) {
    String text = "note-" + value;
    Optional<VmResource> vm =
        patch(key, "{\"metadata\":{\"labels\":{\"%s\":\"%s\"}}}".formatted(LABEL, text));
    vm.ifPresent(
        now -> personalLabels.put(key, new PersonalLabel(now.getMetadata().getUid(), text)));
    return vm.map(now -> text).orElse("not there") + " " + key;
  }

  private String removeTenantLabel(String key) {
    String patch = "{\"metadata\":{\"labels\":{\"%s\":null}}}".formatted(Names.TENANT_LABEL);
    return patch(key, patch).map(vm -> "without label").orElse("not there") + " " + key;
  }

  private String delete(String key) {
    Optional<VmResource> vm = find(key);
    vm.ifPresent(
        now -> {
          deleted.add(now.getMetadata().getUid());
          resource(now).delete();
        });
    return vm.map(now -> "deleted " + now.getMetadata().getName()).orElse("not there") + " " + key;
  }

  private Optional<VmResource> patch(String key, String patch) {
    return find(key)
        .flatMap(
            vm -> {
              try {
                return Optional.of(
                    resource(vm).patch(PatchContext.of(PatchType.JSON_MERGE), patch));
              } catch (KubernetesClientException e) {
                if (e.getCode() != 404) {
                  throw e;
                }
                return Optional.empty();
              }
            });
  }

  private Resource<VmResource> resource(VmResource vm) {
    return fixture
        .client()
        .resources(VmResource.class)
        .inNamespace(fixture.target)
        .withName(vm.getMetadata().getName());
  }

  private Optional<VmResource> find(String key) {
    return watcher.records().stream()
        .filter(vm -> vm.getSpec().source().key().equals(key))
        .findFirst();
  }

  private static String any(Random random, List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Describes a lost manual label of this record; empty if none is lost. */
  Optional<String> lostLabel(VmResource vm) {
    Map<String, String> labels =
        Objects.requireNonNullElse(vm.getMetadata().getLabels(), Map.<String, String>of());
    return Optional.ofNullable(personalLabels.get(vm.getSpec().source().key()))
        .filter(label -> label.uid().equals(vm.getMetadata().getUid()))
        .filter(label -> !label.text().equals(labels.get(LABEL)))
        .map(label -> "label %s is lost: %s".formatted(label.text(), labels));
  }
}
