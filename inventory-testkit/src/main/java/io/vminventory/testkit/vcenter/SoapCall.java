package io.vminventory.testkit.vcenter;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Call of a SOAP method: the request, the session and the response. For one thread. */
final class SoapCall {

  private final XmlElement request;
  private final @Nullable Session session;
  private final String address;
  private final String userAgent;
  private final XmlWriter result;
  private final boolean unauthenticated;
  private @Nullable String cookie;

  /**
   * @param request the element in the SOAP body
   * @param result within the response element
   * @param unauthenticated whether every property is unreadable
   */
  SoapCall(
      XmlElement request,
      @Nullable Session session,
      String address,
      String userAgent,
      XmlWriter result,
      boolean unauthenticated) {
    this.request = request;
    this.session = session;
    this.address = address;
    this.userAgent = userAgent;
    this.result = result;
    this.unauthenticated = unauthenticated;
  }

  XmlElement request() {
    return request;
  }

  /** The managed object that the method is called on. */
  MoRef target() {
    return request.child("_this").map(XmlElement::ref).orElse(new MoRef("ManagedObject", ""));
  }

  /** The session of the caller, or else fault {@code NotAuthenticated}. */
  Session session() throws SoapFault {
    if (session == null || session.hasEnded()) {
      throw SoapFault.notAuthenticated(target());
    }
    return session;
  }

  /**
   * A number among the options of the call, if present.
   *
   * @param min the minimum
   */
  OptionalInt option(String name, int min) throws SoapFault {
    Optional<XmlElement> option = request.child("options").flatMap(o -> o.child(name));
    if (option.isEmpty()) {
      return OptionalInt.empty();
    }
    String text = option.get().text().trim();
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < min) {
      throw SoapFault.invalidArgument("options." + name);
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  /** Whether all properties are reported as unreadable, since the session ended during the call. */
  boolean isUnauthenticated() {
    return unauthenticated;
  }

  String address() {
    return address;
  }

  String userAgent() {
    return userAgent;
  }

  XmlWriter result() {
    return result;
  }

  /** Sets a session cookie. */
  void cookie(String value) {
    cookie = value;
  }

  Optional<String> cookie() {
    return Optional.ofNullable(cookie);
  }
}
