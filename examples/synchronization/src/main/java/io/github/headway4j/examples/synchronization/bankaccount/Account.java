// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.bankaccount;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Holdable;
import io.github.headway4j.primitives.Locks;
import io.github.headway4j.primitives.Mutex;
import java.util.List;

/** A bank account for many threads. The balance is only touched while the mutex of the account is held. */
@SuppressWarnings("try") // a hold is closed, and not used otherwise
public final class Account {
    private final Mutex mutex = new Mutex();

    private long balance;

    /**
     * Opens an account.
     *
     * @param balance what is on it at first
     */
    public Account(long balance) {
        this.balance = balance;
    }

    /**
     * Brings money, or takes it when the amount is negative.
     *
     * @param amount what is added to the balance
     */
    public void add(long amount) {
        try (Held held = mutex.hold()) {
            balance += amount;
        }
    }

    /** {@return what is on the account now} */
    public long balance() {
        try (Held held = mutex.hold()) {
            return balance;
        }
    }

    /**
     * Moves money from one account to another. Both are held at once, and since {@link Locks#holdAll} takes care of the
     * order, two transfers in opposite directions do not block each other for ever.
     *
     * @param from the account that pays
     * @param to the account that is paid, another one than {@code from}
     * @param amount how much
     * @return whether there was enough money; if not, nothing has changed
     */
    public static boolean transfer(Account from, Account to, long amount) {
        try (Held held = Locks.holdAll(from.mutex, to.mutex)) {
            if (from.balance < amount) {
                return false;
            }
            from.balance -= amount;
            to.balance += amount;
            return true;
        }
    }

    /**
     * Adds up all accounts as they are at one moment, with no transfer half done.
     *
     * @param accounts the accounts, each of them once
     * @return the sum of their balances
     */
    public static long total(List<Account> accounts) {
        Holdable[] all = accounts.stream().map(account -> account.mutex).toArray(Holdable[]::new);
        try (Held held = Locks.holdAll(all)) {
            return accounts.stream().mapToLong(account -> account.balance).sum();
        }
    }
}
