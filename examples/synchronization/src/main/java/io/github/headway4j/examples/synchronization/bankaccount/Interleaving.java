// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.bankaccount;

import io.github.headway4j.examples.synchronization.bankaccount.Schedule.Customer;
import java.util.List;

/**
 * What two customers of one account did, step by step, as it was seen to happen.
 *
 * @param title the schedule in words
 * @param rows the steps in the order in which they ran
 * @param balance what was on the account in the end
 */
public record Interleaving(String title, List<Row> rows, long balance) {
    /**
     * One step of one customer.
     *
     * @param who the customer who took the step
     * @param step what he did
     * @param balance what was on the account after the step
     */
    public record Row(Customer who, String step, long balance) {}

    private static final String FORMAT = "%4s | %-27s | %-27s | %7s%n";

    /** Copies the rows. */
    public Interleaving {
        rows = List.copyOf(rows);
    }

    /** {@return the steps as a table of text, a row for each step and a column for each customer} */
    public String table() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(FORMAT, "step", "deposit", "withdrawal", "balance"));
        table.append(String.format("-----+-%1$s-+-%1$s-+--------%n", "-".repeat(27)));
        int number = 0;
        for (Row row : rows) {
            number++;
            String deposit = row.who() == Customer.DEPOSITOR ? row.step() : "";
            String withdrawal = row.who() == Customer.WITHDRAWER ? row.step() : "";
            table.append(String.format(FORMAT, number, deposit, withdrawal, row.balance()));
        }
        return table.toString();
    }
}
