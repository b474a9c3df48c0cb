package io.vminventory.testkit.vcenter;

import org.jspecify.annotations.Nullable;

/** User account with a password and a visibility that can change. */
final class Account {

  private record CachedScope(long revision, Visibility visibility, Scope scope) {}

  private final String user;
  private volatile String password;
  private volatile Visibility visibility;
  private volatile @Nullable CachedScope cached;

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

  private static boolean isStillValid(CachedScope last, Inventory inventory) {
    return inventory
        .changesSince(last.revision())
        .map(changes -> changes.stream().allMatch(last.scope()::isUnchangedBy))
        .orElse(false);
  }

  /** The scope of this account now. Call and use it under the lock of the inventory. */
  Scope scope(Inventory inventory) {
    CachedScope last = cached;
    Visibility current = visibility;
    long revision = inventory.revision();
    if (last != null && last.visibility() == current && last.revision() == revision) {
      return last.scope();
    }
    Scope scope =
        last != null && last.visibility() == current && isStillValid(last, inventory)
            ? last.scope()
            : Scope.of(current, inventory);
    cached = new CachedScope(revision, current, scope);
    return scope;
  }
}
