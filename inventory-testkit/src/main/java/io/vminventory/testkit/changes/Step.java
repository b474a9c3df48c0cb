package io.vminventory.testkit.changes;

/**
 * One change that {@link RandomChanges} made.
 *
 * @param number 1 for the first
 * @param text such as {@code rename vm-12 to "web 3"}
 */
public record Step(int number, String text) {

  @Override
  public String toString() {
    return "#" + number + " " + text;
  }
}
