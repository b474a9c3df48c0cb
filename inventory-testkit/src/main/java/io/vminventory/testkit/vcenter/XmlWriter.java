package io.vminventory.testkit.vcenter;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * XML writer into a growing UTF-8 buffer. Escapes text, but not names, which are constants of the
 * schema. Not thread-safe.
 */
final class XmlWriter {

  private byte[] buffer = new byte[4096];
  private int size;

  int size() {
    return size;
  }

  /** Writes the first bytes to a stream. */
  void writeTo(OutputStream out, int length) throws IOException {
    out.write(buffer, 0, length);
  }

  /** Truncates to an earlier {@link #size()}. */
  void truncate(int length) {
    size = length;
  }

  XmlWriter open(String name) {
    return raw("<").raw(name).raw(">");
  }

  XmlWriter close(String name) {
    return raw("</").raw(name).raw(">");
  }

  XmlWriter element(String name, String text) {
    return open(name).text(text).close(name);
  }

  XmlWriter ref(String name, MoRef ref) {
    raw("<").raw(name).raw(" type=\"").raw(ref.kind()).raw("\">");
    return text(ref.id()).close(name);
  }

  /** Writes a reference where the schema has any type, so it names its own. */
  XmlWriter typedRef(String name, MoRef ref) {
    raw("<").raw(name).raw(" type=\"").raw(ref.kind());
    raw("\" xsi:type=\"ManagedObjectReference\">");
    return text(ref.id()).close(name);
  }

  /** Writes a value where the schema has any type, so it names its own. */
  XmlWriter any(String name, Value value) {
    if (value instanceof MoRef ref) {
      return typedRef(name, ref);
    }
    typed(name, value.type());
    if (value instanceof Value.Simple simple) {
      text(simple.text());
    } else if (value instanceof Value.Many many) {
      for (Value element : many.elements()) {
        any(many.elementType(), element);
      }
    } else if (value instanceof DataObject data) {
      fields(data);
    }
    return close(name);
  }

  /** Writes the fields of a data object, without an enclosing element. */
  XmlWriter fields(DataObject data) {
    for (int i = 0; i < data.size(); i++) {
      Value value = data.value(i);
      if (value instanceof Value.Many many) {
        for (Value element : many.elements()) {
          field(data.name(i), element);
        }
      } else if (value != null) {
        field(data.name(i), value);
      }
    }
    return this;
  }

  /** Writes a value whose type the schema knows. */
  XmlWriter field(String name, Value value) {
    if (value instanceof Value.Simple simple) {
      return element(name, simple.text());
    }
    if (value instanceof MoRef ref) {
      return ref(name, ref);
    }
    if (value instanceof DataObject data && !data.isDerived()) {
      return open(name).fields(data).close(name);
    }
    return any(name, value);
  }

  /** Writes the start of an element that names its type. */
  XmlWriter typed(String name, String type) {
    return raw("<").raw(name).raw(" xsi:type=\"").raw(type).raw("\">");
  }

  /** Writes ASCII unescaped. */
  XmlWriter raw(String ascii) {
    int length = ascii.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      buffer[size++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /** Writes escaped text. Characters that XML cannot contain become question marks. */
  XmlWriter text(String text) {
    int length = text.length();
    reserve(length * 5);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '&') {
        raw("&amp;");
      } else if (c == '<') {
        raw("&lt;");
      } else if (c == '>') {
        raw("&gt;");
      } else if (c == '\r') {
        raw("&#13;");
      } else if (c < 0x80) {
        buffer[size++] = (byte) (c >= ' ' || c == '\n' || c == '\t' ? c : '?');
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        codePoint(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        codePoint(Character.isSurrogate(c) || c >= 0xFFFE ? '?' : c);
      }
    }
    return this;
  }

  private void codePoint(int c) {
    reserve(4);
    if (c < 0x80) {
      buffer[size++] = (byte) c;
    } else if (c < 0x800) {
      buffer[size++] = (byte) (0xC0 | (c >> 6));
      buffer[size++] = (byte) (0x80 | (c & 0x3F));
    } else {
      if (c < 0x10000) {
        buffer[size++] = (byte) (0xE0 | (c >> 12));
      } else {
        buffer[size++] = (byte) (0xF0 | (c >> 18));
        buffer[size++] = (byte) (0x80 | ((c >> 12) & 0x3F));
      }
      buffer[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
      buffer[size++] = (byte) (0x80 | (c & 0x3F));
    }
  }

  private void reserve(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }
}
