package io.vminventory.vsphere;

import java.io.IOException;
import java.util.Set;

/** Fault of the vim25 API: the server understood the request and refused it. */
final class SoapFault extends IOException {

  static final String NOT_AUTHENTICATED = "NotAuthenticated";
  static final String NO_PERMISSION = "NoPermission";
  static final String NOT_FOUND = "ManagedObjectNotFound";
  static final String INVALID_VERSION = "InvalidCollectorVersion";

  private static final Set<String> ACCOUNT_REFUSALS =
      Set.of("InvalidLogin", "PasswordExpired", NO_PERMISSION);

  private static final long serialVersionUID = 1L;

  private final String name;
  private final String text;
  private final String object;

  /**
   * @param name the fault's type, such as {@code InvalidLogin}; empty if it has none
   * @param text the message of the server, exactly as it came
   * @param object the value of the reference to the affected object; empty if it names none
   */
  SoapFault(String name, String text, String object) {
    super(VimText.quote(name + ": " + text));
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

  /** The message of the server, exactly as it came: {@link VimText#quote} it before use. */
  String text() {
    return text;
  }

  /** The value of the reference to the affected object; empty if it names none. */
  String object() {
    return object;
  }

  /** Whether the server refuses the account itself. */
  boolean isAccountRefusal() {
    return ACCOUNT_REFUSALS.contains(name);
  }

  /**
   * This fault without texts that contain the secret. A refusal of the account keeps its name, even
   * if a simple password is part of it: otherwise the password would be tried again.
   */
  SoapFault redact(String secret) {
    String safeName = isAccountRefusal() || !name.contains(secret) ? name : "";
    return new SoapFault(safeName, text.contains(secret) ? "" : text, "");
  }
}
