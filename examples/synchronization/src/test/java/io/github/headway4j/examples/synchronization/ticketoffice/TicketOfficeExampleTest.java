// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.ticketoffice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicketOfficeExampleTest {
    private final List<Integer> progress = new ArrayList<>();

    @Test
    void barging_eachTicketIsSoldOnce() throws InterruptedException {
        TicketSale.Result result = TicketSale.barging(4, 10, progress::add);

        assertThat(result.sold()).isEqualTo(10);
        assertThat(result.shares()).hasSize(4);
        assertThat(sum(result.shares())).isEqualTo(10);
        assertThatProgressIsSound();
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
    void main_runs() throws InterruptedException {
        TicketOfficeExample.main(new String[0]);
    }

    private static int sum(List<Integer> shares) {
        return shares.stream().mapToInt(Integer::intValue).sum();
    }

    private void assertThatProgressIsSound() {
        assertThat(progress).isSorted().allMatch(percent -> percent >= 0).last().isEqualTo(100);
    }
}
