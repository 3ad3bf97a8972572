// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/** How much memory a queue keeps for elements: the slots of all arrays that its own objects hold, used or not. */
final class Slots {

    private static final String OURS = Slots.class.getPackageName();

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> unvisited = new ArrayDeque<>();
    private long slots;

    private Slots() {}

    static long of(TaskQueue<?> queue) {
        Slots count = new Slots();
        count.found(queue);
        while (!count.unvisited.isEmpty()) {
            count.visit(count.unvisited.pop());
        }
        return count.slots;
    }

    private void found(Object object) {
        if (object != null
                && (object.getClass().isArray()
                        || object.getClass().getPackageName().equals(OURS))
                && seen.add(object)) {
            unvisited.push(object);
        }
    }

    private void visit(Object object) {
        if (object.getClass().isArray()) {
            slots += Array.getLength(object);
            if (object instanceof Object[] references) {
                for (Object reference : references) {
                    found(reference);
                }
            }
            return;
        }
        for (Class<?> type = object.getClass(); type.getPackageName().equals(OURS); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    found(read(field, object));
                }
            }
        }
    }

    private static Object read(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
