package io.vminventory.api;

/** Whether a machine runs. The constants print as the vSphere API spells them. */
public enum PowerState {
  POWERED_ON("poweredOn"),
  POWERED_OFF("poweredOff"),
  SUSPENDED("suspended");

  private final String text;

  PowerState(String text) {
    this.text = text;
  }

  /** {@code poweredOn}, {@code poweredOff} or {@code suspended}. */
  @Override
  public String toString() {
    return text;
  }
}
