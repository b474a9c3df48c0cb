package io.vminventory.testkit.vcenter;

import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** Methods of the service instance, the session manager and the view manager. */
final class SessionMethods {

  /** Managed objects in the service content without any methods. */
  private static final Map<String, String> NAMED_ONLY =
      new TreeMap<>(
          Map.of(
              "authorizationManager", "AuthorizationManager",
              "customFieldsManager", "CustomFieldsManager",
              "eventManager", "EventManager",
              "licenseManager", "LicenseManager",
              "perfManager", "PerformanceManager",
              "searchIndex", "SearchIndex",
              "setting", "OptionManager",
              "taskManager", "TaskManager"));

  private final ServerState server;
  private final InstantSource clock;

  SessionMethods(ServerState server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
  }

  Map<String, SoapMethod> methods() {
    return Map.of(
        "RetrieveServiceContent", this::retrieveServiceContent,
        "CurrentTime", this::currentTime,
        "Login", this::login,
        "Logout", this::logout,
        "TerminateSession", this::terminateSession,
        "SessionIsActive", this::sessionIsActive,
        "CreateContainerView", this::createContainerView,
        "DestroyView", this::destroyView);
  }

  private void retrieveServiceContent(SoapCall call) {
    String[] version = server.version().split("\\.", -1);
    String apiVersion = version[0] + "." + version[1] + "." + version[2] + ".0";
    DataObject about =
        DataObject.of("AboutInfo")
            .with("name", server.name())
            .with("fullName", server.name() + " " + server.version() + " build-1")
            .with("vendor", "VMware, Inc.")
            .with("version", server.version())
            .with("build", "1")
            .with("localeVersion", "INTL")
            .with("localeBuild", "000")
            .with("osType", "linux-x64")
            .with("productLineId", "vpx")
            .with("apiType", "VirtualCenter")
            .with("apiVersion", apiVersion)
            .with("instanceUuid", server.instanceUuid());
    DataObject content =
        DataObject.of("ServiceContent")
            .with("rootFolder", server.inventory().root().ref())
            .with("propertyCollector", Session.DEFAULT_COLLECTOR)
            .with("viewManager", new MoRef("ViewManager", "ViewManager"))
            .with("about", about)
            .with("sessionManager", new MoRef("SessionManager", "SessionManager"));
    NAMED_ONLY.forEach((field, kind) -> content.with(field, new MoRef(kind, kind)));
    call.result().field("returnval", content);
  }

  private void currentTime(SoapCall call) throws SoapFault {
    call.session();
    call.result().field("returnval", Value.time(clock.instant()));
  }

  private void login(SoapCall call) throws SoapFault {
    Account account =
        server
            .sessions()
            .authenticate(call.request().textOf("userName"), call.request().textOf("password"))
            .orElseThrow(
                () ->
                    new SoapFault(
                        "Cannot complete login due to an incorrect user name or password.",
                        DataObject.of("InvalidLogin")));
    String cookie = server.sessions().open(account, call.address(), call.userAgent());
    call.cookie(cookie);
    call.result().field("returnval", server.sessions().opened(cookie).data());
  }

  private void logout(SoapCall call) throws SoapFault {
    server.sessions().end(call.session().key());
  }

  private void terminateSession(SoapCall call) throws SoapFault {
    call.session();
    for (XmlElement key : call.request().children("sessionId")) {
      if (!server.sessions().end(key.text().trim())) {
        throw new SoapFault("The session is not found.", DataObject.of("NotFound"));
      }
    }
  }

  private void sessionIsActive(SoapCall call) throws SoapFault {
    call.session();
    String key = call.request().textOf("sessionID").trim();
    boolean active = server.sessions().list().stream().anyMatch(s -> s.key().equals(key));
    call.result().field("returnval", Value.flag(active));
  }

  private void createContainerView(SoapCall call) throws SoapFault {
    Session session = call.session();
    XmlElement request = call.request();
    MoRef container =
        request.child("container").orElseThrow(() -> SoapFault.invalidArgument("container")).ref();
    ContainerView view =
        server
            .inventory()
            .read(
                () -> {
                  Scope scope = session.account().scope(server.inventory());
                  ManagedEntity entity =
                      server
                          .inventory()
                          .find(container.id())
                          .orElseThrow(() -> SoapFault.notFound(container));
                  if (!scope.sees(entity)) {
                    throw SoapFault.noPermission(container, "System.View");
                  }
                  return new ContainerView(
                      session.newRef("ContainerView"),
                      entity,
                      request.children("type").stream().map(XmlElement::text).toList(),
                      request.flagOf("recursive"));
                });
    call.result().field("returnval", session.add(view).ref());
  }

  private void destroyView(SoapCall call) throws SoapFault {
    if (!call.session().removeView(call.target())) {
      throw SoapFault.notFound(call.target());
    }
  }
}
