// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the way to an object that cannot be serialized, for the message: the JDK tells its class alone. The nearest such
 * object is found if the way leads through collections, maps, arrays and fields that reflection may read.
 */
final class WirePath {

    /** How many objects are looked at. */
    private static final int MOST_OBJECTS = 100_000;

    /** A key longer than that is left out. */
    private static final int LONGEST_KEY = 40;

    private final String culprit;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Queue<Place> places = new ArrayDeque<>();

    private WirePath(String culprit) {
        this.culprit = culprit;
    }

    /** The failure with the way from the value to the object that is to blame, or as it was if that is not found. */
    static NotSerializableException explain(@Nullable Object value, NotSerializableException failure) {
        String culprit = failure.getMessage();
        String way = value == null || culprit == null ? null : new WirePath(culprit).find(value);
        if (way == null) {
            return failure;
        }
        NotSerializableException explained = new NotSerializableException(culprit + ", which is " + way);
        explained.initCause(failure);
        return explained;
    }

    private @Nullable String find(Object value) {
        add(value, value.getClass().getSimpleName());
        for (Place place = places.poll(); place != null; place = places.poll()) {
            Object object = place.object;
            if (!(object instanceof Serializable) && object.getClass().getName().equals(culprit)) {
                return place.way;
            }
            try {
                look(object, place.way);
            } catch (RuntimeException ofTheUser) {
                // an iterator, perhaps: what it does not show is not found
            }
        }
        return null;
    }

    private void look(Object object, String way) {
        if (object instanceof Object[]) {
            Object[] array = (Object[]) object;
            for (int i = 0; i < array.length; i++) {
                add(array[i], way + "[" + i + "]");
            }
        } else if (object instanceof Collection) {
            int i = 0;
            for (Object element : (Collection<?>) object) {
                add(element, way + "[" + i + "]");
                i++;
            }
        } else if (object instanceof Map) {
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) object).entrySet()) {
                add(entry.getKey(), way + ".key");
                add(entry.getValue(), way + "[" + shortened(String.valueOf(entry.getKey())) + "]");
            }
        }
        for (Class<?> type = object.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                lookInto(field, object, way);
            }
        }
    }

    private void lookInto(Field field, Object object, String way) {
        boolean sent = !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers());
        if (sent && !field.getType().isPrimitive()) {
            try {
                field.setAccessible(true);
                add(field.get(object), way + "." + field.getName());
            } catch (InaccessibleObjectException | IllegalAccessException ofAnotherModule) {
                // not found, then
            }
        }
    }

    private void add(@Nullable Object object, String way) {
        if (object != null && seen.size() < MOST_OBJECTS && !isLeaf(object) && seen.add(object)) {
            places.add(new Place(object, way));
        }
    }

    private static boolean isLeaf(Object object) {
        return object instanceof String
                || (object instanceof Number && object.getClass().getName().startsWith("java."))
                || object instanceof Boolean
                || object instanceof Character
                || object instanceof Enum
                || object instanceof Class;
    }

    private static String shortened(String key) {
        return key.length() > LONGEST_KEY ? "..." : key;
    }

    /** An object, and how it was reached. */
    private static final class Place {
        private final Object object;
        private final String way;

        Place(Object object, String way) {
            this.object = object;
            this.way = way;
        }
    }
}
