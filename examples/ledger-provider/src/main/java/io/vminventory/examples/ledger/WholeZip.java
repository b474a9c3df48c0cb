package io.vminventory.examples.ledger;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Check that a ZIP file is whole and fits into memory: it unpacks each part and compares its
 * checksum before the content is read.
 */
final class WholeZip {

  private static final long MAX_UNPACKED = 128L << 20;
  private static final int MAX_PARTS = 1_000;
  private static final int OLE2 = 0xD0CF11E0;

  private WholeZip() {}

  static void check(byte[] bytes, Path file) throws InventoryException {
    if (startsWith(bytes, OLE2)) {
      throw new InventoryException(
          Failure.MISCONFIGURED,
          file + " is an old .xls, or has a password",
          "save it as .xlsx without a password");
    }
    try (ZipFile zip =
        ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes)).get()) {
      List<ZipArchiveEntry> parts = Collections.list(zip.getEntries());
      long room = parts.size() > MAX_PARTS ? -1 : MAX_UNPACKED;
      for (int i = 0; i < parts.size() && room >= 0; i++) {
        room -= unpack(zip, parts.get(i), room);
      }
      if (room < 0) {
        throw new InventoryException(
            Failure.MISCONFIGURED,
            file + " unpacks to more than 128 MiB or 1000 parts",
            "keep the machines in a file of their own");
      }
    } catch (IOException | RuntimeException e) {
      // The library reports some damage by unchecked exceptions.
      throw new InventoryException(
          Failure.UNAVAILABLE, file + " is not whole (" + e + ")", "save it again", e);
    }
  }

  /** The length of the part; any number above {@code room} if it is longer. */
  private static long unpack(ZipFile zip, ZipArchiveEntry part, long room) throws IOException {
    CRC32 crc = new CRC32();
    long length = 0;
    try (InputStream in = zip.getInputStream(part)) {
      byte[] buffer = new byte[1 << 16];
      int read = in.read(buffer);
      while (read >= 0 && length <= room) {
        crc.update(buffer, 0, read);
        length += read;
        read = in.read(buffer);
      }
    }
    if (length <= room && (length != part.getSize() || crc.getValue() != part.getCrc())) {
      throw new IOException("the part " + part.getName() + " is damaged");
    }
    return length;
  }

  private static boolean startsWith(byte[] bytes, int magic) {
    return bytes.length >= Integer.BYTES && ByteBuffer.wrap(bytes).getInt() == magic;
  }
}
