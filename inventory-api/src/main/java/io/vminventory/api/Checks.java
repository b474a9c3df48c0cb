package io.vminventory.api;

/** Checks of arguments, whose messages name the argument. */
final class Checks {

  private Checks() {}

  static void notBlank(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
  }
}
