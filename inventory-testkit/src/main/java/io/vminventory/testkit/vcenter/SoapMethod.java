package io.vminventory.testkit.vcenter;

/** Implementation of a SOAP method. */
interface SoapMethod {

  /** Runs a call and writes its result; can block until the thread is interrupted. */
  void invoke(SoapCall call) throws SoapFault, InterruptedException;
}
