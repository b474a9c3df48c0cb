package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Watcher.Action;
import io.vminventory.k8s.VmResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class WatchStreamTest {

  @Test
  void bookmarkAdvancesTheVersion() {
    WatchStream<VmResource> stream =
        new WatchStream<>(new RecordCache<>(new VmFormat(), tenant -> {}), "5");
    VmResource bookmark = new VmResource();
    bookmark.setMetadata(new ObjectMetaBuilder().withResourceVersion("9").build());

    stream.eventReceived(Action.BOOKMARK, bookmark);

    assertThat(stream.version()).isEqualTo("9");
    assertThat(stream.receivedAny()).isTrue();
  }
}
