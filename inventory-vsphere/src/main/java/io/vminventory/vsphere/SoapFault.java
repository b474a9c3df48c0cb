package io.vminventory.vsphere;

import java.io.IOException;
import java.util.Set;

/** The server understood the request and refused it, by a fault of the vim25 API. */
final class SoapFault extends IOException {

  static final String NOT_AUTHENTICATED = "NotAuthenticated";
  static final String NO_PERMISSION = "NoPermission";
  static final String GONE = "ManagedObjectNotFound";
  static final String VERSION_REFUSED = "InvalidCollectorVersion";

  private static final Set<String> REFUSALS =
      Set.of("InvalidLogin", "PasswordExpired", NO_PERMISSION);

  private static final long serialVersionUID = 1L;

  private final String name;
  private final String text;
  private final String object;

  /**
   * @param name the fault's type, such as {@code InvalidLogin}; empty if the server does not say
   * @param text what the server says to people, exactly as it came
   * @param object the value of the reference to the object that it is about; empty if it names none
   */
  SoapFault(String name, String text, String object) {
    super(Texts.quote(name + ": " + text));
    this.name = name;
    this.text = text;
    this.object = object;
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

  /** The value of the reference to the object that it is about; empty if it names none. */
  String object() {
    return object;
  }

  /** Whether it says that the account itself is not wanted, rather than that something broke. */
  boolean refusesTheAccount() {
    return REFUSALS.contains(name);
  }

  /**
   * This fault, without whatever repeats the secret. A refusal stays one, though a simple password
   * may be a part of that word: to take it for a breakdown would have the password tried again.
   */
  SoapFault hiding(String secret) {
    String harmlessName = refusesTheAccount() || !name.contains(secret) ? name : "";
    return new SoapFault(harmlessName, text.contains(secret) ? "" : text, "");
  }
}
