// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/**
 * Locks, semaphores, events, barriers and the waiting machinery that the other modules build on.
 *
 * <p>Where to start: {@link io.github.headway4j.primitives.Mutex} for a lock that any thread may unlock,
 * {@link io.github.headway4j.primitives.BoundedSemaphore} for a number of permits that cannot grow by mistake,
 * {@link io.github.headway4j.primitives.Locks} to hold several locks without deadlock and the JDK's locks with
 * try-with-resources, {@link io.github.headway4j.primitives.KeyedLocks} for a lock per key,
 * {@link io.github.headway4j.primitives.Guarded} for state that threads share and wait for,
 * {@link io.github.headway4j.primitives.Event} to tell waiting threads to go on,
 * {@link io.github.headway4j.primitives.Barrier} for threads that go on together.
 *
 * <h2>The contract of everything that blocks</h2>
 *
 * <p>All classes of this library keep these rules; a class says so where it deviates.
 *
 * <ol>
 *   <li><b>Four forms.</b> A blocking method comes, where that makes sense, in an interruptible form, a timed form that
 *       takes a {@link java.time.Duration}, a {@code try} form that never waits, and for synchronizers an
 *       uninterruptible form. Zero or negative durations mean to try once. Timed forms measure with
 *       {@link System#nanoTime()}, wait again for the remainder after a vain wake-up, and take durations of more than
 *       about 292 years for that long. Interruptible and timed forms look at the interrupt status first: a pending
 *       interrupt is an {@link java.lang.InterruptedException}, also if the method could have succeeded, and then
 *       nothing is consumed and the status is cleared. {@code try} forms without a time do not look at it.
 *       Uninterruptible forms keep it pending.
 *   <li><b>No trace.</b> A wait that ends by time-out, interrupt or closing loses no permit, element, slot or wake-up. A
 *       wake-up that reached a thread which leaves without success goes on to the next.
 *   <li><b>Memory effects.</b> Each class says which actions happen-before which.
 *   <li><b>Fairness.</b> The default is fast: a newcomer may overtake threads that wait. A fair form serves waiters in
 *       the order of arrival, its {@code try} and timed forms included; forms that overtake say {@code Barging}.
 *   <li><b>Threads.</b> Platform threads wait in bounded phases: they spin, then yield their processor a few times, then
 *       park; never spinning on a machine with one processor, and less and less on a structure where it does not pay.
 *       Virtual threads park at once, and never pin their carrier.
 *   <li><b>Bad input and misuse.</b> Nulls are refused with {@link java.lang.NullPointerException}, bad numbers with
 *       {@link java.lang.IllegalArgumentException} that names the number, misuse with
 *       {@link java.lang.IllegalStateException} that says what was expected; each leaves the state as it was.
 *   <li><b>Holds.</b> {@code try (var held = …)} gives back exactly once, whoever closes it and how often.
 *   <li><b>Observability.</b> Thread dumps show what a parked thread waits for; {@code toString()} tells state and owner
 *       in one line; {@code stats()} is a snapshot, and says which of its figures are of one moment; waits that park
 *       emit JFR events named {@code headway.…}, recorded from 10 ms on unless a recording sets another threshold. When
 *       nobody records, an event costs a branch on the slow path.
 *   <li><b>Exceptions.</b> What a callback throws reaches the caller, the joiner, or a handler named by the user. A
 *       thread that runs out of stack may find none left to give back what it holds: only the JDK's own locks can
 *       reserve some.
 * </ol>
 */
package io.github.headway4j.primitives;
