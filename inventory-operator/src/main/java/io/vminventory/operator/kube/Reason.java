package io.vminventory.operator.kube;

/**
 * The {@code reason} of a Tenant's conditions and of events. A failure has the same reason wherever
 * it shows: condition, event, log line and metric label. The names are a part of the API.
 */
public enum Reason {
  /** Ready: the records are up to date. */
  UpToDate,
  /** Synced: the last read is written. */
  ReadComplete,
  /** Authenticated: the server accepted the account. */
  LoggedIn,
  /** Not VisibilityLimited: the account reads every fact. */
  AllReadable,
  /** No read has finished yet, or one is due. */
  ReadPending,
  /** The Tenant's owner suspended it. */
  Suspended,

  /** The server refused the account. */
  LoginRefused,
  /** The server cannot be reached, or is overloaded. */
  ServerUnavailable,
  /** The settings of the server are wrong, or its certificate is not trusted. */
  ServerMisconfigured,
  /** A fault of the server or of the operator. */
  InternalError,
  /** The API server rejected records, or cannot be reached. */
  RecordsNotWritten,
  /** The records of a deleted Tenant cannot be deleted or released yet. */
  RecordsNotReleased,
  /** Too many deletions at once: a person has to confirm them. */
  MassDeletionHeld,
  /** The account cannot read some facts. */
  PropertiesUnreadable,

  /** The Tenant names a server that does not exist, or another provider than the server's. */
  ServerNotConfigured,
  /** The Tenant has no user name. */
  UsernameMissing,
  /** The Tenant's interval is not a duration. */
  IntervalInvalid,
  /** The operator has no right to read the target namespace. */
  NamespaceForbidden,
  /** The target namespace does not exist. */
  NamespaceNotFound,
  /** The target namespace is being deleted. */
  NamespaceTerminating,
  /** The target namespace does not accept records of this Tenant. */
  NamespaceNotAllowed,
  /** The Secret with the password does not exist. */
  SecretNotFound,
  /** The Secret has no value under the key. */
  SecretKeyNotFound,

  /** Event: a record was created for a machine. */
  Discovered,
  /** Event: a record was changed. */
  Changed,
  /** Event: a record was deleted with its machine. */
  MachineGone
}
