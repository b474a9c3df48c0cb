package io.vminventory.testkit.vcenter;

import org.jspecify.annotations.Nullable;

/** A user of the server, with a password and a view of the inventory that may change. */
final class Account {

  private record Known(long revision, Visibility visibility, Scope scope) {}

  private final String user;
  private volatile String password;
  private volatile Visibility visibility;
  private volatile @Nullable Known known;

  Account(String user, String password, Visibility visibility) {
    this.user = user;
    this.password = password;
    this.visibility = visibility;
  }

  String user() {
    return user;
  }

  boolean hasPassword(String given) {
    return password.equals(given);
  }

  void password(String newPassword) {
    password = newPassword;
  }

  void visibility(Visibility newVisibility) {
    visibility = newVisibility;
  }

  /** What it sees now. To be called, and used, under the lock of the inventory. */
  Scope scope(Inventory inventory) {
    Known last = known;
    Visibility current = visibility;
    long revision = inventory.revision();
    if (last == null || last.revision() != revision || last.visibility() != current) {
      last = new Known(revision, current, Scope.of(current, inventory));
      known = last;
    }
    return last.scope();
  }
}
