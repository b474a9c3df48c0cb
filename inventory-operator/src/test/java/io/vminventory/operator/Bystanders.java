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
 * People who write to records by hand: wrong facts, which are corrected, labels of their own, which
 * stay, and deletions, which are undone. One thread.
 */
final class Bystanders {

  private static final String LABEL = "example.com/note";

  /** Which label a record has to have, if it still is the same object. */
  private record Note(String uid, String text) {}

  private final OperatorBench bench;
  private final RecordsSeen seen;
  private final Supplier<List<String>> keys;
  private final List<String> lasting;
  private final Set<String> deleted;
  private final Map<String, Note> notes = new HashMap<>();

  /**
   * @param keys of all machines
   * @param lasting those of machines that are never removed: only their records lose our labels,
   *     since one without is not deleted when its machine is
   * @param deleted told the identity of each record that is about to be deleted; thread-safe
   */
  Bystanders(
      OperatorBench bench,
      RecordsSeen seen,
      Supplier<List<String>> keys,
      List<String> lasting,
      Set<String> deleted) {
    this.bench = bench;
    this.seen = seen;
    this.keys = keys;
    this.lasting = lasting;
    this.deleted = deleted;
  }

  void offer(Trouble.Choice choice) {
    choice.with("record edited", 4, random -> edit(any(random, keys.get()), random.nextInt(99)));
    choice.with("record labelled", 4, random -> note(any(random, keys.get()), random.nextInt(99)));
    choice.with("record taken away", 2, random -> release(any(random, lasting)));
    choice.with("record deleted", 4, random -> delete(any(random, keys.get())));
  }

  private String edit(String key, int value) {
    String patch =
        """
        {"status":{"vmname":"edited","numCpu":%d,"ips":["192.0.2.%d"],"folder":null}}
        """
            .formatted(value + 1, value);
    return patch(key, patch).map(vm -> "edited").orElse("not there") + " " + key;
  }

  private String note(String key, int value) {
    String text = "note-" + value;
    Optional<VmResource> vm =
        patch(key, "{\"metadata\":{\"labels\":{\"%s\":\"%s\"}}}".formatted(LABEL, text));
    vm.ifPresent(now -> notes.put(key, new Note(now.getMetadata().getUid(), text)));
    return vm.map(now -> text).orElse("not there") + " " + key;
  }

  private String release(String key) {
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
    return bench
        .client()
        .resources(VmResource.class)
        .inNamespace(bench.target)
        .withName(vm.getMetadata().getName());
  }

  private Optional<VmResource> find(String key) {
    return seen.records().stream()
        .filter(vm -> vm.getSpec().source().key().equals(key))
        .findFirst();
  }

  private static String any(Random random, List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** What has become of a label that a person put on this record; empty if it is still there. */
  Optional<String> lostNote(VmResource vm) {
    Map<String, String> labels =
        Objects.requireNonNullElse(vm.getMetadata().getLabels(), Map.<String, String>of());
    return Optional.ofNullable(notes.get(vm.getSpec().source().key()))
        .filter(note -> note.uid().equals(vm.getMetadata().getUid()))
        .filter(note -> !note.text().equals(labels.get(LABEL)))
        .map(note -> "label %s is lost: %s".formatted(note.text(), labels));
  }
}
