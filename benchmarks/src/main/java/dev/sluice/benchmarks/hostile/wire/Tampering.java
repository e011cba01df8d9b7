package dev.sluice.benchmarks.hostile.wire;

import org.jspecify.annotations.Nullable;

/** Changes answers on their way to the campaign: the control that shows that its checks find what they are for. */
@FunctionalInterface
public interface Tampering {
    /** Changes nothing. */
    Tampering NONE = (requestLine, answer) -> answer;

    /**
     * What the campaign sees instead of an answer; null swallows it. May wait, which delays it.
     *
     * @param requestLine method and target of the request, such as {@code GET /metrics}; its first 200 characters
     */
    @Nullable Answer change(String requestLine, Answer answer) throws InterruptedException;
}
