// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A set for many threads whose operations all happen at one moment, the bulk ones too. Use it where several elements
 * belong together, where a look decides about a change, or where a consistent picture of the whole is wanted. Where
 * single elements are all there is, {@link java.util.concurrent.ConcurrentHashMap#newKeySet()} lets several threads
 * write at once; where almost nothing is ever written,
 * {@link java.util.concurrent.CopyOnWriteArraySet} keeps the order of insertion. For one value that is not a set,
 * there is {@code Guarded}.
 *
 * <pre>{@code
 * private final LockedSet<String> seats = new LockedSet<>();
 *
 * boolean both = seats.atomically(free -> free.containsAll(wanted) && free.removeAll(wanted));
 * for (String seat : seats) { ... } // over the seats of one moment, whatever others do meanwhile
 * }</pre>
 *
 * <p><b>Atomicity.</b> Each method is one step: {@code addAll}, {@code removeAll}, {@code retainAll}, {@code removeIf},
 * {@code containsAll}, {@code clear}, {@code toArray}, {@code equals}, {@code hashCode} and {@code toString} as well as
 * {@code add}. Of a set given as an argument a bulk method takes the elements first, at a moment of its own; so
 * {@code a.addAll(b)} and {@code b.addAll(a)} do not deadlock. Iterators, spliterators and streams run over the elements
 * of the moment at which they were made, hold nothing and never throw {@code ConcurrentModificationException};
 * {@code Iterator.remove} removes the element from the set if it is still there.
 *
 * <p><b>Compound actions.</b> {@link #atomically} runs a function as one step. {@link #hold()} and its other forms do
 * the same for a block: what the holder changes it sees at once, and everybody else sees it at once when the holder has
 * closed the last of its holds. Until then others read the set as it was, without waiting, and those who want to change
 * it wait. A thread that holds the set may enter it again, by any method; a hold must be closed by the thread that got
 * it, and closing one that is open from another thread is an {@link IllegalStateException} that changes nothing.
 *
 * <p><b>Threads.</b> Any number. Reading never waits, not even for a compound action or a bulk method.
 *
 * <p><b>Ordering and fairness.</b> Elements have no order. Barging: a newcomer may hold or change the set before threads
 * that wait.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says. Methods that change the set wait uninterruptibly while another thread holds it.
 *
 * <p><b>Progress.</b> Reads are wait-free, apart from what {@code equals} and {@code hashCode} of the elements do. While
 * nobody holds the set, {@code add} and {@code remove} are lock-free, except those that make the table larger or
 * smaller, which hold it; so do the bulk methods.
 *
 * <p><b>Memory consistency.</b> Actions before a change happen-before actions after a read, change or hold that sees
 * it. Actions before a hold ends happen-before actions after the next successful hold or change.
 *
 * <p><b>Code of others.</b> {@code equals} and {@code hashCode} of elements, predicates and functions may call this set
 * and may throw: the set is then as it was before the method, and nothing stays held. {@code hashCode} of elements
 * runs again when the table grows or shrinks. If it, or {@code equals}, changes this set each time that it is called,
 * the method ends with an {@link IllegalStateException}.
 *
 * <p><b>Nulls</b> are refused with {@code NullPointerException}, as elements and as what is looked for. As elements of
 * an argument of {@code containsAll}, {@code removeAll} and {@code retainAll} they equal nothing in the set.
 *
 * <p><b>Complexity and footprint.</b> Searching O(1). Adding and removing O(1) and 110 to 570 bytes of garbage: a small
 * page, and a path to it that has one level more with each factor of 32; when the set has grown twofold or shrunk to an
 * eighth, once O(n). {@link #snapshot()} and iterators O(1), and the next change is no dearer for them. About 11 bytes
 * for each element, without the element itself. Elements with equal hash codes are searched one after the other.
 *
 * @param <E> the type of the elements, with {@code equals} and {@code hashCode} that stay as they are
 * @since 0.1
 */
public final class LockedSet<E extends Object> extends HoldableTable<E> implements Set<E> {
    /*
     * HoldableTable is the one variable that all of this happens in; PagedTable is what is in it. A single change makes
     * the next table aside and compares it in. Whatever takes long, or calls code that must not run twice, holds the
     * set first and makes a table step by step, which nobody else sees before it is done.
     *
     * Why not simpler: a lock around a HashSet makes readers wait, for each other and for long actions; a copy for each
     * change is O(n). docs/adr/0004 has the figures, also of the designs that write in place.
     *
     * Linearization points. A read: its one read of root. A change: the compareAndSet, or the end of the hold; one that
     * changes nothing, the read of root that showed it. See HoldableTable.
     */

    private static final long serialVersionUID = 1L;

    /** After so many changes that came to nothing because others were faster, a thread holds the set. */
    private static final int TRIES = 32;

    /** An empty set. */
    public LockedSet() {
        this(PagedTable.empty(), Parker.system());
    }

    /**
     * A set of the given elements, each once.
     *
     * @param elements the elements
     */
    public LockedSet(Collection<? extends E> elements) {
        this(PagedTable.<E>of(elements.toArray()), Parker.system());
    }

    /** An empty set whose threads sleep in the given way. */
    LockedSet(Parker parker) {
        this(PagedTable.empty(), parker);
    }

    private LockedSet(PagedTable<E> table, Parker parker) {
        super(table, parker);
    }

    // ---- reading ----

    @Override
    public int size() {
        return table().size;
    }

    @Override
    public boolean isEmpty() {
        return table().size == 0;
    }

    @Override
    public boolean contains(Object o) {
        int hash = PagedTable.hash(o);
        return table().contains(o, hash);
    }

    @Override
    public boolean containsAll(Collection<?> c) {
        @Nullable Object[] elements = c.toArray(); // first, at a moment of its own
        return picture().containsEach(elements);
    }

    /**
     * The elements of this moment, as a set that never changes. Costs one small object, and nothing later.
     *
     * @return an immutable set, equal to this one until this one changes
     */
    public Set<E> snapshot() {
        return picture();
    }

    private SetSnapshot<E> picture() {
        return new SetSnapshot<>(table());
    }

    /** Over the elements of this moment. {@code remove} removes from this set what is still in it. */
    @Override
    public Iterator<E> iterator() {
        return TableWalk.iterator(table(), this::remove);
    }

    @Override
    public Spliterator<E> spliterator() {
        return TableWalk.spliterator(table());
    }

    @Override
    public void forEach(Consumer<? super E> action) {
        table().forEach(Objects.requireNonNull(action, "action"));
    }

    @Override
    public Object[] toArray() {
        return table().toArray();
    }

    @Override
    @SuppressWarnings("nullness") // the checker has a type of its own for this method
    public <T> T[] toArray(T[] a) {
        return picture().toArray(a);
    }

    /** Whether the other is a set with the same elements. Looks at each of the two at one moment. */
    @Override
    public boolean equals(@Nullable Object o) {
        return o == this || picture().equals(o);
    }

    @Override
    public int hashCode() {
        return picture().hashCode();
    }

    /** The elements, as every collection shows them. Who holds the set tells {@link #owner()}. */
    @Override
    public String toString() {
        return picture().toString();
    }

    // ---- one element ----

    @Override
    public boolean add(E e) {
        int hash = PagedTable.hash(e);
        for (int i = 0; i < TRIES; i++) {
            PagedTable<E> read = root();
            if (read instanceof HeldTable || (read.growsNext() && !read.contains(e, hash))) {
                break;
            }
            PagedTable<E> next = read.plus(e, hash);
            if (next == read) {
                return false;
            }
            if (replace(read, next)) {
                return true;
            }
        }
        return change(table -> {
            TableEdit<E> edit = new TableEdit<>(table, 1);
            return edit.add(e) ? edit.table() : table;
        });
    }

    @Override
    public boolean remove(Object o) {
        int hash = PagedTable.hash(o);
        for (int i = 0; i < TRIES; i++) {
            PagedTable<E> read = root();
            if (read instanceof HeldTable || (read.shrinksNext() && read.contains(o, hash))) {
                break;
            }
            PagedTable<E> next = read.minus(o, hash);
            if (next == read) {
                return false;
            }
            if (replace(read, next)) {
                return true;
            }
        }
        return change(table -> {
            TableEdit<E> edit = new TableEdit<>(table, 1);
            return edit.remove(o) ? edit.table() : table;
        });
    }

    /**
     * Removes an element that has to be there: Python's {@code remove}, whose {@code discard} is {@link #remove}.
     *
     * @param element the element
     * @throws NoSuchElementException if there is no equal element
     */
    public void removeExisting(E element) {
        if (!remove(element)) {
            throw new NoSuchElementException("not in the set: " + element);
        }
    }

    // ---- many elements ----

    /** Adds all elements at once, or none if one of them is null. */
    @Override
    public boolean addAll(Collection<? extends E> c) {
        @Nullable Object[] elements = c.toArray();
        return elements.length > 0
                && change(table -> {
                    TableEdit<E> edit = new TableEdit<>(table, elements.length);
                    for (Object element : elements) {
                        edit.add(Objects.requireNonNull(element, "element"));
                    }
                    return edit.table(); // not reached if a null was among them
                });
    }

    /** Removes at once all elements that are equal to one of the given ones. */
    @Override
    public boolean removeAll(Collection<?> c) {
        @Nullable Object[] elements = c.toArray();
        return elements.length > 0 && change(table -> without(table, elements));
    }

    /** Removes at once all elements that are equal to none of the given ones. */
    @Override
    public boolean retainAll(Collection<?> c) {
        TableEdit<Object> edit = new TableEdit<>(PagedTable.empty(), c.size());
        for (Object element : c.toArray()) {
            if (element != null) {
                edit.add(element);
            }
        }
        PagedTable<Object> retained = edit.table();
        return change(table ->
                without(table, chosen(table, element -> !retained.contains(element, PagedTable.hash(element)))));
    }

    /**
     * Removes at once all elements that the predicate chooses. The predicate sees each element once, in this thread,
     * which holds the set meanwhile. If it throws, nothing is removed.
     */
    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        Objects.requireNonNull(filter, "filter");
        return atomicChange(held -> {
            Object[] chosen = chosen(held.current, filter);
            return held.change(table -> without(table, chosen));
        });
    }

    @Override
    public void clear() {
        change(table -> PagedTable.empty());
    }

    /**
     * Replaces all elements at once.
     *
     * @param elements the new elements
     * @return the elements that were there, as a set that never changes
     */
    public Set<E> swap(Collection<? extends E> elements) {
        PagedTable<E> next = PagedTable.of(elements.toArray());
        HeldTable<E> held = enter();
        try {
            Set<E> last = new SetSnapshot<>(held.current);
            held.current = next;
            return last;
        } finally {
            leave(held);
        }
    }

    /**
     * Removes all elements at once and hands them over.
     *
     * @return the elements that were there, as a set that never changes
     */
    public Set<E> drain() {
        return swap(Set.of());
    }

    // ---- compound actions ----

    /**
     * Runs a function as one step: others see the set as it was before or as it is after, nothing in between, and cannot
     * change it meanwhile. The function gets this set as a view for its own thread, whose methods are an
     * {@link IllegalStateException} afterwards and in other threads, {@code equals}, {@code hashCode} and
     * {@code toString} apart; it may as well use the set itself. Others do not wait to read, however long the function
     * takes.
     *
     * <p>If the function throws, the set is as it was before, and the caller gets the exception.
     *
     * @param action the function
     * @param <R> the type of its result
     * @return what the function returns
     */
    public <R extends @Nullable Object> R atomically(Function<? super Set<E>, R> action) {
        Objects.requireNonNull(action, "action");
        return this.<R>atomicChange(held -> {
            SetView<E> view = new SetView<>(this);
            try {
                return action.apply(view);
            } finally {
                view.end();
            }
        });
    }

    /** Runs a body as the holder. If it throws, the table is as it was. */
    private <R extends @Nullable Object> R atomicChange(Function<HeldTable<E>, R> body) {
        HeldTable<E> held = enter();
        PagedTable<E> before = held.current;
        boolean done = false;
        try {
            R result = body.apply(held);
            done = true;
            return result;
        } finally {
            if (!done) {
                held.current = before;
            }
            leave(held);
        }
    }

    private boolean change(HeldTable.Step<E> step) {
        return atomicChange(held -> held.change(step));
    }

    @SuppressWarnings("unchecked") // only elements are in the table
    private static <E extends Object> Object[] chosen(PagedTable<E> table, Predicate<? super E> filter) {
        List<Object> chosen = new ArrayList<>();
        for (Object element : table.toArray()) {
            if (filter.test((E) element)) {
                chosen.add(element);
            }
        }
        return chosen.toArray();
    }

    private static <E extends Object> PagedTable<E> without(PagedTable<E> table, @Nullable Object[] elements) {
        TableEdit<E> edit = new TableEdit<>(table, elements.length);
        for (Object element : elements) {
            if (element != null) {
                edit.remove(element);
            }
        }
        return edit.table();
    }
}
