// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.bankaccount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.headway4j.examples.synchronization.bankaccount.Interleaving.Row;
import io.github.headway4j.examples.synchronization.bankaccount.Schedule.Customer;
import io.github.headway4j.examples.threads.ProgramRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BankAccountExampleTest {
    /** Threads that pay together may stay out of each other's way, but not again and again. */
    private static final int CHANCES = 20;

    private static final int THREADS = 4;
    private static final int PAYMENTS_EACH = 20_000;

    private final List<Integer> progress = new ArrayList<>();

    @Test
    void steeredRace_oneAfterTheOther_isRight() throws InterruptedException {
        assertThat(SteeredRace.unsynchronised(Schedule.ONE_AFTER_THE_OTHER).balance())
                .isEqualTo(6_000);
    }

    @Test
    void steeredRace_withdrawalWritesLast_losesTheDeposit() throws InterruptedException {
        Interleaving interleaving = SteeredRace.unsynchronised(Schedule.DEPOSIT_LOST);

        assertThat(interleaving.balance()).isEqualTo(1_000);
        assertThat(interleaving.rows())
                .containsExactly(
                        new Row(Customer.DEPOSITOR, "reads 2000", 2_000),
                        new Row(Customer.WITHDRAWER, "reads 2000", 2_000),
                        new Row(Customer.DEPOSITOR, "computes 2000 + 5000 = 7000", 2_000),
                        new Row(Customer.DEPOSITOR, "writes 7000", 7_000),
                        new Row(Customer.WITHDRAWER, "computes 2000 - 1000 = 1000", 7_000),
                        new Row(Customer.WITHDRAWER, "writes 1000", 1_000));
    }

    @Test
    void steeredRace_depositWritesLast_losesTheWithdrawal() throws InterruptedException {
        Interleaving interleaving = SteeredRace.unsynchronised(Schedule.WITHDRAWAL_LOST);

        assertThat(interleaving.balance()).isEqualTo(7_000);
        assertThat(interleaving.rows()).last().isEqualTo(new Row(Customer.DEPOSITOR, "writes 7000", 7_000));
    }

    @ParameterizedTest
    @EnumSource
    void steeredRace_withMutex_isRight(Schedule schedule) throws InterruptedException {
        assertThat(SteeredRace.withMutex(schedule).balance()).isEqualTo(SteeredRace.RIGHT_BALANCE);
    }

    @Test
    void steeredRace_withMutex_secondCustomerWaits() throws InterruptedException {
        Interleaving interleaving = SteeredRace.withMutex(Schedule.DEPOSIT_LOST);

        assertThat(interleaving.rows())
                .contains(new Row(Customer.WITHDRAWER, "waits for the mutex", 2_000))
                .contains(new Row(Customer.WITHDRAWER, "reads 7000", 7_000));
    }

    @Test
    void table_hasOneRowPerStepInTheColumnOfTheCustomer() {
        Interleaving interleaving = new Interleaving(
                "two steps",
                List.of(new Row(Customer.DEPOSITOR, "reads 1", 1), new Row(Customer.WITHDRAWER, "writes 2", 2)),
                2);

        List<String> lines = interleaving.table().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(2)).matches(" +1 \\| reads 1 +\\| +\\| +1");
        assertThat(lines.get(3)).matches(" +2 \\| +\\| writes 2 +\\| +2");
    }

    @Test
    void updateRace_unsynchronised_losesPayments() throws InterruptedException {
        UpdateRace.Result result = UpdateRace.unsynchronised(THREADS, PAYMENTS_EACH, progress::add);
        for (int chance = 1; chance < CHANCES && result.lost() == 0; chance++) {
            result = UpdateRace.unsynchronised(THREADS, PAYMENTS_EACH, percent -> {});
        }

        assertThat(result.expected()).isEqualTo(THREADS * PAYMENTS_EACH);
        assertThat(result.actual()).isBetween(1L, result.expected() - 1);
        assertThat(result.lost()).isEqualTo(result.expected() - result.actual());
        assertThatProgressIsSound();
    }

    @Test
    void updateRace_withMutex_losesNothing() throws InterruptedException {
        UpdateRace.Result result = UpdateRace.withMutex(THREADS, PAYMENTS_EACH, progress::add);

        assertThat(result.actual()).isEqualTo(THREADS * PAYMENTS_EACH);
        assertThat(result.lost()).isZero();
        assertThatProgressIsSound();
    }

    @Test
    void transfers_fewAccounts_conserveTheTotal() throws InterruptedException {
        assertConserved(2);
    }

    @Test
    void transfers_manyAccounts_conserveTheTotal() throws InterruptedException {
        assertConserved(10);
    }

    @Test
    void transfers_oneAccount_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transfers.run(1, THREADS, 1, 0, progress::add))
                .withMessageContaining("1");
    }

    @Test
    void transfer_notEnoughMoney_changesNothing() {
        Account from = new Account(10);
        Account to = new Account(0);

        assertThat(Account.transfer(from, to, 11)).isFalse();
        assertThat(from.balance()).isEqualTo(10);
        assertThat(Account.transfer(from, to, 10)).isTrue();
        assertThat(from.balance()).isZero();
        assertThat(to.balance()).isEqualTo(10);
        assertThat(Account.total(List.of(from, to))).isEqualTo(10);
    }

    @Test
    void main_printsTheThreeParts() throws Exception {
        assertThat(ProgramRun.linesOf(BankAccountExample.class))
                .contains(
                        "6,000 on the account: right.",
                        "1,000 on the account: 5,000 have vanished.",
                        "7,000 on the account: 1,000 came from nowhere.")
                .anyMatch(line ->
                        line.matches(" +with a mutex: 2,000,000 of 2,000,000 payments arrived, 0 lost, \\d+ ms"))
                .last()
                .asString()
                .matches("Total before 10,000, after 10,000; wrong in 0 of \\d+ audits on the way.");
    }

    private void assertConserved(int accounts) throws InterruptedException {
        Transfers.Result result = Transfers.run(accounts, THREADS, 5_000, 42, progress::add);

        assertThat(result.totalBefore()).isEqualTo(1_000L * accounts);
        assertThat(result.totalAfter()).isEqualTo(result.totalBefore());
        assertThat(result.wrongAudits()).isZero();
        assertThat(result.done() + result.refused()).isEqualTo(THREADS * 5_000L);
        assertThat(result.done()).isPositive();
        assertThatProgressIsSound();
    }

    private void assertThatProgressIsSound() {
        assertThat(progress).isSorted().allMatch(percent -> percent >= 0).last().isEqualTo(100);
    }
}
