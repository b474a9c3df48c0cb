package io.vminventory.k8s;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When a Tenant's platform is read. The constants print as they are written in YAML. */
public enum SyncMode {
  /** Keep one session open and follow every change. */
  @JsonProperty("Watch")
  WATCH("Watch"),
  /** Log in, read everything and log out, once per interval. */
  @JsonProperty("Interval")
  INTERVAL("Interval"),
  /** Like {@link #INTERVAL}, but only on request. */
  @JsonProperty("Manual")
  MANUAL("Manual");

  private final String text;

  SyncMode(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
