// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import io.github.headway4j.primitives.BoundedSemaphore;
import io.github.headway4j.primitives.KeyedLocks;
import io.github.headway4j.primitives.Locks;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sample of the README. */
final class Bank {

    // snippet: readme
    KeyedLocks<String> accounts = new KeyedLocks<>();
    BoundedSemaphore tellers = new BoundedSemaphore(4);
    Map<String, Long> balances = new ConcurrentHashMap<>(); // for many threads: the locks guard the values, not the map

    void transfer(String from, String to, long cents) {
        try (var teller = tellers.hold(); // at most four transfers at once
                var both = Locks.holdAll(accounts.at(from), accounts.at(to))) { // no deadlock, whatever the order
            balances.merge(from, -cents, Long::sum);
            balances.merge(to, cents, Long::sum);
        } // all given back, whatever happened
    }
    // end
}
