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

  boolean seesEverything() {
    return visibility.isEverything();
  }

  void password(String newPassword) {
    password = newPassword;
  }

  void visibility(Visibility newVisibility) {
    visibility = newVisibility;
  }

  private static boolean isStillTrue(Known last, Inventory inventory) {
    return inventory
        .changesSince(last.revision())
        .map(changes -> changes.stream().allMatch(last.scope()::survives))
        .orElse(false);
  }

  /** What it sees now. To be called, and used, under the lock of the inventory. */
  Scope scope(Inventory inventory) {
    Known last = known;
    Visibility current = visibility;
    long revision = inventory.revision();
    if (last != null && last.visibility() == current && last.revision() == revision) {
      return last.scope();
    }
    Scope scope =
        last != null && last.visibility() == current && isStillTrue(last, inventory)
            ? last.scope()
            : Scope.of(current, inventory);
    known = new Known(revision, current, scope);
    return scope;
  }
}
