package io.vminventory.testkit.vcenter;

import java.time.Duration;

/** Fault of a call to the simulator; see {@link Faults}. */
public sealed interface SimulatedFault {

  /** Response with this HTTP status and a short text; the method does not run. */
  record HttpStatus(int status) implements SimulatedFault {}

  /**
   * Fault of the vSphere API; the method does not run.
   *
   * @param name such as {@code NotAuthenticated}
   */
  record Soap(String name, String message) implements SimulatedFault {}

  /** Response with status 200 and a page that is not SOAP, as a captive portal sends it. */
  record Garbage() implements SimulatedFault {}

  /**
   * The method runs, but the connection ends within the response.
   *
   * @param bodyBytes how many bytes of the body arrive; with 0 no headers arrive either
   */
  record Cut(int bodyBytes) implements SimulatedFault {}

  /** The method runs after a time, or at {@link Faults#release()}. */
  record Delay(Duration time) implements SimulatedFault {}

  /**
   * No response until {@link Faults#release()} or the stop of the server; then the connection ends.
   */
  record NoResponse() implements SimulatedFault {}

  /**
   * Response with status 200 that reports {@code NotAuthenticated} for every property, as when a
   * session ends during the call. For methods that read properties and for {@code
   * WaitForUpdatesEx}, which then does not wait.
   */
  record NotAuthenticatedPerProperty() implements SimulatedFault {}

  static SimulatedFault httpStatus(int status) {
    return new HttpStatus(status);
  }

  static SimulatedFault soap(String name) {
    return new Soap(name, "Injected fault: " + name);
  }

  static SimulatedFault garbage() {
    return new Garbage();
  }

  static SimulatedFault cutAfter(int bodyBytes) {
    return new Cut(bodyBytes);
  }

  static SimulatedFault delay(Duration time) {
    return new Delay(time);
  }

  static SimulatedFault noResponse() {
    return new NoResponse();
  }

  static SimulatedFault notAuthenticatedPerProperty() {
    return new NotAuthenticatedPerProperty();
  }
}
