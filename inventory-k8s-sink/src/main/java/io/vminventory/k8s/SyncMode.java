package io.vminventory.k8s;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a Tenant's records are kept true. The constants print as they are written in YAML. */
public enum SyncMode {
  /** One session stays open and tells every change. */
  @JsonProperty("Watch")
  WATCH("Watch"),
  /** Log in, read everything, log out; once per interval. */
  @JsonProperty("Interval")
  INTERVAL("Interval"),
  /** Like {@link #INTERVAL}, but only when somebody asks for it. */
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
