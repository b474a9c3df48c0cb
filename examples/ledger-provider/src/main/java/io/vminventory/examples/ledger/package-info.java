/**
 * A provider that reads the spreadsheet in which a team keeps its machines. {@link
 * io.vminventory.examples.ledger.LedgerFile} decides when a saved file is believed, {@link
 * io.vminventory.examples.ledger.LedgerReader} what it says.
 */
@NullMarked
package io.vminventory.examples.ledger;

import org.jspecify.annotations.NullMarked;
