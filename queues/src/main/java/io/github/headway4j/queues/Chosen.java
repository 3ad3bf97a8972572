// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which elements are to be removed, by identity. A store shows it each of its elements, the occurrences of one object in
 * their order, and is told whether this one goes: when it shows an object for the third time, what was said of its third
 * occurrence. Those that nothing was said of stay. Runs no code of users; serves one removal.
 */
final class Chosen {

    /** For an occurrence that goes, with none behind it that does. */
    private static final Verdict LAST = new Verdict(true, null);

    /** For each object, what was said of its next occurrence. */
    private final Map<Object, Verdict> verdicts;

    /** What was said of an occurrence, and of the next one. Not a record, whose fields a model checker cannot see. */
    private static final class Verdict {
        private final boolean goes;
        private final @Nullable Verdict next;

        Verdict(boolean goes, @Nullable Verdict next) {
            this.goes = goes;
            this.next = next;
        }
    }

    private Chosen(Map<Object, Verdict> verdicts) {
        this.verdicts = verdicts;
    }

    /** Those of the elements, in the order of the queue, that are said to go. */
    static Chosen among(Object[] elements, boolean[] goes) {
        Map<Object, Verdict> verdicts = new IdentityHashMap<>();
        for (int i = elements.length - 1; i >= 0; i--) {
            Verdict next = verdicts.get(elements[i]);
            if (next != null) {
                verdicts.put(elements[i], new Verdict(goes[i], next));
            } else if (goes[i]) {
                verdicts.put(elements[i], LAST);
            }
        }
        return new Chosen(verdicts);
    }

    /** The occurrence of an object with so many others before it. */
    static Chosen occurrence(Object object, int before) {
        Verdict verdict = LAST;
        for (int i = 0; i < before; i++) {
            verdict = new Verdict(false, verdict);
        }
        Map<Object, Verdict> verdicts = new IdentityHashMap<>(1);
        verdicts.put(object, verdict);
        return new Chosen(verdicts);
    }

    /** Whether nothing is to be removed. */
    boolean isEmpty() {
        return verdicts.isEmpty();
    }

    /** Whether this element, the next in the store, goes. */
    boolean goes(Object element) {
        Verdict verdict = verdicts.get(element);
        if (verdict == null) {
            return false;
        }
        if (verdict.next == null) {
            verdicts.remove(element);
        } else {
            verdicts.put(element, verdict.next);
        }
        return verdict.goes;
    }
}
