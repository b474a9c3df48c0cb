package io.vminventory.vsphere;

import static java.util.stream.Collectors.joining;

import com.vmware.vim25.AboutInfo;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.RetrieveOptions;
import com.vmware.vim25.ServiceContent;
import io.vminventory.api.Tenant;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The few operations of the vim25 API that reading an inventory takes, within one session of one
 * account. One thread calls them; {@link #close()} from any ends a call under way and logs out.
 */
final class VimClient implements AutoCloseable {

  private static final ManagedObjectReference SERVICE_INSTANCE =
      ManagedObject.reference("ServiceInstance", "ServiceInstance");
  private static final Duration LOGOUT_TIMEOUT = Duration.ofSeconds(3);

  private final SoapClient soap;

  // guarded by this
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private @Nullable Exchange underWay;
  private @Nullable ManagedObjectReference sessionManager;
  private boolean closed;

  VimClient(SoapClient soap) {
    this.soap = soap;
  }

  /** Takes an object of a read as soon as it is there. */
  @FunctionalInterface
  interface ObjectSink {
    void accept(ManagedObject object) throws IOException;
  }

  /** What the server is, and where its singletons are. The only call that needs no login. */
  ServiceContent serviceContent() throws IOException, InterruptedException {
    ServiceContent content = new ServiceContent();
    content.setAbout(new AboutInfo());
    call(
        new SoapRequest("RetrieveServiceContent", SERVICE_INSTANCE),
        result -> result.children(part -> part(content, part)));
    if (content.getRootFolder() == null
        || content.getPropertyCollector() == null
        || content.getViewManager() == null
        || content.getSessionManager() == null) {
      throw new StrangeAnswerException(200, "it does not name the services of a vCenter");
    }
    return content;
  }

  private static void part(ServiceContent content, XmlWalker part)
      throws XMLStreamException, IOException {
    switch (part.name()) {
      case "rootFolder" -> content.setRootFolder(ManagedObject.reference(part));
      case "propertyCollector" -> content.setPropertyCollector(ManagedObject.reference(part));
      case "viewManager" -> content.setViewManager(ManagedObject.reference(part));
      case "sessionManager" -> content.setSessionManager(ManagedObject.reference(part));
      case "about" -> part.children(fact -> fact(content.getAbout(), fact));
      default -> {}
    }
  }

  private static void fact(AboutInfo about, XmlWalker fact) throws XMLStreamException {
    switch (fact.name()) {
      case "name" -> about.setName(fact.text().strip());
      case "fullName" -> about.setFullName(fact.text().strip());
      case "version" -> about.setVersion(fact.text().strip());
      case "apiType" -> about.setApiType(fact.text().strip());
      case "instanceUuid" -> about.setInstanceUuid(fact.text().strip());
      default -> {}
    }
  }

  /** Logs in. From here on {@link #close()} logs out, even if the answer was lost on the way. */
  void login(ManagedObjectReference manager, Tenant tenant)
      throws IOException, InterruptedException {
    String password = tenant.password().reveal();
    SoapRequest request =
        new SoapRequest("Login", manager)
            .with("userName", tenant.username())
            .with("password", password);
    remember(manager);
    try (Exchange exchange = begin(request)) {
      try {
        finish(exchange, result -> {});
      } catch (InterruptedException e) {
        // The server may have opened a session by now; only its cookie can end it.
        keep(exchange.lateCookies(LOGOUT_TIMEOUT));
        throw e;
      }
    } catch (SoapFault refused) {
      remember(null);
      throw refused.hiding(password);
    }
  }

  private synchronized void remember(@Nullable ManagedObjectReference manager) {
    sessionManager = manager;
  }

  /** A property collector of this session alone: others cannot disturb its reads. */
  ManagedObjectReference createPropertyCollector(ManagedObjectReference collector)
      throws IOException, InterruptedException {
    return reference(new SoapRequest("CreatePropertyCollector", collector));
  }

  /** A view of everything of these types at any depth below a container. */
  ManagedObjectReference createContainerView(
      ManagedObjectReference manager, ManagedObjectReference container, List<String> types)
      throws IOException, InterruptedException {
    SoapRequest request =
        new SoapRequest("CreateContainerView", manager).with("container", container);
    types.forEach(type -> request.with("type", type));
    return reference(request.with("recursive", true));
  }

  /**
   * Begins a read.
   *
   * @return the token to go on with, empty if this was all
   */
  Optional<String> retrieve(
      ManagedObjectReference collector,
      PropertyFilterSpec spec,
      RetrieveOptions options,
      ObjectSink sink)
      throws IOException, InterruptedException {
    return page(
        new SoapRequest("RetrievePropertiesEx", collector)
            .with("specSet", spec)
            .with("options", options),
        sink);
  }

  /** Goes on with a read; the rest is as with {@link #retrieve}. */
  Optional<String> retrieveMore(ManagedObjectReference collector, String token, ObjectSink sink)
      throws IOException, InterruptedException {
    return page(
        new SoapRequest("ContinueRetrievePropertiesEx", collector).with("token", token), sink);
  }

  private Optional<String> page(SoapRequest request, ObjectSink sink)
      throws IOException, InterruptedException {
    AtomicReference<@Nullable String> token = new AtomicReference<>();
    call(
        request,
        result ->
            result.children(
                part -> {
                  if (part.name().equals("objects")) {
                    sink.accept(ManagedObject.of(part));
                  } else if (part.name().equals("token")) {
                    token.set(part.text());
                  }
                }));
    return Optional.ofNullable(token.get());
  }

  private ManagedObjectReference reference(SoapRequest request)
      throws IOException, InterruptedException {
    AtomicReference<@Nullable ManagedObjectReference> made = new AtomicReference<>();
    call(request, result -> made.set(ManagedObject.reference(result)));
    ManagedObjectReference reference = made.get();
    if (reference == null) {
      throw new StrangeAnswerException(200, "its answer to " + request + " is empty");
    }
    return reference;
  }

  /** Calls, and hands the {@code returnval} to the visitor if there is one. */
  private void call(SoapRequest request, XmlWalker.Visitor result)
      throws IOException, InterruptedException {
    try (Exchange exchange = begin(request)) {
      finish(exchange, result);
    }
  }

  private void finish(Exchange exchange, XmlWalker.Visitor result)
      throws IOException, InterruptedException {
    keep(exchange.cookies());
    exchange.read(
        response ->
            response.children(
                part -> {
                  if (part.name().equals("returnval")) {
                    result.visit(part);
                  }
                }));
  }

  private synchronized Exchange begin(SoapRequest request) throws IOException {
    if (closed) {
      throw new IOException("the session is closed");
    }
    Exchange exchange = soap.send(request, cookieHeader());
    underWay = exchange;
    return exchange;
  }

  private synchronized void keep(List<String> set) {
    for (String cookie : set) {
      int equals = cookie.indexOf('=');
      if (equals > 0) {
        cookies.put(cookie.substring(0, equals), cookie.substring(equals + 1));
      }
    }
  }

  private synchronized String cookieHeader() {
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(joining("; "));
  }

  @Override
  public void close() {
    Exchange logout = null;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (underWay != null) {
        underWay.close();
      }
      if (sessionManager != null && !cookies.isEmpty()) {
        logout =
            soap.send(new SoapRequest("Logout", sessionManager), cookieHeader(), LOGOUT_TIMEOUT);
      }
    }
    if (logout != null) {
      logout.settle();
      logout.close();
    }
  }
}
