// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.bankaccount;

import java.util.List;

/** Who takes the next step, when a deposit and a withdrawal of three steps each (read, compute, write) run together. */
public enum Schedule {
    /** The deposit is over before the withdrawal starts: nothing can go wrong. */
    ONE_AFTER_THE_OTHER("one after the other", "DDDWWW"),

    /** Both read the same balance, and the withdrawal writes last: the deposit is lost. */
    DEPOSIT_LOST("the withdrawal writes last", "DWDDWW"),

    /** Both read the same balance, and the deposit writes last: the withdrawal is lost. */
    WITHDRAWAL_LOST("the deposit writes last", "DWWWDD");

    /** The two customers of the account. */
    public enum Customer {
        /** Brings money. */
        DEPOSITOR,
        /** Takes money. */
        WITHDRAWER
    }

    private final String title;

    /** A letter for each turn: D for the depositor, W for the withdrawer. */
    private final String letters;

    Schedule(String title, String letters) {
        this.title = title;
        this.letters = letters;
    }

    /** {@return the schedule in words} */
    public String title() {
        return title;
    }

    /** {@return the customers in the order in which they take their steps} */
    public List<Customer> turns() {
        return letters.chars()
                .mapToObj(letter -> letter == 'D' ? Customer.DEPOSITOR : Customer.WITHDRAWER)
                .toList();
    }
}
