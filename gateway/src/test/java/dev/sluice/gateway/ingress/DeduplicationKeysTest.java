package dev.sluice.gateway.ingress;

import dev.sluice.config.definition.Sha256;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys from headers. */
class DeduplicationKeysTest {
    @Test
    void anEmptyOrBlankHeaderIsNoKey() {
        assertThat(DeduplicationKeys.ofHeader(List.of())).isNull();
        assertThat(DeduplicationKeys.ofHeader(List.of(""))).isNull();
        assertThat(DeduplicationKeys.ofHeader(List.of(" \t", "", "\u00a0"))).isNull();
    }

    @Test
    void aRepeatedHeaderIsOneList() {
        assertThat(DeduplicationKeys.ofHeader(List.of("a"))).isEqualTo(Sha256.of("a"));
        assertThat(DeduplicationKeys.ofHeader(List.of("", "a", " "))).isEqualTo(Sha256.of("a"));
        assertThat(DeduplicationKeys.ofHeader(List.of("a", "b"))).isEqualTo(Sha256.of("a, b"));
        assertThat(DeduplicationKeys.ofHeader(List.of("a", "b"))).isNotEqualTo(DeduplicationKeys.ofHeader(List.of("a", "c")));
    }
}
