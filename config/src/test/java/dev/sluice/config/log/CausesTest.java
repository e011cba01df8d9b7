package dev.sluice.config.log;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CausesTest {
    @Test
    void aFailureIsOneLineThatNamesPlaceAndCause() {
        RuntimeException failure = new IllegalStateException("it broke", new NumberFormatException("for \"x\""));
        assertThat(Causes.of(failure)).matches("java\\.lang\\.IllegalStateException: it broke at CausesTest\\.\\w+:\\d+"
                + ", caused by java\\.lang\\.NumberFormatException: for \"x\" at CausesTest\\.\\w+:\\d+");
    }

    @Test
    void theLineIsBoundedWhateverTheFailureHolds() {
        RuntimeException endless = new RuntimeException("a\r\n2026 ERROR forged " + "x".repeat(100_000));
        endless.initCause(new RuntimeException("inner", endless));
        assertThat(Causes.of(endless)).hasSizeLessThan(1_000).doesNotContain("\n", "\r").contains("caused by");
    }

    @Test
    void oneWithoutTraceOrMessageIsNamed() {
        RuntimeException bare = new RuntimeException(null, null, false, false) {
            private static final long serialVersionUID = 1L;
        };
        assertThat(Causes.of(bare)).isEqualTo(bare.getClass().getName());
    }
}
