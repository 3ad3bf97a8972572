// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Things that several threads add, kept in the order of adding. Costs nothing before the first.
 *
 * @param <E> the type of the things
 */
final class Collected<E extends Object> {
    /*
     * A stack of links. Linearization points: add, the successful compareAndSet; inOrder, the read of the last link.
     */

    private static final VarHandle LAST;

    static {
        try {
            LAST = MethodHandles.lookup().findVarHandle(Collected.class, "last", Link.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private record Link<E extends Object>(
            E element, @Nullable Link<E> earlier) {}

    private volatile @Nullable Link<E> last;

    /** Adds one. */
    void add(E element) {
        Link<E> seen;
        do {
            seen = last;
        } while (!LAST.compareAndSet(this, seen, new Link<>(element, seen)));
    }

    /** What has been added by now, the earliest first. */
    List<E> inOrder() {
        Link<E> link = last;
        if (link == null) {
            return List.of();
        }
        List<E> all = new ArrayList<>();
        for (; link != null; link = link.earlier) {
            all.add(link.element);
        }
        Collections.reverse(all);
        return all;
    }
}
