package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.TenantId;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The newest version wins, in whichever order the versions arrive. */
@Tag("pure")
class RecordCacheTest {

  private static final TenantId TENANT = new TenantId("default", "test");
  private static final TenantId OTHER = new TenantId("default", "other");

  private final List<TenantId> notified = new ArrayList<>();
  private final RecordCache<VmResource> cache = new RecordCache<>(new VmFormat(), notified::add);

  @Test
  void firstListNotifiesNobodyAndALaterOneOnlyOfDifferences() {
    list(10, vm("a", "A", 1), vm("b", "B", 2));
    assertThat(notified).isEmpty();
    list(20, vm("a", "A", 1), vm("b", "B", 2));
    assertThat(notified).isEmpty();

    list(30, vm("a", "A", 25));

    assertThat(notified).containsExactly(TENANT);
    assertThat(versions()).containsExactly("a@25");
  }

  @Test
  void olderVersionsAreIgnored() {
    list(10, vm("a", "A", 9));

    cache.onUpdate(vm("a", "A", 8));
    cache.onUpdate(vm("a", "A", 9));

    assertThat(notified).isEmpty();
    assertThat(versions()).containsExactly("a@9");
    cache.onUpdate(vm("a", "A", 10));
    assertThat(notified).containsExactly(TENANT);
    assertThat(versions()).containsExactly("a@10");
  }

  @Test
  void ownWriteIsCachedAtOnceAndItsWatchEventNotReported() {
    list(10, vm("a", "A", 9));

    cache.beginWrite(vm("a", "A", 9));
    cache.endWrite(vm("a", "A", 9), done(vm("a", "A", 11)));
    assertThat(versions()).containsExactly("a@11");
    cache.onUpdate(vm("a", "A", 11));

    assertThat(notified).isEmpty();
  }

  @Test
  void ownWriteWhoseWatchEventPrecedesTheResponseIsNotReported() {
    list(10, vm("a", "A", 9));

    cache.beginWrite(vm("a", "A", 9));
    cache.onUpdate(vm("a", "A", 11));
    cache.endWrite(vm("a", "A", 9), done(vm("a", "A", 11)));

    assertThat(notified).isEmpty();
  }

  @Test
  void editRightAfterOurWriteIsReportedEvenBeforeTheResponse() {
    list(10, vm("a", "A", 9));

    cache.beginWrite(vm("a", "A", 9));
    cache.onUpdate(vm("a", "A", 11));
    cache.onUpdate(vm("a", "A", 12));
    cache.endWrite(vm("a", "A", 9), done(vm("a", "A", 11)));

    assertThat(notified).containsExactly(TENANT);
    assertThat(versions()).containsExactly("a@12");
  }

  @Test
  void deletionRightAfterOurWriteIsReportedAndALateResponseDoesNotReviveIt() {
    list(10, vm("a", "A", 9));

    cache.beginWrite(vm("a", "A", 9));
    cache.onUpdate(vm("a", "A", 11));
    cache.onDelete(vm("a", "A", 12));
    cache.endWrite(vm("a", "A", 9), done(vm("a", "A", 11)));

    assertThat(notified).containsExactly(TENANT);
    assertThat(versions()).isEmpty();
  }

  @Test
  void ownDeletionIsNotReportedAndLateEventsAreIgnored() {
    list(10, vm("a", "A", 9), vm("b", "B", 9));
    cache.beginWrite(vm("a", "A", 9));
    cache.endWrite(vm("a", "A", 9), gone());
    cache.beginWrite(vm("b", "B", 9));
    cache.onDelete(vm("b", "B", 11));
    cache.endWrite(vm("b", "B", 9), gone());

    cache.onUpdate(vm("a", "A", 10));
    cache.onDelete(vm("a", "A", 12));

    assertThat(notified).isEmpty();
    assertThat(versions()).isEmpty();
  }

  @Test
  void successorSurvivesTheDeletionEventOfItsPredecessor() {
    list(10, vm("a", "A", 9));
    cache.beginWrite(vm("a", "A", 9));
    cache.endWrite(vm("a", "A", 9), gone());
    cache.beginWrite(vm("a", null, 0));
    cache.endWrite(vm("a", null, 0), done(vm("a", "A2", 12)));

    cache.onDelete(vm("a", "A", 11));
    cache.onUpdate(vm("a", "A2", 12));

    assertThat(notified).isEmpty();
    assertThat(versions()).containsExactly("a@12");
  }

  @Test
  void listDoesNotUndoWritesMadeMeanwhile() {
    list(10, vm("a", "A", 9), vm("b", "B", 9));
    RecordCache.ListStart before = cache.startList();
    cache.beginWrite(vm("new", null, 0));
    cache.endWrite(vm("new", null, 0), done(vm("new", "N", 22)));
    cache.beginWrite(vm("a", "A", 9));
    cache.endWrite(vm("a", "A", 9), done(vm("a", "A", 23)));
    cache.beginWrite(vm("b", "B", 9));
    cache.endWrite(vm("b", "B", 9), gone());

    cache.onList(before, List.of(vm("a", "A", 9), vm("b", "B", 9)), "20");

    assertThat(notified).isEmpty();
    assertThat(versions()).containsExactly("a@23", "new@22");
  }

  @Test
  void restoredClusterReplacesTheWholeCache() {
    list(100, vm("a", "A", 90), vm("b", "B", 95));
    cache.onDelete(vm("c", "C", 96));

    list(50, vm("a", "A", 40), vm("c", "C", 41));

    assertThat(notified).containsOnly(TENANT);
    assertThat(versions()).containsExactly("a@40", "c@41");
    cache.onUpdate(vm("b", "B", 51));
    assertThat(versions()).containsExactly("a@40", "b@51", "c@41");
  }

  @Test
  void bothOwnersAreNotifiedWhenAnObjectChangesHands() {
    list(10, vm("a", "A", 9));
    VmResource theirs = vm("a", "A2", 12);
    theirs.setSpec(new VmSpec(new VmSpec.Source("other", "default", "k")));

    cache.onUpdate(theirs);

    assertThat(notified).containsExactlyInAnyOrder(TENANT, OTHER);
    assertThat(versions()).isEmpty();
  }

  @Test
  void eventThatAFailedWriteDoesNotExplainIsReported() {
    list(10, vm("a", "A", 9));

    cache.beginWrite(vm("a", "A", 9));
    cache.onUpdate(vm("a", "A", 11));
    assertThat(notified).isEmpty();
    cache.endWrite(vm("a", "A", 9), new Outcome.Conflict<>());

    assertThat(notified).containsExactly(TENANT);
  }

  @Test
  void tenantThatLosesANameIsNotNotifiedOfTheWinnersWrite() {
    list(10);
    VmResource winner = vm("a", "A", 11);
    cache.beginWrite(vm("a", null, 0));
    cache.beginWrite(winner);
    cache.onUpdate(winner);

    cache.endWrite(vm("a", null, 0), new Outcome.Conflict<>());
    cache.endWrite(winner, done(winner));

    assertThat(notified).isEmpty();
    assertThat(versions()).containsExactly("a@11");
  }

  @Test
  void versionsAreNumbersOfAnyLength() {
    assertThat(RecordVersions.isNewer("10", "9")).isTrue();
    assertThat(RecordVersions.isNewer("9", "10")).isFalse();
    assertThat(RecordVersions.isNewer("9", "9")).isFalse();
    assertThat(RecordVersions.isNewer("36893488147419103233", "36893488147419103232")).isTrue();
    assertThat(RecordVersions.isNewer("odd", "9")).isTrue();
    assertThat(RecordVersions.isNewer("odd", "odd")).isFalse();
  }

  private void list(int version, VmResource... objects) {
    cache.onList(cache.startList(), List.of(objects), Integer.toString(version));
  }

  private List<String> versions() {
    return cache.ownedBy(TENANT, "ns").stream()
        .map(vm -> vm.getMetadata().getName() + "@" + vm.getMetadata().getResourceVersion())
        .sorted()
        .toList();
  }

  private static Outcome<VmResource> done(VmResource now) {
    return new Outcome.Done<>(Optional.of(now));
  }

  private static Outcome<VmResource> gone() {
    return new Outcome.Done<>(Optional.empty());
  }

  private static VmResource vm(String name, @Nullable String uid, int version) {
    VmResource vm = new VmResource();
    vm.getMetadata().setNamespace("ns");
    vm.getMetadata().setName(name);
    vm.getMetadata().setUid(uid);
    vm.getMetadata().setResourceVersion(Integer.toString(version));
    vm.setSpec(new VmSpec(new VmSpec.Source("test", "default", "k")));
    return vm;
  }
}
