package dev.sluice.config.testing;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** The check that every other test relies on finds what is planted. */
class UnexpectedLogTest {
    private static final Logger LOG = LoggerFactory.getLogger(UnexpectedLogTest.class);

    @Test
    void anErrorAndAWarningWithAnExceptionAreFound() {
        LOG.error("planted error");
        LOG.warn("planted warning", new IllegalStateException("planted exception"));
        LOG.warn("a warning without an exception");
        assertThat(UnexpectedLog.taken()).satisfiesExactly(
                error -> assertThat(error).contains("ERROR", "planted error"),
                warning -> assertThat(warning).contains("planted warning", "IllegalStateException: planted exception", "\tat "));
        assertThat(UnexpectedLog.taken()).isEmpty();
    }

    @Test
    void theEndOfAThreadByAnExceptionIsFound() throws InterruptedException {
        Thread.ofPlatform().name("planted").start(() -> {
            throw new IllegalStateException("planted exception");
        }).join();
        assertThat(UnexpectedLog.taken()).singleElement().asString()
                .contains("uncaught in thread planted", "planted exception");
    }

    @Test
    @ExpectsLog({"expected err", "IllegalStateException: expected exception"})
    void whatATestExpectsIsNot() {
        LOG.error("expected error");
        LOG.error("failed", new IllegalStateException("expected exception"));
        LOG.error("another planted one");
        assertThat(UnexpectedLog.taken()).singleElement().asString().contains("another planted one");
    }
}
