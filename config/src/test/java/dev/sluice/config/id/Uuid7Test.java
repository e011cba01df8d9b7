package dev.sluice.config.id;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class Uuid7Test {
    private final Uuid7 ids = new Uuid7();

    @Test
    void anIdHasVersionVariantAndItsTime() {
        Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
        UUID id = ids.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(Uuid7.time(id)).isBetween(before, Instant.now());
        assertThat(Uuid7.time(UUID.fromString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")))
                .as("the example of RFC 9562, appendix A.6").isEqualTo(Instant.parse("2022-02-22T19:22:22Z"));
    }

    @Test
    void idsOfOneGeneratorSortAsTheyWereMadeHoweverFast() {
        List<String> made = Stream.generate(ids::next).limit(100_000).map(UUID::toString).toList();

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void threadsNeverGetTheSameId() throws Exception {
        Set<UUID> all = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<List<UUID>>> work = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                work.add(() -> Stream.generate(ids::next).limit(20_000).toList());
            }
            for (Future<List<UUID>> made : threads.invokeAll(work)) {
                all.addAll(made.get());
            }
        }
        assertThat(all).hasSize(80_000);
    }
}
