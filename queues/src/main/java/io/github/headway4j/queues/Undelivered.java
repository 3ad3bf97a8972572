// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The elements that one call has neither delivered nor handed back. The handler hears of them when the call has done the
 * rest of its work, each once, whatever the handler throws. Without a handler they are counted and forgotten.
 */
final class Undelivered<E extends Object> {
    private final @Nullable Consumer<? super E> handler;
    private final ArrayList<E> elements = new ArrayList<>(0);
    private int size;

    Undelivered(@Nullable Consumer<? super E> handler) {
        this.handler = handler;
    }

    /** Makes room for one more element, so that adding it cannot fail for want of memory. */
    void reserve() {
        if (handler != null) {
            elements.ensureCapacity(elements.size() + 1);
        }
    }

    void add(E element) {
        size++;
        if (handler != null) {
            elements.add(element);
        }
    }

    int size() {
        return size;
    }

    /** Tells the handler, if there is one, of each element, then throws the first of its failures. */
    void tell() {
        if (handler != null) {
            Throwable failure = tell(elements, handler, null);
            if (failure != null) {
                throw Undelivered.<RuntimeException>unchecked(failure);
            }
        }
    }

    /** Tells the handler, if there is one, of each element; its failures are suppressed in what was thrown before. */
    void tell(Throwable thrown) {
        if (handler != null) {
            tell(elements, handler, thrown);
        }
    }

    /**
     * Tells the handler of each element, or has the failure carry them if there is no handler. Failures of the handler
     * are suppressed in it too.
     */
    static <E extends Object> void tellOrKeep(
            List<E> elements, @Nullable Consumer<? super E> handler, Throwable thrown) {
        if (handler != null) {
            tell(elements, handler, thrown);
        } else {
            thrown.addSuppressed(new UndeliveredException(List.copyOf(elements)));
        }
    }

    /** The first failure, the others being suppressed in it; null if all went well. */
    private static <E extends Object> @Nullable Throwable tell(
            List<E> elements, Consumer<? super E> handler, @Nullable Throwable earlier) {
        Throwable failure = earlier;
        for (E element : elements) {
            try {
                handler.accept(element);
            } catch (Throwable e) {
                if (failure == null) {
                    failure = e;
                } else if (failure != e) {
                    failure.addSuppressed(e);
                }
            }
        }
        return failure;
    }

    /** Throws what a handler threw, of whatever type. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X unchecked(Throwable failure) throws X {
        throw (X) failure;
    }
}
