package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Watch over a WebSocket. */
final class WatchSocket extends WebSocketListener {

  private static final int NORMAL = 1000;

  private final ResourceApi api;
  private final ApiRequest request;
  private final AtomicReference<Optional<Runnable>> watch = new AtomicReference<>(Optional.empty());

  WatchSocket(ResourceApi api, ApiRequest request) {
    this.api = api;
    this.request = request;
  }

  @Override
  public void onOpen(WebSocket socket, Response response) {
    try {
      watch.set(Optional.of(api.watch(request, event -> socket.send(event.toString()))));
    } catch (StatusException e) {
      ObjectNode event = Json.object().put("type", "ERROR");
      event.set("object", e.toStatus());
      socket.send(event.toString());
      socket.close(NORMAL, "");
    }
  }

  @Override
  public void onClosing(WebSocket socket, int code, String reason) {
    end();
  }

  @Override
  public void onClosed(WebSocket socket, int code, String reason) {
    end();
  }

  @Override
  public void onFailure(WebSocket socket, Throwable error, Response response) {
    end();
  }

  private void end() {
    watch.getAndSet(Optional.empty()).ifPresent(api::unwatch);
  }
}
