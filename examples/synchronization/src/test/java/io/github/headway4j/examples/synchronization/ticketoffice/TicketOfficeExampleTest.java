// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.ticketoffice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.ThreadsOfProgram;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicketOfficeExampleTest {
    /** Who barges past the queue may be late each time, but not in sale after sale. */
    private static final int CHANCES = 20;

    private static final Duration DELAY = Duration.ofMillis(1);

    private final List<Integer> progress = new ArrayList<>();

    @Test
    void barging_tenTickets_oneSellerTakesMost() throws InterruptedException {
        TicketSale.Result result = TicketSale.barging(4, 10, progress::add);
        for (int chance = 1; chance < CHANCES && Collections.max(result.shares()) < 6; chance++) {
            result = TicketSale.barging(4, 10, percent -> {});
        }

        assertThat(result.sold()).isEqualTo(10);
        assertThat(result.shares()).hasSize(4);
        assertThat(Collections.max(result.shares())).isGreaterThanOrEqualTo(6);
        assertThatProgressIsSound();
    }

    @Test
    void withDelays_eachSellerGetsAShare() throws InterruptedException {
        TicketSale.Result result = TicketSale.withDelays(4, 100, DELAY, progress::add);
        for (int chance = 1; chance < CHANCES && Collections.min(result.shares()) == 0; chance++) {
            result = TicketSale.withDelays(4, 100, DELAY, percent -> {});
        }

        assertThat(result.sold()).isEqualTo(100);
        assertThat(Collections.min(result.shares())).isPositive();
        assertThatProgressIsSound();
    }

    @Test
    void withDelays_noDelay_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TicketSale.withDelays(4, 10, Duration.ZERO, progress::add))
                .withMessageContaining("PT0S");
    }

    @Test
    void fair_interrupted_sendsTheSellersHome() {
        try (TestThreads threads = new TestThreads()) {
            TestThread<?> caller = threads.start("caller", () -> {
                Thread.currentThread().interrupt();
                return TicketSale.fair(4, 10, percent -> {});
            });
            assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
        }
        assertThat(ThreadsOfProgram.alive("seller ")).isEmpty();
    }

    @Test
    void fair_sellersTakeTurns() throws InterruptedException {
        TicketSale.Result result = TicketSale.fair(4, 1_000, progress::add);

        List<Integer> sellers = result.sellerOfTicket();
        assertThat(new HashSet<>(sellers.subList(0, 4))).containsExactlyInAnyOrder(0, 1, 2, 3);
        for (int ticket = 4; ticket < 1_000; ticket++) {
            assertThat(sellers.get(ticket)).as("seller of ticket %d", ticket).isEqualTo(sellers.get(ticket - 4));
        }
        assertThat(result.shares()).containsExactly(250, 250, 250, 250);
        assertThatProgressIsSound();
    }

    @Test
    void fair_tenTickets_sharesDifferByOne() throws InterruptedException {
        assertThat(TicketSale.fair(4, 10, progress::add).shares()).containsExactlyInAnyOrder(3, 3, 2, 2);
    }

    @Test
    void sale_oneSeller_sellsAll() throws InterruptedException {
        assertThat(TicketSale.fair(1, 3, progress::add).shares()).containsExactly(3);
        assertThat(TicketSale.barging(1, 3, progress::add).shares()).containsExactly(3);
    }

    @Test
    void sale_noTickets_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TicketSale.fair(4, 0, progress::add))
                .withMessageContaining("0");
    }

    @Test
    void overRelease_jdkSemaphore_makesAPermitOutOfNothing() {
        OverRelease.Result result = OverRelease.withJdkSemaphore();

        assertThat(result.permitsBefore()).isEqualTo(1);
        assertThat(result.permitsAfter()).isEqualTo(2);
        assertThat(result.refusal()).isEmpty();
        assertThat(result.sellersAtOnce()).isEqualTo(2).isGreaterThan(result.counters());
    }

    @Test
    void overRelease_boundedSemaphore_isRefusedAndChangesNothing() {
        OverRelease.Result result = OverRelease.withBoundedSemaphore();

        assertThat(result.permitsBefore()).isEqualTo(1);
        assertThat(result.permitsAfter()).isEqualTo(1);
        assertThat(result.refusal())
                .hasValueSatisfying(message -> assertThat(message).isNotBlank());
        assertThat(result.sellersAtOnce()).isEqualTo(result.counters());
    }

    @Test
    void main_printsSharesAndTheRefusal() throws Exception {
        assertThat(ProgramRun.linesOf(TicketOfficeExample.class))
                .anyMatch(line -> line.matches("    10 tickets, delays : shares \\[.*], first sellers( [ABCD]){10}"))
                .anyMatch(line -> line.matches("    10 tickets, barging: shares \\[.*], first sellers( [ABCD]){10}"))
                .anyMatch(line -> line.startsWith(" 2,000 tickets, fair   : shares [500, 500, 500, 500], "))
                .contains("BoundedSemaphore, one release too many: permits 1 -> 1, counters 1, sellers at once 1");
    }

    private void assertThatProgressIsSound() {
        assertThat(progress).isSorted().allMatch(percent -> percent >= 0).last().isEqualTo(100);
    }
}
