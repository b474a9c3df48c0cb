package io.vminventory.testkit.vcenter;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One call of a method: who calls, with what, and where the result goes. For one thread. */
final class Call {

  private final XmlElement request;
  private final @Nullable Session session;
  private final String address;
  private final String userAgent;
  private final XmlWriter result;
  private final boolean unauthenticated;
  private @Nullable String cookie;

  /**
   * @param request the element that is called as the method
   * @param result within the element of the response
   * @param unauthenticated whether no property may be read any more
   */
  Call(
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

  /** The object that the method is called on. */
  Ref self() {
    return request.child("_this").map(XmlElement::ref).orElse(new Ref("ManagedObject", ""));
  }

  /** The caller's session, or else fault {@code NotAuthenticated}. */
  Session session() throws SoapFault {
    if (session == null || session.hasEnded()) {
      throw SoapFault.notAuthenticated(self());
    }
    return session;
  }

  /**
   * A number among the options of the call, if it is there.
   *
   * @param least what it must be at least
   */
  OptionalInt option(String name, int least) throws SoapFault {
    Optional<XmlElement> option = request.child("options").flatMap(o -> o.child(name));
    if (option.isEmpty()) {
      return OptionalInt.empty();
    }
    String text = option.get().text().trim();
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least) {
      throw SoapFault.invalidArgument("options." + name);
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  /** Whether all properties are to be told as missing, since the session has ended meanwhile. */
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

  /** Gives the caller a session cookie. */
  void cookie(String value) {
    cookie = value;
  }

  Optional<String> cookie() {
    return Optional.ofNullable(cookie);
  }
}
