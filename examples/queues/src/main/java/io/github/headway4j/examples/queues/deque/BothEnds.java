// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.deque;

import io.github.headway4j.queues.RingDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link RingDeque} can do: it is gone over, looked at, changed at both ends and within, and rotated. The
 * course's {@code append}, {@code appendleft}, {@code pop} and {@code popleft} are {@code addLast}, {@code addFirst},
 * {@code removeLast} and {@code removeFirst}.
 */
public final class BothEnds {
    private final RingDeque<Integer> deque = RingDeque.unbounded();
    private final List<String> steps = new ArrayList<>();

    private BothEnds() {}

    /**
     * Runs the program.
     *
     * @param args not used
     */
    public static void main(String[] args) {
        run().forEach(System.out::println);
    }

    /**
     * Does it all.
     *
     * @return what was done, and what was to be seen afterwards
     */
    public static List<String> run() {
        BothEnds program = new BothEnds();
        program.changeTheEnds();
        program.changeWithin();
        return List.copyOf(program.steps);
    }

    private void changeTheEnds() {
        deque.addAll(List.of(1, 2, 3, 4, 6));
        StringBuilder each = new StringBuilder();
        for (Integer number : deque) {
            each.append(' ').append(number);
        }
        steps.add("one after another:" + each);
        steps.add("the ends: " + deque.getFirst() + " and " + deque.getLast());
        deque.addLast(7);
        tell("addLast 7");
        deque.addFirst(0);
        tell("addFirst 0");
        tell("removeLast gives " + deque.removeLast());
        tell("removeFirst gives " + deque.removeFirst());
    }

    private void changeWithin() {
        deque.insert(5, 5);
        tell("insert 5 at 5");
        deque.rotate(3);
        tell("rotate by 3");
        deque.rotate(-2);
        tell("rotate by -2");
        RingDeque<Integer> lastThree = RingDeque.evicting(3);
        lastThree.addAll(deque);
        steps.add("the last three: " + List.copyOf(lastThree));
    }

    private void tell(String step) {
        steps.add(step + ": " + List.copyOf(deque));
    }
}
