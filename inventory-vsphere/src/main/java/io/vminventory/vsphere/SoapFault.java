package io.vminventory.vsphere;

import java.io.IOException;

/** The server understood the request and refused it, by a fault of the vim25 API. */
final class SoapFault extends IOException {

  static final String NOT_AUTHENTICATED = "NotAuthenticated";
  static final String NO_PERMISSION = "NoPermission";
  static final String GONE = "ManagedObjectNotFound";

  private static final long serialVersionUID = 1L;

  private final String name;
  private final String text;

  /**
   * @param name the fault's type, such as {@code InvalidLogin}; empty if the server does not say
   * @param text what the server says to people, exactly as it came
   */
  SoapFault(String name, String text) {
    super(Texts.quote(name + ": " + text));
    this.name = name;
    this.text = text;
  }

  String name() {
    return name;
  }

  boolean is(String other) {
    return name.equals(other);
  }

  /** What the server says to people, exactly as it came: clean it before it is shown. */
  String text() {
    return text;
  }

  /** This fault, without its text if that repeats the secret. */
  SoapFault hiding(String secret) {
    return text.contains(secret) || name.contains(secret) ? new SoapFault("", "") : this;
  }
}
