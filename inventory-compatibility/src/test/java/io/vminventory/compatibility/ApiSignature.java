package io.vminventory.compatibility;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Public API of some types as text: a line for each public type and each public or protected
 * member. A type's line also lists what a caller's {@code switch} may rely on: the constants of an
 * enum, the permitted types of a sealed one.
 */
final class ApiSignature {

  /** Left out: every object has these methods, whether or not its type overrides them. */
  private static final Set<String> METHODS_OF_OBJECT = Set.of("equals", "hashCode", "toString");

  private ApiSignature() {}

  /** The lines of all types that can be seen from outside, sorted. */
  static List<String> of(Collection<Class<?>> types) {
    TreeSet<String> lines = new TreeSet<>();
    for (Class<?> type : types) {
      if (isVisible(type)) {
        lines.add(header(type));
        members(type).map(member -> line(type, member)).forEach(lines::add);
      }
    }
    return List.copyOf(lines);
  }

  private static boolean isVisible(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return !type.isSynthetic()
        && !type.isAnonymousClass()
        && !type.isLocalClass()
        && isVisible(type.getModifiers())
        && (outer == null || isVisible(outer));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String header(Class<?> type) {
    String kind =
        type.isAnnotation()
            ? "@interface"
            : type.isInterface() ? "interface" : type.isEnum() ? "enum" : "class";
    int modifiers = type.getModifiers() & ~Modifier.INTERFACE & ~Modifier.ABSTRACT;
    if (Modifier.isAbstract(type.getModifiers()) && kind.equals("class")) {
      modifiers |= Modifier.ABSTRACT;
    }
    StringBuilder line = new StringBuilder(type.getName()).append(" : ");
    line.append(Modifier.toString(modifiers))
        .append(type.isSealed() ? " sealed " : " ")
        .append(kind);
    line.append(declared(" <", type.getTypeParameters(), ">"));
    if (kind.equals("class")) {
      line.append(" extends ").append(name(type.getGenericSuperclass()));
    }
    line.append(list(" implements ", type.getGenericInterfaces(), ""));
    if (type.isSealed()) {
      // Compilers list those that are not written down in different orders.
      Class<?>[] permitted = type.getPermittedSubclasses();
      Arrays.sort(permitted, Comparator.comparing(Class::getName));
      line.append(list(" permits ", permitted, ""));
    }
    if (type.isEnum()) {
      line.append(
          Arrays.stream(type.getEnumConstants())
              .map(constant -> ((Enum<?>) constant).name())
              .collect(Collectors.joining(", ", " {", "}")));
    }
    return line.toString();
  }

  private static String list(String before, Type[] types, String after) {
    return types.length == 0
        ? ""
        : Arrays.stream(types)
            .map(ApiSignature::name)
            .collect(Collectors.joining(", ", before, after));
  }

  private static String declared(String before, TypeVariable<?>[] types, String after) {
    return types.length == 0
        ? ""
        : Arrays.stream(types)
            .map(type -> type + list(" extends ", type.getBounds(), ""))
            .map(type -> type.replace(" extends java.lang.Object", ""))
            .collect(Collectors.joining(", ", before, after));
  }

  private static String name(@Nullable Type type) {
    return type == null ? "nothing" : type.getTypeName();
  }

  /**
   * The members that the type declares, and the methods of its superclasses up to the first visible
   * one.
   */
  private static Stream<Member> members(Class<?> type) {
    List<Member> members = new ArrayList<>(List.of(type.getDeclaredFields()));
    members.addAll(List.of(type.getDeclaredConstructors()));
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      members.addAll(List.of(each.getDeclaredMethods()));
      if (each.getSuperclass() != null && isVisible(each.getSuperclass())) {
        break;
      }
    }
    return members.stream()
        .filter(member -> !member.isSynthetic() && !METHODS_OF_OBJECT.contains(member.getName()))
        .filter(
            member ->
                Modifier.isPublic(member.getModifiers())
                    || (Modifier.isProtected(member.getModifiers())
                        && !Modifier.isFinal(type.getModifiers())));
  }

  private static String line(Class<?> type, Member member) {
    return type.getName() + " . " + text(member) + deprecated((AccessibleObject) member);
  }

  private static String text(Member member) {
    if (member instanceof Field field) {
      return modifiers(member)
          + name(field.getGenericType())
          + " "
          + field.getName()
          + value(field)
          + nullable("", field.getAnnotatedType());
    }
    Executable executable = (Executable) member;
    String name =
        member instanceof Constructor<?>
            ? "new"
            : name(((Method) member).getGenericReturnType()) + " " + member.getName();
    StringBuilder line = new StringBuilder(modifiers(member));
    line.append(declared("<", executable.getTypeParameters(), "> ")).append(name).append('(');
    line.append(list("", executable.getGenericParameterTypes(), "")).append(')');
    line.append(executable.isVarArgs() ? " varargs" : "");
    line.append(list(" throws ", executable.getGenericExceptionTypes(), ""));
    if (member instanceof Method method) {
      line.append(method.isDefault() ? " default" : "");
      line.append(nullable("", method.getAnnotatedReturnType()));
    }
    AnnotatedType[] parameters = executable.getAnnotatedParameterTypes();
    for (int i = 0; i < parameters.length; i++) {
      line.append(nullable(" " + (i + 1), parameters[i]));
    }
    return line.toString();
  }

  /** The modifiers, without those that concern only the implementation. */
  private static String modifiers(Member member) {
    int seen = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL;
    String text = Modifier.toString(member.getModifiers() & (seen | Modifier.ABSTRACT));
    return text + " ";
  }

  /** A constant's value is compiled into whoever uses it. */
  private static String value(Field field) {
    boolean constant =
        Modifier.isStatic(field.getModifiers())
            && Modifier.isFinal(field.getModifiers())
            && (field.getType().isPrimitive() || field.getType() == String.class);
    try {
      return constant ? " = " + field.get(null) : "";
    } catch (IllegalAccessException e) {
      return "";
    }
  }

  private static String nullable(String which, AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class) ? " nullable" + which : "";
  }

  private static String deprecated(AccessibleObject member) {
    return member.isAnnotationPresent(Deprecated.class) ? " deprecated" : "";
  }
}
