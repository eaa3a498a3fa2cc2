// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.failpoints;

import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Named points of our own code, each before or after a call of one of its interfaces, and what is
 * to happen there. The code under test knows nothing of them. Thread-safe.
 */
final class Failpoints {
  private final Set<String> passed = new ConcurrentSkipListSet<>();
  private final Map<String, List<Action>> allowed = new ConcurrentHashMap<>();
  private final Map<String, Armed> armed = new ConcurrentHashMap<>();
  private final Multiset<Fault> happened = ConcurrentHashMultiset.create();

  /**
   * {@code target}, with two points a method that are called {@code name.method.before} and {@code
   * .after} and do one of these actions.
   */
  <T> T around(Class<T> type, String name, T target, List<Action> before, List<Action> after) {
    for (Method method : type.getMethods()) {
      allowed.put("%s.%s.before".formatted(name, method.getName()), before);
      allowed.put("%s.%s.after".formatted(name, method.getName()), after);
    }
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass().equals(Object.class)) {
                return invoke(target, method, arguments);
              }
              pass("%s.%s.before".formatted(name, method.getName()));
              Object answer = invoke(target, method, arguments);
              pass("%s.%s.after".formatted(name, method.getName()));
              return answer;
            }));
  }

  /** A point that is no call. */
  void at(String point, List<Action> actions) {
    allowed.put(point, actions);
    pass(point);
  }

  /** A point where its caller does what happens; true if it is to do so now. */
  boolean takes(Fault fault) {
    allowed.put(fault.point(), List.of(fault.action()));
    return next(fault.point()) != null;
  }

  /** Those that code came by so far are forgotten: it comes by some of them once only. */
  void forget() {
    passed.clear();
  }

  /** All that may happen at the points that code has come by, in a fixed order. */
  List<Fault> faults() {
    return passed.stream()
        .flatMap(
            point ->
                allowed.getOrDefault(point, List.of()).stream()
                    .map(action -> new Fault(point, action)))
        .toList();
  }

  /** The next {@code times} that code comes by, this happens. */
  void arm(Fault fault, int times) {
    armed.put(fault.point(), new Armed(fault, new AtomicInteger(times)));
  }

  /** Nothing happens any more; what has happened since the last time, and how often. */
  Multiset<Fault> disarm() {
    armed.clear();
    Multiset<Fault> all = HashMultiset.create(happened);
    happened.clear();
    return all;
  }

  private void pass(String point) {
    Fault fault = next(point);
    if (fault != null) {
      fault.action().run();
    }
  }

  /** What is to happen now, if anything. */
  private @Nullable Fault next(String point) {
    passed.add(point);
    Armed next = armed.get(point);
    if (next == null || next.left().getAndDecrement() <= 0) {
      return null;
    }
    happened.add(next.fault());
    return next.fault();
  }

  private static @Nullable Object invoke(
      Object target, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private record Armed(Fault fault, AtomicInteger left) {}
}
